import { describe, expect, it } from 'vitest';
import { frameFigures, framesOf } from './frames';

const event = (name: string, ts: number, more: object = {}) => ({
  ...{ name, ts, pid: 1, tid: 1 },
  ...more,
});

describe('frames of a trace', () => {
  it('cost what the page’s thread did until the next, and other threads do not count', () => {
    const trace = JSON.stringify({
      traceEvents: [
        event('RunTask', 900, { dur: 2000, tdur: 1000 }),
        event('BeginMainThreadFrame', 1000),
        event('RunTask', 5000, { dur: 3000, tdur: 3000 }),
        event('RunTask', 16_900, { dur: 1500 }),
        event('BeginMainThreadFrame', 17_000),
        event('BeginMainThreadFrame', 33_000),
        event('RunTask', 5000, { dur: 9000, tid: 2 }),
        event('BeginMainThreadFrame', 4000, { tid: 2 }),
        event('Other', 2000, { dur: 9000 }),
      ],
    });
    expect(framesOf(trace)).toEqual({ clock: [5, 1.5], processor: [4, 1.5] });
  });

  it('are summed up by what nineteen of twenty stay below', () => {
    const clock = Array.from({ length: 20 }, (_, i) => i + 1);
    const figures = frameFigures({ clock, processor: clock.map((ms) => ms / 2) });
    expect(figures).toEqual({ frames: 20, clock: 19, processor: 9.5 });
  });
});
