import { describe, expect, it } from 'vitest';
import type { Outcome, ScorerPlan } from '../../src/analysis/scoreboard/scoreboard';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { fitNormaliser, normalise } from '../../src/model/normaliser';
import { figuresHere } from '../../src/training/figures';
import type { FromFigures, ToFigures } from './figure-messages';
import { FigureThread, type FigureWorker } from './figure-thread';
import { serveFigures } from './serve-figures';

const rows = Array.from({ length: 60 }, (_, i) => ({
  contributor: i % 12,
  setting: FLAT_SETTING.map((value, at) => (at === 0 ? (i % 2) * 6 - 3 + (i % 5) / 10 : value)),
}));
const settings = rows.map(({ setting }) => setting);
const normaliser = fitNormaliser('fixed-log', settings);
const plan: ScorerPlan = {
  set: {
    words: ['cut', 'lift'],
    rows,
    labels: Int32Array.from(rows, (_, i) => i % 2),
    heldOut: Uint8Array.from(rows, ({ contributor }) => (contributor < 8 ? 0 : 1)),
  },
  normaliser,
  latent: 1,
  split: 'contributor',
};
const outcome: Outcome = {
  epoch: 4,
  latents: Float32Array.from(settings, (setting) => setting[0] ?? 0),
  reconstruction: normalise(settings, normaliser).map((value) => value * 0.9),
  wordSettings: [settings[0] ?? null, null],
  headWords: null,
};

/** A worker of this thread, which gets copies of what it is sent, as a real one does. */
class LocalWorker implements FigureWorker {
  terminated = false;
  held = false;
  readonly #listeners = new EventTarget();
  readonly #receive = serveFigures((answer: FromFigures) => {
    if (!this.held && !this.terminated) {
      this.#listeners.dispatchEvent(new MessageEvent('message', { data: structuredClone(answer) }));
    }
  });

  addEventListener: FigureWorker['addEventListener'] = (type: string, handle: unknown) => {
    this.#listeners.addEventListener(type, handle as EventListener);
  };

  postMessage(message: ToFigures): void {
    void this.#receive(new MessageEvent('message', { data: structuredClone(message) }));
  }

  terminate(): void {
    this.terminated = true;
  }

  crash(): void {
    this.#listeners.dispatchEvent(new Event('error', { cancelable: true }));
  }
}

describe('a thread that takes figures', () => {
  it('gives what this thread gives, for run after run', async () => {
    const thread = new FigureThread(() => new LocalWorker());
    const here = figuresHere(plan);
    const there = thread.open(plan);
    expect(await there.measure(outcome)).toEqual(await here.measure(outcome));
    expect(await there.clusters()).toEqual(await here.clusters());
    const later = thread.open({ ...plan, split: 'row' });
    expect((await later.measure(outcome)).split).toBe('row');
  });

  it('tells how far each request is', async () => {
    const there = new FigureThread(() => new LocalWorker()).open(plan);
    const shares: number[][] = [[], []];
    await Promise.all([
      there.measure(outcome, (share) => shares[0]?.push(share)),
      there.clusters((share) => shares[1]?.push(share)),
    ]);
    expect(shares[0]).toEqual([0.2 / 0.35, 1]);
    expect(shares[1]?.at(-1) ?? 1).toBe(1);
  });

  it('is stopped by a cancel, and started again with the rows when asked again', async () => {
    const workers: LocalWorker[] = [];
    const there = new FigureThread(() => {
      const worker = new LocalWorker();
      worker.held = workers.length === 0;
      workers.push(worker);
      return worker;
    }).open(plan);
    void there.measure(outcome);
    there.cancel();
    expect((await there.measure(outcome)).epoch).toBe(4);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('is replaced by this thread when it crashes, in the midst of an answer or before', async () => {
    const worker = new LocalWorker();
    worker.held = true;
    const there = new FigureThread(() => worker).open(plan);
    const waiting = there.measure(outcome);
    await Promise.resolve();
    worker.crash();
    expect((await waiting).epoch).toBe(4);
    expect((await there.clusters()).words).toHaveLength(2);
    expect(worker.terminated).toBe(true);
  });

  it('gives up what an earlier run waits for when another begins', async () => {
    const workers: LocalWorker[] = [];
    const thread = new FigureThread(() => {
      const worker = new LocalWorker();
      worker.held = workers.length === 0;
      workers.push(worker);
      return worker;
    });
    let answered = false;
    void thread
      .open(plan)
      .measure(outcome)
      .then(() => (answered = true));
    await Promise.resolve();
    expect((await thread.open(plan).measure(outcome)).epoch).toBe(4);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(answered).toBe(false);
  });
});
