import { describe, expect, it } from 'vitest';
import { createEngine } from '../engines/create-engine';
import { EQ_PARAMETERS } from '../eq/parameters';
import { InputError } from '../base/input-error';
import type { Model } from '../model/model';
import { fitNormaliser } from '../model/normaliser';
import { decodeAsIs } from '../model/word-settings';
import { Stream, randomPermutation } from '../math/threefry';
import {
  bytesOf,
  smallPlan as plan,
  smallRecipe as recipe,
  smallRows as rows,
  smallSet as trainingSet,
  trainEpochs as train,
  WatchedEngine,
} from '../testing/small-run';
import { readCheckpoint } from './checkpoint';
import type { TrainingCheckpoint } from './progress';
import type { Recipe } from '../recipe/recipe';
import type { RunPlan } from './run-plan';
import { prepareRun } from './prepare-run';

// One engine for all: a run loads it anew.
const { engine } = await createEngine('tfjs-wasm');

describe('a run', () => {
  it('trains: the losses fall and every epoch is recorded with its schedule', async () => {
    const run = await prepareRun({ ...plan, recipe: { ...recipe, epochs: 12 } }, engine);
    const { progress, model } = await train(run, 12);
    const [first] = progress.history;
    const last = progress.history.at(-1);
    expect(last?.reconstruction).toBeLessThan((first?.reconstruction ?? 0) * 0.9);
    expect(progress.history.map(({ epoch }) => epoch)).toEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    expect(first?.contrastiveWeight).toBe(0.2);
    expect(last?.contrastiveWeight).toBeCloseTo(0.6, 15);
    expect(first?.learningRate).toBe(0.01);
    for (const { reconstruction, contrastive, total, contrastiveWeight } of progress.history) {
      expect(total).toBeCloseTo(reconstruction + contrastiveWeight * contrastive, 5);
    }
    // 40 training rows in batches of 16: three steps an epoch.
    expect(progress.step).toBe(36);
    expect(run.finished).toBe(true);
    expect(model.document.run).toMatchObject({ epochs: 12, trainingRows: 40, heldOutRows: 10 });
  });

  it('gives the same bits for the same seed, and others for another', async () => {
    const once = await train(await prepareRun(plan, engine), 3);
    const again = await train(await prepareRun(plan, engine), 3);
    expect(bytesOf(again)).toEqual(bytesOf(once));
    const other = { ...plan, recipe: { ...recipe, seed: 8 } };
    const different = await train(await prepareRun(other, engine), 3);
    expect(different.model.weights).not.toEqual(once.model.weights);
  });

  it('goes on to the same bits after being paused, written down, read and resumed', async () => {
    const whole = await prepareRun(plan, engine);
    const expected = await train(whole, 5);

    const first = await prepareRun(plan, engine);
    const paused = await train(first, 2);
    const { model, progress } = readCheckpoint(bytesOf(paused));
    if (progress === null) throw new Error('no progress in the checkpoint');
    const resumed = await prepareRun(plan, engine, { model, progress });
    // Resuming alone changes nothing …
    expect(bytesOf({ model: await resumed.frame(), progress: await resumed.progress() })).toEqual(
      bytesOf(paused),
    );
    // … nor does it change what comes after: weights, moments, history, map and figures.
    expect(bytesOf(await train(resumed, 3))).toEqual(bytesOf(expected));
  });

  it('says where rows and words are after each epoch, and trains on as if not asked', async () => {
    const plain = await prepareRun(plan, engine);
    const expected = await train(plain, 3);
    const run = await prepareRun(plan, engine);
    const frames = [await run.snapshot()];
    for (let i = 0; i < 3; i++) {
      await run.nextEpoch();
      frames.push(await run.snapshot());
    }
    expect(frames.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    const model = await run.frame();
    const last = frames.at(-1);
    expect(last?.points).toEqual(model.map?.points);
    expect(frames[0]?.points).not.toEqual(last?.points);
    const settings = model.document.words.flatMap(({ centroid }) =>
      decodeAsIs(model, centroid ?? []),
    );
    expect(last?.settings).toHaveLength(3 * 13);
    settings.forEach((value, i) => {
      expect((last?.settings?.[i] ?? 0) / value).toBeCloseTo(1, 4);
    });
    expect(bytesOf({ model, progress: await run.progress() })).toEqual(bytesOf(expected));
  });

  const variational: Recipe = {
    ...recipe,
    body: 'plain',
    variational: true,
    projection: null,
    reconstruction: 'mae',
    klFrom: 2,
    klStep: 0.01,
    klMost: 0.02,
  };

  it('weighs the KL divergence of a variational model as scheduled, and records it', async () => {
    const watched = new WatchedEngine(engine);
    const { progress } = await train(
      await prepareRun({ ...plan, recipe: variational }, watched),
      5,
    );
    expect(watched.plans.map(({ klWeight }) => klWeight)).toEqual([0, 0, 0.01, 0.02, 0.02]);
    for (const record of progress.history) {
      const { reconstruction, contrastive, kl, total } = record;
      expect(kl).toBeGreaterThan(0);
      const weighed = record.contrastiveWeight * contrastive + record.klWeight * kl;
      expect(total).toBeCloseTo(reconstruction + weighed, 5);
    }
    expect(progress.history.map(({ klWeight }) => klWeight)).toEqual([0, 0, 0.01, 0.02, 0.02]);
  });

  it('resumes a variational run to the same bits', async () => {
    const flow = { ...plan, recipe: variational };
    const expected = await train(await prepareRun(flow, engine), 4);
    const paused = await train(await prepareRun(flow, engine), 2);
    const { model, progress } = readCheckpoint(bytesOf(paused));
    if (progress === null) throw new Error('no progress in the checkpoint');
    const resumed = await prepareRun(flow, engine, { model, progress });
    expect(bytesOf(await train(resumed, 2))).toEqual(bytesOf(expected));
  });

  it('gives the engine the training rows alone, in a new seeded order each epoch', async () => {
    const watched = new WatchedEngine(engine);
    const { progress } = await train(await prepareRun(plan, watched), 5);
    const { rows: count, inputs, labels } = watched.examples;
    expect([count, inputs.length, labels.length]).toEqual([40, 40 * 13, 40]);
    // Rows 0, 1, 3 … of the file: row 2 is contributor 3's.
    expect([...labels.subarray(0, 3)]).toEqual([0, 1, 0]);
    expect(watched.plans.map(({ order }) => order)).toEqual(
      [1, 2, 3, 4, 5].map((epoch) => randomPermutation(7, Stream.shuffle, epoch, 40)),
    );
    expect(watched.plans.map(({ learningRate }) => learningRate)).toEqual(
      progress.history.map(({ learningRate }) => learningRate),
    );
  });

  it('halves the rate the engine trains with on a plateau', async () => {
    const stuck = { ...recipe, learningRate: 1e-7, dropout: 0, contrastiveEnd: 0.2 };
    const watched = new WatchedEngine(engine);
    await train(await prepareRun({ ...plan, recipe: stuck }, watched), 5);
    // Patience 1: epoch 1 is the best, 2 and 3 are no better, so 4 has half the rate.
    const rates = watched.plans.map(({ learningRate }) => learningRate);
    expect(rates).toEqual([1e-7, 1e-7, 1e-7, 5e-8, 5e-8]);
  });

  it('does not depend on how often it is looked at', async () => {
    const seldom = await train(await prepareRun(plan, engine), 4);
    const run = await prepareRun(plan, engine);
    let often: TrainingCheckpoint | undefined;
    for (let i = 0; i < 4; i++) {
      await run.frame();
      often = await train(run, 1);
    }
    expect(often && bytesOf(often)).toEqual(bytesOf(seldom));
  });

  it('learns nothing from held-out rows', async () => {
    const changed = rows(50).map((row) =>
      [3, 7].includes(row.contributor)
        ? { ...row, setting: EQ_PARAMETERS.map(({ min, max }, i) => (i % 2 === 0 ? max : min)) }
        : row,
    );
    const one = await train(await prepareRun(plan, engine), 3);
    const other = await train(await prepareRun({ ...plan, set: trainingSet(changed) }, engine), 3);
    expect(other.model.weights).toEqual(one.model.weights);
    expect(other.progress).toEqual(one.progress);
    expect(other.model.document.normaliser).toEqual(one.model.document.normaliser);
    expect(other.model.document.words).toEqual(one.model.document.words);
    expect(other.model.map?.axes).toEqual(one.model.map?.axes);
    // The figures are of the held-out rows, so they must differ.
    expect(other.model.document.run?.scoreboard).not.toEqual(one.model.document.run?.scoreboard);
  });

  it('fits the normaliser to the training rows', async () => {
    const { model } = await train(await prepareRun(plan, engine), 0);
    const training = plan.set.rows.filter(({ contributor }) => ![3, 7].includes(contributor));
    expect(model.document.normaliser).toEqual(
      fitNormaliser(
        'data',
        training.map(({ setting }) => setting),
      ),
    );
  });

  it('draws every row and puts the words at the mean of their training rows', async () => {
    const { model } = await train(await prepareRun(plan, engine), 2);
    expect(model.map?.points).toHaveLength(100);
    expect(model.map?.heldOut).toEqual(plan.set.heldOut);
    expect(model.document.words.map(({ rows: count }) => count)).toEqual([17, 17, 16]);
    const means = trainingPointMeans(model);
    centroidPoints(model).forEach((point, i) => {
      expect(point).toBeCloseTo(means[i] ?? Number.NaN, 5);
    });
    expect(model.document.run?.scoreboard).toMatchObject({ on: 'held-out rows', rows: 10 });
  });

  it('shows the last figures until new ones are taken, with the epoch they are of', async () => {
    const run = await prepareRun(plan, engine);
    const epochOf = ({ document }: Model) => document.run?.scoreboard?.epoch;
    const first = await run.frame('last');
    expect(first.document.run?.scoreboard).toBeNull();
    expect(first.document.words.map(({ schools }) => schools)).toEqual([[], [], []]);
    expect((await run.measure())?.epoch).toBe(0);
    await run.nextEpoch();
    expect(run.measured).toBe(false);
    expect(epochOf(await run.frame('last'))).toBe(0);
    expect((await run.measure())?.epoch).toBe(1);
    expect(run.measured).toBe(true);
    await run.nextEpoch();
    const { document } = await run.frame();
    expect(document.run?.scoreboard).toMatchObject({ epoch: 2, rows: 10, split: 'contributor' });
    expect(document.run?.scoreboard?.training).toMatchObject({ rows: 40, contributors: 8 });
  });

  it('takes no figures while measuring is cancelled, and learns the same', async () => {
    const usual = await train(await prepareRun(plan, engine), 3);
    const run = await prepareRun(plan, engine);
    await run.nextEpoch();
    await run.measure();
    run.cancelMeasuring();
    const { model, progress } = await train(run, 2);
    expect([run.measures, run.measured]).toEqual([false, false]);
    expect(model.document.run?.scoreboard?.epoch).toBe(1);
    expect(progress).toEqual(usual.progress);
    run.resumeMeasuring();
    expect((await run.frame()).document).toEqual(usual.model.document);
  });

  it('takes none that were cancelled while the model was asked for its outcome', async () => {
    const run = await prepareRun(plan, engine);
    await run.nextEpoch();
    const begun = run.beginMeasuring();
    run.cancelMeasuring();
    await begun;
    run.resumeMeasuring();
    expect((await run.frame('last')).document.run?.scoreboard).toBeNull();
    expect(run.measured).toBe(false);
  });

  it('says “training rows” where none is held out', async () => {
    const set = { ...plan.set, heldOut: new Uint8Array(50) };
    const { model } = await train(await prepareRun({ ...plan, set }, engine), 1);
    expect(model.document.run?.scoreboard).toMatchObject({ on: 'training rows', rows: 50 });
  });

  it('stops with a sentence when the losses are no numbers any more', async () => {
    const wild = { ...recipe, learningRate: 1, normalisation: 'none' as const, epochs: 50 };
    const run = await prepareRun({ ...plan, recipe: wild }, engine, {
      model: await brokenModel({ ...plan, recipe: wild }),
      progress: await (await prepareRun({ ...plan, recipe: wild }, engine)).progress(),
    });
    await expect(run.nextEpoch()).rejects.toThrow(
      'The losses stopped being numbers in epoch 1: try a learning rate below 1.',
    );
    await expect(run.frame()).rejects.toThrow(InputError);
  });

  it('refuses a checkpoint of another data set or split', async () => {
    const checkpoint = await train(await prepareRun(plan, engine), 1);
    const otherData = { ...plan, data: { ...plan.data, sha256: 'c'.repeat(64) } };
    await expect(prepareRun(otherData, engine, checkpoint)).rejects.toThrow('another data set');
    const otherSplit = { ...plan, set: { ...plan.set, splitHash: 'c'.repeat(64) } };
    await expect(prepareRun(otherSplit, engine, checkpoint)).rejects.toThrow('held-out rows');
  });
});

/** Weights so large that float32 overflows in the first step. */
async function brokenModel(of: RunPlan): Promise<Model> {
  const model = await (await prepareRun(of, engine)).frame();
  return { ...model, weights: model.weights.map((weight) => weight * 1e30) };
}

/** Where the centroids land on the map, [words × 2]. */
function centroidPoints({ document, map }: Model): number[] {
  return document.words.flatMap(({ centroid }) =>
    [0, 1].map((axis) =>
      (centroid ?? []).reduce(
        (total, value, d) =>
          total + (map?.axes[axis * recipe.latent + d] ?? 0) * (value - (map?.origin[d] ?? 0)),
        0,
      ),
    ),
  );
}

/** Mean of each word's training rows on the map, [words × 2]. */
function trainingPointMeans({ document, map }: Model): number[] {
  return document.words.flatMap((_, label) => {
    const own = [...plan.set.rows.keys()].filter(
      (row) => plan.set.labels[row] === label && plan.set.heldOut[row] === 0,
    );
    return [0, 1].map((axis) => {
      const sum = own.reduce((total, row) => total + (map?.points[row * 2 + axis] ?? 0), 0);
      return sum / own.length;
    });
  });
}
