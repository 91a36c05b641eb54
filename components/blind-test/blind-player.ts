/** Plays the intervals of a blind test, so that nothing but their sound tells them apart. */
import type { NamedSetting } from '../../src/eq/named-setting';
import type { EqSetting } from '../../src/eq/parameters';
import type { AudioPlayer } from '../audition/player/player';
import type { Matched } from '../audition/player/matching';

/** What stopped has faded after this. */
const FADE_MS = 80;
/** Filters that were changed in silence have settled, and those before rung out, after this. */
const SETTLE_MS = 200;
/** What the player calls everything while a test runs. */
const UNNAMED = 'the blind test';

/**
 * Every interval is presented in the same way, whether its setting is the one before or another:
 * what played fades to silence, in which new filters take over by way of the bypass, and after a
 * gap of the same length the sound begins. Without that, no change at all between B and X would
 * tell that X is B.
 */
export class BlindPlayer {
  readonly #player: AudioPlayer;
  /** Counts presentations; one that is overtaken by another gives up. */
  #turn = 0;

  constructor(player: AudioPlayer) {
    this.#player = player;
  }

  get player(): AudioPlayer {
    return this.#player;
  }

  /**
   * Gets the player ready for a test: silent, blind, and all of it at one loudness.
   *
   * @returns what matching does to each of the two; null where they have no loudness that can
   *   be measured, and the player is given back
   */
  async prepare(
    settings: readonly [EqSetting, EqSetting],
  ): Promise<readonly [Matched, Matched] | null> {
    const player = this.#player;
    const [first, second] = settings.map(unnamed);
    if (first === undefined || second === undefined) return null;
    player.pause();
    player.setBlind(true);
    player.setMatch(true);
    player.compare([first, second]);
    // Something that is not of the test, so that the test alone is matched.
    player.take(null);
    const known = await player.matched();
    const one = player.matchOf(first);
    const other = player.matchOf(second);
    if (known && one?.measurable === true && other?.measurable === true) return [one, other];
    this.end();
    return null;
  }

  /**
   * Plays an interval from where the sound is, or from the loop's beginning.
   *
   * @returns whether it now plays: not where another presentation or a stop came meanwhile
   */
  async present(setting: EqSetting, from: 'here' | 'beginning'): Promise<boolean> {
    const player = this.#player;
    const turn = ++this.#turn;
    player.pause();
    if (!(await player.wake())) return false;
    await pause(FADE_MS);
    if (turn !== this.#turn) return false;
    player.take(null);
    player.take(unnamed(setting));
    if (from === 'beginning') player.seek(player.region.startS);
    await pause(SETTLE_MS);
    if (turn !== this.#turn) return false;
    await player.play();
    return turn === this.#turn && player.playing;
  }

  stop(): void {
    this.#turn++;
    this.#player.pause();
  }

  /** Gives the player back. */
  end(): void {
    this.stop();
    this.#player.setBlind(false);
  }
}

function unnamed(setting: EqSetting): NamedSetting {
  return { name: UNNAMED, setting };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}
