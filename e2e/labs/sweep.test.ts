/** Sweeps in the training worker in a real Chromium, from a production build under its policy. */
import { expect, it } from 'vitest';
import { sampleWithCanary, workerLab } from './worker-lab';

const worker = workerLab();

it('trains every combination, tells of each, and keeps each as a run of its own', async () => {
  const { event, saved, alone } = await worker.page.evaluate(async (text) => {
    await lab.load(text);
    await lab.chooseEngine('wasm');
    lab.startSweep({ seed: [1, 2], dropout: [0, 0.1] }, { epochs: 3 });
    await lab.next('sweep-ended');
    const { runs } = await lab.next('runs');
    const event = lab.event.filter(({ type }) => type.startsWith('sweep'));
    const second = event.find((t) => t.type === 'sweep-run' && t.run === 1);
    const id = second?.type === 'sweep-run' ? (second.id ?? '') : '';
    lab.send({ type: 'open-run', id });
    await lab.next('model');
    const saved = { runs, model: lab.model(), event: await lab.next('run') };
    lab.start({ epochs: 3, seed: 1, dropout: 0.1 });
    await lab.phase('done');
    return { event, saved, alone: lab.model() };
  }, sampleWithCanary);

  const [first] = event;
  expect(first).toMatchObject({ type: 'sweep', words: ['airy', 'bright', 'warm'] });
  expect(first?.type === 'sweep' && first.runs.map(({ label }) => label)).toEqual([
    'seed 1, dropout 0',
    'seed 1, dropout 0.1',
    'seed 2, dropout 0',
    'seed 2, dropout 0.1',
  ]);
  expect(event[1]).toMatchObject({ type: 'sweep-engine' });
  const epochs = event.flatMap((t) => (t.type === 'sweep-epochs' ? t.epochs : []));
  for (const run of [0, 1, 2, 3]) {
    const own = epochs.filter((of) => of.run === run).map(({ record }) => record.epoch);
    expect(own).toEqual([1, 2, 3]);
  }
  const ends = event.flatMap((t) => (t.type === 'sweep-run' ? [t] : []));
  expect(ends.map(({ run }) => run).sort()).toEqual([0, 1, 2, 3]);
  expect(ends[0]?.scoreboard.on).toBe('held-out rows');
  expect(event.at(-1)).toEqual({ type: 'sweep-ended', stopped: false });

  expect(saved.runs.map(({ id }) => id).sort()).toEqual(ends.map(({ id }) => id).sort());
  expect(saved.runs.every(({ finished, epochs }) => finished && epochs === 3)).toBe(true);
  expect(saved.event.history).toHaveLength(3);
  // Another thread, many at once: the same bits as the run trained by itself.
  expect(saved.model.weights).toEqual(alone.weights);
  expect(saved.model.document.run?.scoreboard).toEqual(alone.document.run?.scoreboard);
});

it('pauses the run that trains, lets none train beside it, and stops when told to', async () => {
  const { phases, refusals, ended, runs } = await worker.page.evaluate(async (text) => {
    await lab.load(text);
    await lab.chooseEngine('wasm');
    lab.start(lab.endless);
    await lab.next('epoch');
    lab.startSweep({ seed: [1, 2, 3] }, lab.endless);
    await lab.next('sweep-epochs');
    const phases = lab.event.flatMap((t) => (t.type === 'phase' ? [t.phase] : []));
    const refusals: string[] = [];
    for (const command of [{ type: 'resume' }, { type: 'step' }] as const) {
      lab.send(command);
      refusals.push((await lab.next('refused')).reason);
    }
    lab.startSweep({ seed: [4, 5] });
    refusals.push((await lab.next('refused')).reason);
    lab.send({ type: 'stop-sweep' });
    const ended = await lab.next('sweep-ended');
    lab.send({ type: 'resume' });
    await lab.next('epoch');
    lab.send({ type: 'list-runs' });
    return { phases, refusals, ended, runs: (await lab.next('runs')).runs };
  }, sampleWithCanary);
  expect(phases.at(-1)).toBe('paused');
  expect(new Set(refusals)).toEqual(
    new Set(['A sweep is training: wait for its end, or stop it first.']),
  );
  expect(ended.stopped).toBe(true);
  // What was not finished is not kept.
  expect(runs).toHaveLength(1);
});

it('has nothing to stop where no sweep trains', async () => {
  const reason = await worker.page.evaluate(async () => {
    lab.send({ type: 'stop-sweep' });
    return (await lab.next('refused')).reason;
  });
  expect(reason).toBe('No sweep is training.');
});
