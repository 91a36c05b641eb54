import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LONGEST_SILENCE_MS } from './answer-watch';
import { TrainerClient } from './client';
import type { TrainerEvent } from './messages';

class StandIn extends EventTarget {
  static started: StandIn[] = [];
  constructor(
    _: URL,
    readonly options: WorkerOptions,
  ) {
    super();
    StandIn.started.push(this);
  }
  postMessage(): void {
    // Hears, and says nothing.
  }
  terminate(): void {
    // It does nothing anyway.
  }
  says(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

beforeEach(() => {
  StandIn.started = [];
  vi.stubGlobal('Worker', StandIn);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('passes on the worker’s events as they are, and refuses anything else with a sentence', () => {
  const heard: TrainerEvent[] = [];
  const client = new TrainerClient();
  client.onEvent((event) => heard.push(event));
  const [worker] = StandIn.started;
  expect(worker?.options).toEqual({ type: 'module', name: 'trainer' });
  const event: TrainerEvent = { type: 'phase', phase: 'training' };
  worker?.says(event);
  worker?.says({ type: 'eval' });
  worker?.says(null);
  const trouble = {
    type: 'trouble',
    reason: 'The training worker sent a message that this page does not know.',
    fatal: false,
  };
  expect(heard).toEqual([event, trouble, trouble]);
  expect(heard[0]).toBe(event);
});

it('says that a worker is silent, until all that was asked has been served', () => {
  vi.useFakeTimers();
  try {
    const heard: TrainerEvent[] = [];
    const client = new TrainerClient();
    client.onEvent((event) => heard.push(event));
    client.send({ type: 'list-runs' });
    vi.advanceTimersByTime(10 * LONGEST_SILENCE_MS);
    expect(heard).toEqual([
      expect.objectContaining({
        type: 'trouble',
        fatal: false,
        reason: expect.stringMatching(/reload the page/) as string,
      }),
    ]);
    StandIn.started[0]?.says({ type: 'served' });
    vi.advanceTimersByTime(10 * LONGEST_SILENCE_MS);
    StandIn.started[0]?.says({ type: 'phase', phase: 'training' });
    vi.advanceTimersByTime(LONGEST_SILENCE_MS);
    expect(heard.map(({ type }) => type)).toEqual(['trouble', 'phase', 'trouble']);
  } finally {
    vi.useRealTimers();
  }
});

it('shows no figures of a worker that crashed, and starts another', () => {
  const heard: TrainerEvent[] = [];
  const client = new TrainerClient();
  client.onEvent((event) => heard.push(event));
  StandIn.started[0]?.dispatchEvent(new Event('error', { cancelable: true }));
  expect(StandIn.started).toHaveLength(2);
  expect(heard).toContainEqual({ type: 'measuring', share: null });
  expect(heard.at(-1)).toMatchObject({ type: 'trouble', fatal: true });
});
