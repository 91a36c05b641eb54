/** Milliseconds a step, peers taking turns. */
import type { Peer } from './peer';
import { rotated } from './statistics';

/** Steps a turn takes: so many epochs of so many full batches. */
interface Turn {
  readonly epochs: number;
  readonly batches: number;
}

/**
 * What a peer should do in a turn of about so many milliseconds, going by a step's time: whole
 * epochs where it is fast enough, as in training, else a part of one.
 *
 * @param batches full batches of an epoch
 */
export function turnOf(stepMilliseconds: number, milliseconds: number, batches: number): Turn {
  const steps = Math.max(1, milliseconds / stepMilliseconds);
  if (steps < batches) return { epochs: 1, batches: Math.floor(steps) };
  return { epochs: Math.round(steps / batches), batches };
}

async function millisecondsAStep(peer: Peer, { epochs, batches }: Turn): Promise<number> {
  const { milliseconds } = await peer.ask({ do: 'train', epochs, batches });
  return milliseconds / (epochs * batches);
}

/** Finds out how long a turn may be, and warms the peer up. */
async function calibrate(peer: Peer, milliseconds: number, batches: number): Promise<Turn> {
  const one = await millisecondsAStep(peer, { epochs: 1, batches: 1 });
  // A tenth of a turn, since a single step says little.
  const few = await millisecondsAStep(peer, turnOf(one, milliseconds / 10, batches));
  return turnOf(few, milliseconds, batches);
}

export interface Timed {
  readonly turn: Turn;
  /** Milliseconds a step, one of each round. */
  readonly rounds: number[];
}

/**
 * Rounds in which each peer takes its turn, another one first each time, so that what slows the
 * machine for a while slows all of them. A peer that fails is told of and left out from there on.
 */
export async function timeInTurns(
  peers: readonly Peer[],
  { rounds, milliseconds, batches }: { rounds: number; milliseconds: number; batches: number },
  failed: (peer: Peer, error: unknown) => void,
): Promise<Map<Peer, Timed>> {
  const timed = new Map<Peer, Timed>();
  const attempt = async (peer: Peer, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      timed.delete(peer);
      failed(peer, error);
    }
  };
  for (const peer of peers) {
    await attempt(peer, async () => {
      timed.set(peer, { turn: await calibrate(peer, milliseconds, batches), rounds: [] });
    });
  }
  for (let round = 0; round < rounds; round++) {
    for (const [peer, { turn, rounds: times }] of rotated([...timed], round)) {
      await attempt(peer, async () => {
        times.push(await millisecondsAStep(peer, turn));
      });
    }
  }
  return timed;
}
