import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engines/create-engine';
import { earlierScoreboard } from '../../src/testing/sample-model';
import { smallPlan } from '../../src/testing/small-run';
import { EMPTY_TIMELINE, type Timeline } from '../../src/timeline/timeline';
import { unpackTimeline } from '../../src/timeline/timeline-file';
import { prepareRun } from '../../src/training/prepare-run';
import type { Run } from '../../src/training/run';
import type { EventOf, TrainerEvent } from './messages';
import { RunTimeline } from './run-timeline';

const { engine } = await createEngine('tfjs-wasm');
const plan = { ...smallPlan, recipe: { ...smallPlan.recipe, epochs: 4 } };
const size = { rows: plan.set.rows.length, words: plan.set.words.length };

function setUp(kept: Timeline = EMPTY_TIMELINE) {
  const events: TrainerEvent[] = [];
  const emit = (event: TrainerEvent): void => {
    events.push(event);
  };
  const told = (): EventOf<'timeline'>[] =>
    events.filter((event): event is EventOf<'timeline'> => event.type === 'timeline');
  return {
    timeline: new RunTimeline(plan, kept, emit),
    framesTold: () => told().flatMap(({ frames }) => frames),
    figuresTold: () => told().flatMap(({ scoreboards }) => scoreboards),
  };
}

async function follow(timeline: RunTimeline, run: Run, epochs: number): Promise<void> {
  await timeline.follow(run);
  for (let i = 0; i < epochs; i++) {
    await run.nextEpoch();
    // As often as anybody looks: what is kept does not depend on it.
    await timeline.follow(run);
    await timeline.follow(run);
  }
}

async function kept(timeline: RunTimeline): Promise<Timeline> {
  return unpackTimeline((await timeline.packed()) ?? new Uint8Array(), size);
}

const figures = (epoch: number) => ({ ...earlierScoreboard({}), epoch });

describe('the timeline of a run in training', () => {
  it('has a frame of each planned epoch, tells it at once, and keeps it', async () => {
    const { timeline, framesTold } = setUp();
    expect(await timeline.packed()).toBeNull();
    const run = await prepareRun(plan, engine);
    await follow(timeline, run, 4);
    expect(framesTold().map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
    const { frames } = await kept(timeline);
    expect(frames.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
    const { map } = await run.frame();
    const reach = Math.max(...(map?.points ?? []).map(Math.abs));
    frames.at(-1)?.points.forEach((place, i) => {
      expect(Math.abs(place - (map?.points[i] ?? 0))).toBeLessThan(0.01 * reach);
    });
  });

  it('goes on from what was kept, and leaves out what went down with an engine', async () => {
    const first = setUp();
    await follow(first.timeline, await prepareRun(plan, engine), 3);
    first.timeline.note(figures(1));
    first.timeline.note(figures(3));

    const second = setUp(await kept(first.timeline));
    second.timeline.announce(2);
    expect(second.framesTold().map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(second.figuresTold().map(({ epoch }) => epoch)).toEqual([1]);
    const run = await prepareRun(plan, engine);
    for (let i = 0; i < 2; i++) await run.nextEpoch();
    await follow(second.timeline, run, 2);
    expect(second.framesTold().map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
    expect((await kept(second.timeline)).scoreboards.map(({ epoch }) => epoch)).toEqual([1]);
  });

  it('tells figures once', () => {
    const { timeline, figuresTold } = setUp();
    timeline.note(null);
    for (const epoch of [1, 1, 2]) timeline.note(figures(epoch));
    expect(figuresTold().map(({ epoch }) => epoch)).toEqual([1, 2]);
  });

  it('is packed anew only where it has grown', async () => {
    const { timeline } = setUp();
    const run = await prepareRun(plan, engine);
    await follow(timeline, run, 1);
    const before = await timeline.packed();
    expect(await timeline.packed()).toBe(before);
    await follow(timeline, run, 1);
    expect(await timeline.packed()).not.toBe(before);
  });

  it('is left out where the places are beyond all measure, and the run is saved all the same', async () => {
    const points = new Float32Array(2 * size.rows).fill(1e20);
    const far = setUp({ frames: [{ epoch: 0, points, settings: null }], scoreboards: [] });
    expect(await far.timeline.packed()).toBeNull();
  });
});
