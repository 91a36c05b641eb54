/** How long the page's thread works in each frame, from a trace of Chromium's. */
import * as v from 'valibot';
import { checkedJson } from '../../src/base/checked-json';
import { quantile } from '../statistics';

/** Of the trace's events, what is needed here. Times are in microseconds. */
const traceSchema = v.object({
  traceEvents: v.array(
    v.object({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      ts: v.number(),
      dur: v.optional(v.number(), 0),
      /** Of that, what the thread itself had of a processor; left out where nobody counted. */
      tdur: v.optional(v.number()),
    }),
  ),
});

/** Milliseconds that the page's thread worked in each frame: by the clock, and of a processor's time. */
export interface FrameWork {
  readonly clock: readonly number[];
  readonly processor: readonly number[];
}

const FRAME = 'BeginMainThreadFrame';
const TASK = 'RunTask';

/**
 * @param trace JSON, as DevTools saves it
 * @throws InputError where it is none
 */
export function framesOf(trace: string): FrameWork {
  const { traceEvents } = checkedJson(traceSchema, trace, 'The trace');
  const threads = new Map<string, typeof traceEvents>();
  for (const event of traceEvents) {
    const thread = `${String(event.pid)} ${String(event.tid)}`;
    const events = threads.get(thread) ?? [];
    events.push(event);
    threads.set(thread, events);
  }
  const framesIn = (events: typeof traceEvents): number =>
    events.filter(({ name }) => name === FRAME).length;
  const page = [...threads.values()].toSorted((a, b) => framesIn(b) - framesIn(a))[0] ?? [];
  const starts = page
    .filter(({ name }) => name === FRAME)
    .map(({ ts }) => ts)
    .toSorted((a, b) => a - b);
  const clock = new Array<number>(Math.max(0, starts.length - 1)).fill(0);
  const processor = [...clock];
  for (const { name, ts, dur, tdur = dur } of page) {
    if (name !== TASK) continue;
    // A frame's own task begins before it says so.
    const frame = starts.findLastIndex((start) => start <= ts + dur);
    if (frame < 0 || frame >= clock.length) continue;
    clock[frame] = (clock[frame] ?? 0) + dur / 1000;
    processor[frame] = (processor[frame] ?? 0) + tdur / 1000;
  }
  return { clock, processor };
}

/** How many frames there were, and the 95th percentile of what they cost, in milliseconds. */
export function frameFigures({ clock, processor }: FrameWork) {
  return { frames: clock.length, clock: late(clock), processor: late(processor) };
}

function late(values: readonly number[]): number {
  return values.length === 0 ? 0 : quantile(values, 0.95);
}
