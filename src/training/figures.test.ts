import { describe, expect, it } from 'vitest';
import type { Outcome, ScorerPlan } from '../analysis/scoreboard/scoreboard';
import type { OnShare } from '../base/share';
import { fitNormaliser, normalise } from '../model/normaliser';
import { smallRows, smallSet } from '../testing/small-run';
import { figuresHere, RunFigures, type FigureTaker } from './figures';

/** No other test's: the clusters of the last set are remembered, and remembering takes no steps. */
const set = smallSet(smallRows(49));
const settings = set.rows.map(({ setting }) => setting);
const normaliser = fitNormaliser('fixed-log', settings);
const plan: ScorerPlan = { set, normaliser, latent: 1, split: 'contributor' };
const outcomeOf = (epoch: number): Outcome => ({
  epoch,
  latents: Float32Array.from(settings, (setting) => setting[0] ?? 0),
  reconstruction: normalise(settings, normaliser),
  wordSettings: set.words.map(() => null),
  headWords: null,
});

/** As the real one, but for those calls of `measure` that never end. */
function held(calls: readonly number[]): FigureTaker & { cancelled: number } {
  const here = figuresHere(plan);
  let asked = 0;
  return {
    ...here,
    cancelled: 0,
    measure: (...given) =>
      calls.includes(asked++) ? new Promise(() => undefined) : here.measure(...given),
    cancel() {
      this.cancelled++;
    },
  };
}

describe('a run’s figures', () => {
  it('tell how far they are, from 0 to 1', async () => {
    const shares: number[] = [];
    const figures = new RunFigures(figuresHere(plan), set, (share) => shares.push(share));
    figures.begin(outcomeOf(1));
    await figures.settled();
    expect(figures.scoreboard?.epoch).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    // Baselines, the model's figures, and three words.
    expect(new Set(shares).size).toBeGreaterThanOrEqual(6);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'are not taken where the cancel comes %i moments after they were begun, unless they are there',
    async (moments) => {
      const figures = new RunFigures(figuresHere(plan), set);
      figures.begin(outcomeOf(1));
      for (let moment = 0; moment < moments; moment++) await Promise.resolve();
      const { busy } = figures;
      figures.cancel();
      await figures.settled();
      expect(figures.scoreboard === null).toBe(busy);
    },
  );

  it('say nothing more once they are given up', async () => {
    const shares: number[] = [];
    const told: OnShare[] = [];
    const taker: FigureTaker = {
      ...held([]),
      measure: (_, onShare) => {
        if (onShare !== undefined) told.push(onShare);
        return new Promise(() => undefined);
      },
    };
    const figures = new RunFigures(taker, set, (share) => shares.push(share));
    figures.begin(outcomeOf(1));
    figures.cancel();
    await figures.settled();
    expect(told).toHaveLength(1);
    told[0]?.(0.5);
    expect(shares.at(-1)).toBe(1);
  });

  it('can be given up, and taken again', async () => {
    const taker = held([1]);
    const shares: number[] = [];
    const figures = new RunFigures(taker, set, (share) => shares.push(share));
    figures.cancel();
    expect(taker.cancelled).toBe(0);
    figures.begin(outcomeOf(1));
    await figures.settled();
    figures.begin(outcomeOf(2));
    expect(figures.busy).toBe(true);
    figures.cancel();
    await figures.settled();
    expect(taker.cancelled).toBe(1);
    expect(figures.busy).toBe(false);
    expect(figures.scoreboard?.epoch).toBe(1);
    figures.begin(outcomeOf(3));
    await figures.settled();
    expect(figures.scoreboard?.epoch).toBe(3);
    expect(shares.filter((share) => share === 0)).toHaveLength(3);
    expect(shares.at(-1)).toBe(1);
  });
});
