import { describe, expect, it } from 'vitest';
import { parseSafeCsv } from '../../data/parse-safe-csv';
import { syntheticCsv } from '../../data/synthetic';
import { EngineLostError, type Engine } from '../../engines/engine';
import { startWasmEngine } from '../../engines/wasm/wasm-engine';
import { loadWasmBuild } from '../../../cli/threads/wasm-builds';
import { readCheckpoint } from '../checkpoint';
import type { TrainingCheckpoint } from '../progress';
import { RECIPES } from '../../recipe/recipes';
import { unpackTimeline } from '../../timeline/timeline-file';
import { expandSweep } from './sweep';
import { planSweep } from './train-sweep';
import { engineSlot, trainTogether, type Job, type SweepEvent } from './train-together';
import { prepareRun } from '../prepare-run';

const data = await parseSafeCsv(new TextEncoder().encode(syntheticCsv()), { synthetic: true });
const recipe = {
  ...RECIPES['seed-v2'].recipe,
  hidden: [16, 8],
  latent: 4,
  projection: 8,
  epochs: 4,
};
const vary = { seed: [1, 2], learningRate: [0.002, 0.001], dropout: [0, 0.1] };
const plans = await planSweep(expandSweep({ recipe, vary }), data, ['bright', 'warm']);
const jobs: Job[] = plans.slice(0, 5).map((plan, run) => ({ run, plan }));

const startEngine = (): Promise<Engine> => startWasmEngine({ load: loadWasmBuild });
const never = new AbortController().signal;

async function trainedAlone({ plan }: Job): Promise<TrainingCheckpoint> {
  const run = await prepareRun(plan, await startEngine());
  while (!run.finished) await run.nextEpoch();
  return { model: await run.frame(), progress: await run.progress() };
}

/** What happens when so many engines train the jobs. */
async function trainOn(engines: readonly Engine[], of: readonly Job[]) {
  const events: SweepEvent[] = [];
  const tell = (event: SweepEvent): void => void events.push(event);
  const lost = await trainTogether(of, engines.map(engineSlot), tell, never);
  return { events, lost };
}

/** A real engine whose device goes away in the epoch of that number. */
async function failingEngine(epoch: number): Promise<Engine> {
  const engine = await startEngine();
  const trainEpoch = engine.trainEpoch.bind(engine);
  let epochs = 0;
  engine.trainEpoch = (plan) => {
    epochs++;
    if (epochs < epoch) return trainEpoch(plan);
    return Promise.reject(new EngineLostError('The device went away.'));
  };
  return engine;
}

describe('runs trained together', () => {
  it('give the bits that each gives alone, also when they take turns', async () => {
    const { events, lost } = await trainOn([await startEngine(), await startEngine()], jobs);
    expect(lost).toBe(null);
    const finished = events.filter((event) => event.type === 'finished');
    expect(finished.map(({ run }) => run).sort()).toEqual([0, 1, 2, 3, 4]);
    for (const { run, file } of finished) {
      const job = jobs[run];
      if (job === undefined) throw new Error('There is no such run.');
      const alone = await trainedAlone(job);
      const { model, progress, timeline } = readCheckpoint(file);
      expect(model.document).toStrictEqual(alone.model.document);
      expect(Buffer.from(model.weights.buffer)).toEqual(Buffer.from(alone.model.weights.buffer));
      expect(progress).toStrictEqual(alone.progress);
      const size = { rows: model.map?.labels.length ?? 0, words: 2 };
      const kept = await unpackTimeline(timeline ?? new Uint8Array(), size);
      expect(kept.frames.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
      expect(kept.scoreboards.map(({ epoch }) => epoch)).toEqual([4]);
      const told = events.filter((event) => event.type === 'epoch' && event.run === run);
      expect(told.map((event) => 'record' in event && event.record)).toEqual(
        alone.progress.history,
      );
    }
  });

  it('go on when one of them cannot', async () => {
    const [first, second, third] = jobs;
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    const wild = { ...second.plan, recipe: { ...second.plan.recipe, learningRate: 1e30 } };
    const { events, lost } = await trainOn(
      [await startEngine()],
      [first, { run: 1, plan: wild }, third],
    );
    expect(lost).toBe(null);
    expect(events.flatMap((event) => (event.type === 'failed' ? [event] : []))).toEqual([
      { type: 'failed', run: 1, reason: expect.stringContaining('below 1e+30') as string },
    ]);
    expect(events.flatMap(({ type, run }) => (type === 'finished' ? [run] : []))).toEqual([0, 2]);
  });

  it('leave what a lost device did not finish to others, and go on elsewhere', async () => {
    const engines = [await failingEngine(2), await startEngine()];
    const { events, lost } = await trainOn(engines, jobs);
    expect(lost).toEqual({ jobs: [jobs[0]], reason: 'The device went away.' });
    expect(events.flatMap(({ type, run }) => (type === 'finished' ? [run] : []))).toEqual([
      1, 2, 3, 4,
    ]);
    const all = await trainOn([await failingEngine(6)], jobs);
    expect(all.lost?.jobs).toEqual(jobs.slice(1));
  });

  it('stop between two epochs, and tell nothing any more', async () => {
    const stop = new AbortController();
    const events: SweepEvent[] = [];
    const tell = (event: SweepEvent): void => {
      events.push(event);
      if (events.length === 6) stop.abort();
    };
    const engine = await startEngine();
    const trainEpoch = engine.trainEpoch.bind(engine);
    let trained = 0;
    engine.trainEpoch = (plan) => {
      trained++;
      return trainEpoch(plan);
    };
    const slots = [engineSlot(engine)];
    expect(await trainTogether(jobs, slots, tell, stop.signal)).toBe(null);
    expect(events.map(({ type, run }) => [type, run])).toEqual([
      ...Array.from({ length: 4 }, () => ['epoch', 0]),
      ['finished', 0],
      ['epoch', 1],
    ]);
    expect(trained).toBe(5);
  });
});
