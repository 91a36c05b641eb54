import { describe, expect, it } from 'vitest';
import type { SafeRow, TrainingSet } from '../data/rows';
import { createEngine } from '../engines/create-engine';
import type { Engine } from '../engines/engine';
import { EQ_PARAMETERS } from '../eq/parameters';
import { decodeRows, encodeRows } from '../model/inference';
import { fitNormaliser, normalise } from '../model/normaliser';
import {
  bytesOf,
  smallPlan,
  smallRecipe,
  smallRows,
  smallSet,
  trainEpochs,
  WatchedEngine,
} from '../testing/small-run';
import { readCheckpoint } from './checkpoint';
import type { TrainingCheckpoint } from './progress';
import type { Recipe } from '../recipe/recipe';
import { learningRateIn } from './schedule';
import { sizeOf, type RunPlan } from './run-plan';
import { prepareRun } from './prepare-run';

// One engine for all: a run loads it anew.
const { engine } = await createEngine('tfjs-wasm');

/** The same with contributors 1 and 5 kept for validation, and rows of another word. */
function richSet(all?: SafeRow[]): TrainingSet {
  const set = smallSet(all);
  return {
    ...set,
    validation: Uint8Array.from(set.rows, ({ contributor }) =>
      Number([1, 5].includes(contributor)),
    ),
    others: smallRows(70)
      .slice(50)
      .map((row) => ({ ...row, word: 'thin' })),
  };
}

const richRecipe: Recipe = {
  ...smallRecipe,
  epochs: 12,
  learningRate: 0.03,
  schedule: 'cosine',
  sampling: 'balanced',
  madeUp: 2,
  otherRows: true,
  stopPatience: 2,
  normaliser: 'z-score',
};

describe('a run that stops early, makes rows up and learns other rows too', () => {
  const rich: RunPlan = { ...smallPlan, recipe: richRecipe, set: richSet() };

  /** Trains a run to its end. */
  async function finish(of: RunPlan, on: Engine = engine): Promise<TrainingCheckpoint> {
    const run = await prepareRun(of, on);
    while (!run.finished) await run.nextEpoch();
    return trainEpochs(run, 0);
  }

  it('hands training rows, other rows and augmented ones over, the last two without a word', async () => {
    const watched = new WatchedEngine(engine);
    const run = await prepareRun(rich, watched);
    const { labels, inputs } = watched.examples;
    // 50 rows, of which 10 held out and 10 for validation; 20 others; two made up for each.
    expect([watched.examples.rows, labels.length, inputs.length]).toEqual([150, 150, 150 * 13]);
    expect([...labels.subarray(0, 4)]).toEqual([1, 0, 2, 1]);
    expect(new Set(labels.subarray(0, 30))).toEqual(new Set([0, 1, 2]));
    expect(new Set(labels.subarray(30))).toEqual(new Set([-1]));
    await run.nextEpoch();
    expect(watched.plans[0]?.order).toHaveLength(150);
    expect(sizeOf(rich)).toEqual({ trainingRows: 40, heldOutRows: 10, stepsPerEpoch: 10 });
    expect((await run.progress()).step).toBe(10);
    // Validation rows count as training rows for the normaliser.
    const known = rich.set.rows.filter(({ contributor }) => ![3, 7].includes(contributor));
    expect((await run.frame()).document.normaliser).toEqual(
      fitNormaliser(
        'z-score',
        known.map(({ setting }) => setting),
      ),
    );
  });

  it('trains at the rates of a cosine schedule', async () => {
    const watched = new WatchedEngine(engine);
    await trainEpochs(await prepareRun(rich, watched), 2);
    const state = { learningRate: 0, best: null, badEpochs: 0 };
    expect(watched.plans.map(({ learningRate }) => learningRate)).toEqual(
      [1, 2].map((epoch) => learningRateIn(richRecipe, epoch, state)),
    );
  });

  it('stops after epochs without a better validation loss, with the best weights', async () => {
    const { model, progress } = await finish(rich);
    const losses = progress.history.map(({ validation }) => validation ?? expect.fail());
    const best = losses.indexOf(Math.min(...losses)) + 1;
    expect(progress.epoch).toBe(best + 2);
    expect(progress.epoch).toBeLessThan(12);
    expect(model.document.run?.epochs).toBe(progress.epoch);
    const short = await trainEpochs(await prepareRun(rich, engine), best);
    expect(model.weights).toEqual(short.model.weights);
    model.document.words.forEach(({ centroid }, label) => {
      centroid?.forEach((value, d) => {
        expect(value).toBeCloseTo(short.model.document.words[label]?.centroid?.[d] ?? NaN, 5);
      });
    });
    const error = short.model.document.run?.scoreboard?.reconstruction;
    expect(model.document.run?.scoreboard?.reconstruction).toBeCloseTo(error ?? NaN, 6);
    expect(short.progress.bestWeights).toEqual(short.model.weights);
    // The loss is that of the validation rows with those weights.
    const kept = rich.set.rows.filter((_, row) => rich.set.validation[row] === 1);
    const { document, weights } = short.model;
    const inputs = normalise(
      kept.map(({ setting }) => setting),
      document.normaliser,
    );
    const decoded = decodeRows(document.spec, weights, encodeRows(document.spec, weights, inputs));
    const squares = decoded.reduce((sum, value, i) => sum + (value - (inputs[i] ?? 0)) ** 2, 0);
    expect(losses[best - 1]).toBeCloseTo(squares / inputs.length, 5);
  });

  it('gives the bits of a run that was watched, and of one resumed near its end', async () => {
    const expected = await finish(rich);
    const unwatched = await prepareRun(rich, engine, null, { follow: false });
    while (!unwatched.finished) await unwatched.nextEpoch();
    expect((await unwatched.frame()).weights).toEqual(expected.model.weights);
    expect(await unwatched.progress()).toEqual(expected.progress);

    const paused = await trainEpochs(await prepareRun(rich, engine), expected.progress.epoch - 1);
    const { model, progress } = readCheckpoint(bytesOf(paused));
    if (progress === null) throw new Error('no progress in the checkpoint');
    const resumed = await prepareRun(rich, engine, { model, progress });
    expect(bytesOf(await trainEpochs(resumed, 1))).toEqual(bytesOf(expected));
    expect(resumed.finished).toBe(true);
  });

  it('refuses to stop early without rows that say when', async () => {
    const deaf = { ...rich, set: { ...rich.set, validation: new Uint8Array(50) } };
    await expect(prepareRun(deaf, engine)).rejects.toThrow(
      'To stop early, a run needs validation rows',
    );
  });

  it('learns nothing from held-out rows, however it learns', async () => {
    const changed = smallRows(50).map((row) =>
      [3, 7].includes(row.contributor)
        ? { ...row, setting: EQ_PARAMETERS.map(({ min, max }, i) => (i % 2 === 0 ? max : min)) }
        : row,
    );
    const one = await finish(rich);
    const other = await finish({ ...rich, set: richSet(changed) });
    expect(other.model.weights).toEqual(one.model.weights);
    expect(other.progress).toEqual(one.progress);
    expect(other.model.document.normaliser).toEqual(one.model.document.normaliser);
    expect(other.model.document.words).toEqual(one.model.document.words);
    expect(other.model.document.run?.scoreboard).not.toEqual(one.model.document.run?.scoreboard);
  });
});
