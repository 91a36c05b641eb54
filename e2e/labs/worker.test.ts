/** Training in the worker in a real Chromium, from a production build and under its policy. */
import { describe, expect, it } from 'vitest';
import { FOUNDING_CHOICES } from '../../src/recipe/audit-choices';
import { sampleWithCanary, trainWhole, workerLab } from './worker-lab';

const worker = workerLab();

describe('training', () => {
  it.each([
    ['wasm', 'fused-wasm'],
    ['webgpu', 'fused-webgpu'],
    ['tfjs-webgpu', 'tfjs-webgpu'],
  ] as const)('runs on %s and tells what it does', async (choice, engineName) => {
    const { name, event } = await worker.page.evaluate(
      async (text, chosen) => {
        await lab.load(text);
        const engine = await lab.chooseEngine(chosen);
        // Few steps: TensorFlow.js may take a second for one on software.
        lab.start({ epochs: 2, batchSize: 256 });
        await lab.phase('done');
        return { name: engine.name, event: lab.event };
      },
      sampleWithCanary,
      choice,
    );
    expect(name).toBe(engineName);
    expect(event.flatMap((t) => (t.type === 'phase' ? [t.phase] : []))).toEqual([
      'preparing',
      'training',
      'done',
    ]);
    const epochs = event.flatMap((t) => (t.type === 'epoch' ? [t] : []));
    expect(epochs.map(({ record }) => record.epoch)).toEqual([1, 2]);
    expect(epochs[0]?.seconds).toBeGreaterThan(0);
    expect(event.findLast((t) => t.type === 'saved')).toMatchObject({ epoch: 2 });
    expect(event.findLast((t) => t.type === 'runs')?.runs).toMatchObject([
      { name: 'A run', epochs: 2, plannedEpochs: 2, finished: true, synthetic: true },
    ]);
    expect(event.findLast((t) => t.type === 'model')?.document.run).toMatchObject({
      epochs: 2,
      engine: engineName,
      scoreboard: { on: 'held-out rows' },
    });
    expect(event.filter(({ type }) => type === 'trouble' || type === 'refused')).toEqual([]);
  });

  it('goes on after a reload to the same bits, map included', async () => {
    await trainWhole(worker.page);
    const whole = await worker.page.evaluate(() => lab.model());

    await worker.leave();
    const id = await worker.page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      lab.start({}, true);
      const { id: run } = await lab.next('run');
      lab.send({ type: 'step' });
      await lab.next('saved', ({ epoch }) => epoch === 1);
      lab.send({ type: 'step' });
      await lab.next('saved', ({ epoch }) => epoch === 2);
      return run;
    }, sampleWithCanary);
    await worker.reload(worker.page);
    const opened = await worker.page.evaluate(async (run) => {
      lab.send({ type: 'open-run', id: run });
      await lab.phase('paused');
      await lab.chooseEngine('wasm');
      const types = lab.event.map(({ type }) => type);
      const described = lab.event.find((event) => event.type === 'run');
      lab.send({ type: 'resume' });
      await lab.phase('done');
      return { types, described, model: lab.model() };
    }, id);
    expect(opened.types.slice(0, 5)).toEqual([
      ...['data-loaded', 'run', 'timeline', 'model', 'phase'],
    ]);
    expect(opened.described).toMatchObject({ id, resumable: true, reason: null });
    expect(opened.described?.history).toHaveLength(2);
    expect(opened.model).toEqual(whole);
  });

  it('trains on what the recipe’s audit leaves, after a reload too, and loses nothing of the file', async () => {
    // Every fifth row twice.
    const untidy = sampleWithCanary
      .trimEnd()
      .split('\n')
      .flatMap((line, i) => (i % 5 === 0 ? [line, line] : [line]))
      .join('\n');
    const before = await worker.page.evaluate(
      async (text, audit) => {
        await lab.load(text);
        lab.send({ type: 'audit' });
        const { report } = await lab.next('audit');
        await lab.chooseEngine('wasm');
        lab.start({ audit }, true);
        const kept = await lab.next('run');
        lab.start({ audit: { ...audit, exactDuplicates: 'drop' } }, true);
        const run = await lab.next('run');
        lab.send({ type: 'step' });
        await lab.next('saved', ({ epoch }) => epoch === 1);
        return { report, run, kept: kept.trainingRows + kept.heldOutRows };
      },
      untidy,
      FOUNDING_CHOICES,
    );
    const duplicates = before.report.findings.find(({ id }) => id === 'exactDuplicates');
    expect(duplicates?.count).toBe(before.report.rows - 603);
    expect(before.run.trainingRows + before.run.heldOutRows).toBeLessThan(before.kept);
    await worker.reload(worker.page);
    const after = await worker.page.evaluate(
      async (id, choices) => {
        lab.send({ type: 'open-run', id });
        await lab.phase('paused');
        const run = lab.event.find((event) => event.type === 'run');
        const loaded = lab.event.find((event) => event.type === 'data-loaded');
        await lab.chooseEngine('wasm');
        lab.send({ type: 'resume' });
        await lab.phase('done');
        const { document } = lab.model();
        lab.send({ type: 'clean', choices });
        const { cleaning, words } = await lab.next('cleaned');
        return { run, loaded, document, cleaning, words };
      },
      before.run.id,
      FOUNDING_CHOICES,
    );
    expect(after.run).toMatchObject({
      trainingRows: before.run.trainingRows,
      heldOutRows: before.run.heldOutRows,
      resumable: true,
    });
    expect(after.document.run?.recipe.audit.exactDuplicates).toBe('drop');
    expect(after.loaded?.rows).toBe(before.report.rows);
    expect(after.cleaning.rowsLeft).toBe(before.report.rows);
    const warm = (of: readonly { word: string; rows: number }[]) =>
      of.find(({ word }) => word === 'warm')?.rows ?? 0;
    expect(warm(after.document.words)).toBe(150);
    expect(warm(after.words)).toBeGreaterThan(150);
  });

  it('goes on when the engine is changed, paused and stopped when asked to', async () => {
    const seen = await worker.page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      lab.start(lab.endless);
      await lab.next('epoch');
      const { name } = await lab.chooseEngine('cpu');
      await lab.next('epoch');
      lab.send({ type: 'pause' });
      await lab.phase('paused');
      const epochs = lab.event.filter(({ type }) => type === 'epoch').length;
      lab.send({ type: 'stop' });
      await lab.phase('done');
      const summary = lab.event.findLast((event) => event.type === 'runs')?.runs[0];
      lab.send({ type: 'resume' });
      const refused = await lab.next('refused');
      return {
        name,
        epochs,
        summary,
        refused,
        last: lab.event.filter((t) => t.type === 'epoch').at(-1),
      };
    }, sampleWithCanary);
    expect(seen.name).toBe('tfjs-cpu');
    expect(seen.summary).toMatchObject({ finished: true, epochs: seen.epochs });
    expect(seen.last?.record.epoch).toBe(seen.epochs);
    expect(seen.refused.reason).toBe('The run has ended: start a new one.');
  });

  it('goes on unsaved, and says so, when the browser has no room', async () => {
    const client = await worker.page.createCDPSession();
    await client.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(worker.page.url()).origin,
      quotaSize: 30_000,
    });
    await trainWhole(worker.page);
    const troubles = await worker.page.evaluate(() =>
      lab.event.filter((event) => event.type === 'trouble'),
    );
    expect(troubles.length).toBeGreaterThan(0);
    expect(troubles.map(({ fatal }) => fatal)).not.toContain(true);
    expect(troubles[0]?.reason).toMatch(/no room left/);
    expect((await worker.page.evaluate(() => lab.model())).document.run?.epochs).toBe(6);
  });

  it('goes on unsaved from where the room is taken away, and saves again once there is some', async () => {
    const { page } = worker;
    const client = await page.createCDPSession();
    const allow = (quotaSize: number) =>
      client.send('Storage.overrideQuotaForOrigin', {
        origin: new URL(page.url()).origin,
        quotaSize,
      });
    // Chromium goes by the room that it found until that is used up, or half a minute old.
    await allow(1_500_000);
    const id = await page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      lab.start({ epochs: 10_000 }, true);
      const { id: run } = await lab.next('run');
      await lab.phase('paused');
      return run;
    }, sampleWithCanary);
    const step = () => page.evaluate(() => lab.step());
    const savedEpoch = () => page.evaluate((run) => lab.savedEpoch(run), id);
    expect(await step()).toEqual({ said: [], saved: 1 });

    await allow(1);
    let epoch = 1;
    let lastSaved = 1;
    let said: string[] = [];
    while (said.length === 0 && epoch < 2000) {
      const seen = await step();
      epoch++;
      said = seen.said;
      lastSaved = seen.saved ?? lastSaved;
    }
    expect(said).toEqual([
      'The browser has no room left to save this; the last checkpoint stands: delete runs you no longer need, or download the model.',
    ]);
    expect(await savedEpoch()).toBe(lastSaved);
    // It is said once, and training goes on.
    expect(await step()).toEqual({ said: [], saved: null });
    expect(await savedEpoch()).toBe(lastSaved);

    await allow(100_000_000);
    const later = epoch + 2;
    expect(await step()).toEqual({
      said: [`There is room again: the run is saved as of epoch ${String(later)}.`],
      saved: later,
    });
    expect(await savedEpoch()).toBe(later);
  });

  it('stops with a sentence when the losses stop being numbers, and keeps the checkpoint', async () => {
    const trouble = await worker.page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      // Eight blocks of sums that nothing keeps small: float32 overflows within a few steps.
      const hidden = Array.from({ length: 8 }, () => 256);
      lab.start({ learningRate: 1, normalisation: 'none', hidden, epochs: 300 });
      const { reason, fatal } = await lab.next('trouble');
      await lab.phase('paused');
      return { reason, fatal };
    }, sampleWithCanary);
    expect(trouble.fatal).toBe(true);
    expect(trouble.reason).toMatch(/^The losses stopped being numbers in epoch \d+: .*checkpoint/);
  });
});

describe('without the headers that isolate the page', () => {
  it('trains with one thread, and says so where two are asked for', async () => {
    const seen = await worker.page.evaluate(async (text) => {
      await lab.load(text);
      const { device } = await lab.chooseEngine('wasm');
      lab.send({ type: 'choose-engine', choice: 'wasm-2' });
      const { reason } = await lab.next('refused');
      lab.start({ epochs: 1 });
      await lab.phase('done');
      return { isolated: crossOriginIsolated, device, reason };
    }, sampleWithCanary);
    expect(seen.isolated).toBe(false);
    expect(seen.device).toMatch(/^WebAssembly (relaxed )?SIMD$/);
    expect(seen.reason).toBe(
      'WebAssembly cannot use 2 threads here: they do not start, or may not share memory.',
    );
  });
});

describe('the line between page and worker', () => {
  it('refuses what is no command, and goes on', async () => {
    const seen = await worker.page.evaluate(async () => {
      lab.client.send({ type: 'start', words: [], name: '', paused: false, recipe: lab.recipe });
      lab.client.send(JSON.parse('{"type":"eval","__proto__":{"polluted":true}}') as never);
      lab.client.send({ type: 'open-link', fragment: 'warmbright1.5.abc' });
      const { reason } = await lab.next('trouble');
      lab.client.send({ type: 'list-runs' });
      await lab.next('runs');
      const refusals = lab.event.flatMap((event) => (event.type === 'refused' ? [event.what] : []));
      return { reason, refusals };
    });
    expect(seen.reason).toMatch(/^The request cannot be used/);
    expect(seen.refusals).toEqual(['start', 'open-link']);
  });

  it('starts a crashed worker again', async () => {
    await worker.page.evaluate(async () => {
      lab.send({ type: 'list-runs' });
      await lab.next('runs');
    });
    const before = worker.page.workers()[0];
    await before?.evaluate(() => {
      setTimeout(() => {
        throw new Error('out of luck');
      });
    });
    const trouble = await worker.page.evaluate(async () => {
      const event = await lab.next('trouble');
      lab.send({ type: 'list-runs' });
      await lab.next('runs');
      return event;
    });
    expect(trouble.fatal).toBe(true);
    expect(trouble.reason).toMatch(/crashed .*out of luck.*started again/);
  });
});
