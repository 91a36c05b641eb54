import { describe, expect, it } from 'vitest';
import { Peer, PEERS } from './peer';
import { timeInTurns, turnOf } from './timing';

describe('turnOf', () => {
  it('gives a fast peer whole epochs', () => {
    expect(turnOf(2, 1000, 20)).toEqual({ epochs: 25, batches: 20 });
    expect(turnOf(30, 1000, 20)).toEqual({ epochs: 2, batches: 20 });
  });

  it('gives a slow peer part of an epoch, and the slowest one step', () => {
    expect(turnOf(190, 1000, 20)).toEqual({ epochs: 1, batches: 5 });
    expect(turnOf(4000, 1000, 20)).toEqual({ epochs: 1, batches: 1 });
  });
});

/** A peer that takes so long for a step, and fails after so many turns. */
function stub(stepMilliseconds: number, turns = Infinity): Peer {
  let asked = 0;
  return new Peer(PEERS[0], {
    ask: (command) => {
      if (command.do !== 'train') throw new Error('Only training was expected.');
      asked += 1;
      if (asked > turns) return Promise.resolve({ error: 'gone' });
      return Promise.resolve({ milliseconds: stepMilliseconds * command.epochs * command.batches });
    },
    close: () => Promise.resolve(),
  });
}

const EFFORT = { rounds: 4, milliseconds: 100, batches: 5 };

describe('timeInTurns', () => {
  it('tells milliseconds a step, whatever the length of a turn', async () => {
    const [fast, slow] = [stub(2), stub(70)];
    const timed = await timeInTurns([fast, slow], EFFORT, () => {
      throw new Error('None of them fails.');
    });
    expect(timed.get(fast)).toEqual({ turn: { epochs: 10, batches: 5 }, rounds: [2, 2, 2, 2] });
    expect(timed.get(slow)).toEqual({ turn: { epochs: 1, batches: 1 }, rounds: [70, 70, 70, 70] });
  });

  it('goes on without a peer that fails', async () => {
    const [steady, failing] = [stub(2), stub(2, 3)];
    const failed: unknown[] = [];
    const timed = await timeInTurns([failing, steady], EFFORT, (peer, error) => {
      failed.push(peer, String(error));
    });
    expect(failed).toEqual([failing, 'Error: gone']);
    expect([...timed.keys()]).toEqual([steady]);
    expect(timed.get(steady)?.rounds).toHaveLength(4);
  });
});
