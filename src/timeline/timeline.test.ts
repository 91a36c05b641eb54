import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { earlierScoreboard } from '../testing/sample-model';
import {
  EMPTY_TIMELINE,
  frameAt,
  mostFrames,
  scoreboardAt,
  shortened,
  timelineEpochs,
  until,
  withFrame,
  withScoreboard,
  type TimelineFrame,
} from './timeline';

const frame = (epoch: number, rows = 3): TimelineFrame => ({
  epoch,
  points: new Float32Array(2 * rows).fill(epoch),
  settings: null,
});
const figures = (epoch: number | null) => ({ ...earlierScoreboard({}), epoch });
const epochsOf = (items: readonly { readonly epoch: number | null }[]): (number | null)[] =>
  items.map(({ epoch }) => epoch);
const framesOf = (epochs: readonly number[], most = 100): readonly TimelineFrame[] =>
  epochs.reduce<readonly TimelineFrame[]>((all, epoch) => withFrame(all, frame(epoch), most), []);

describe('the epochs of a timeline', () => {
  it('are the start, the end, and more at the beginning than later', () => {
    expect(timelineEpochs(60, 24)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 14, 16, 19, 22, 26, 29, 33, 37, 41, 45, 50, 55, 60,
    ]);
    expect(timelineEpochs(2, 24)).toEqual([0, 1, 2]);
    expect(timelineEpochs(1, 2)).toEqual([0, 1]);
  });

  it('ascend, whatever the run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 2, max: 96 }), (n, most) => {
        const epochs = timelineEpochs(n, most);
        expect(epochs[0]).toBe(0);
        expect(epochs.at(-1)).toBe(n);
        expect(epochs.length).toBe(Math.min(most, n + 1));
        expect(epochs.every((epoch, i) => i === 0 || epoch > (epochs[i - 1] ?? 0))).toBe(true);
      }),
    );
  });

  it('are as many as there is room for', () => {
    expect(mostFrames(800, 5)).toBe(96);
    expect(mostFrames(20_000, 10)).toBe(19);
    expect(mostFrames(100_000, 20)).toBe(3);
    expect(mostFrames(2_000_000, 20)).toBe(2);
  });
});

describe('a timeline', () => {
  it('has its frames in order, and those that are trained again once', () => {
    expect(epochsOf(framesOf([0, 1, 2, 4]))).toEqual([0, 1, 2, 4]);
    expect(epochsOf(framesOf([0, 1, 2, 4, 2, 3]))).toEqual([0, 1, 2, 3]);
  });

  it('begins anew with other rows', () => {
    expect(epochsOf(withFrame(framesOf([0, 1]), frame(2, 5), 10))).toEqual([2]);
  });

  it('has no more frames than there is room for, the first and the newest among them', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(2000), { minLength: 3, maxLength: 60 }),
        fc.integer({ min: 2, max: 12 }),
        (some, most) => {
          const epochs = some.toSorted((a, b) => a - b);
          const kept = epochsOf(framesOf(epochs, most));
          expect(kept).toHaveLength(Math.min(most, epochs.length));
          expect([kept[0], kept.at(-1)]).toEqual([epochs[0], epochs.at(-1)]);
          expect(epochs).toEqual(expect.arrayContaining(kept));
        },
      ),
    );
    // As it would have been planned.
    const thinned = epochsOf(
      framesOf(
        Array.from({ length: 101 }, (_, epoch) => epoch),
        6,
      ),
    );
    const planned = timelineEpochs(100, 6);
    thinned.forEach((epoch, i) => {
      expect(Math.abs(Math.sqrt(epoch ?? 0) - Math.sqrt(planned[i] ?? 0))).toBeLessThan(1.5);
    });
  });

  it('has each figure once, and at most 24', () => {
    const none = figures(null);
    let known = withScoreboard(withScoreboard([], null), none);
    expect(known).toEqual([]);
    for (const epoch of [0, 3, 3, 2, 5]) known = withScoreboard(known, figures(epoch));
    expect(epochsOf(known)).toEqual([0, 3, 5]);
    for (let epoch = 6; epoch < 400; epoch++) known = withScoreboard(known, figures(epoch));
    expect(known).toHaveLength(24);
    expect([known[0]?.epoch, known.at(-1)?.epoch]).toEqual([0, 399]);
  });

  it('is cut where a run goes on from, and shortened evenly', () => {
    const timeline = {
      frames: framesOf([0, 1, 2, 3, 4, 6, 9, 16]),
      scoreboards: [1, 4, 8, 16].map(figures),
    };
    const cut = until(timeline, 8);
    expect(epochsOf(cut.frames)).toEqual([0, 1, 2, 3, 4, 6]);
    expect(epochsOf(cut.scoreboards)).toEqual([1, 4, 8]);
    const short = shortened(timeline, 4);
    expect(short.frames).toHaveLength(4);
    expect(epochsOf(short.scoreboards)).toEqual([1, 16]);
    expect(shortened(timeline, 8)).toEqual(timeline);
  });
});

describe('looking back at an epoch', () => {
  const timeline = { frames: framesOf([1, 2, 6]), scoreboards: [2, 5].map(figures) };

  it('shows the last frame and the last figures by then', () => {
    expect([0, 1, 5, 6, 99].map((epoch) => frameAt(timeline, epoch)?.epoch)).toEqual([
      1, 1, 2, 6, 6,
    ]);
    expect([1, 2, 4, 5].map((epoch) => scoreboardAt(timeline, epoch)?.epoch)).toEqual([
      undefined,
      2,
      2,
      5,
    ]);
  });

  it('shows nothing where nothing was kept', () => {
    expect(frameAt(EMPTY_TIMELINE, 3)).toBeNull();
    expect(scoreboardAt(EMPTY_TIMELINE, 3)).toBeNull();
  });
});
