/**
 * How a run came about: where its rows lay and what its words did after some of its epochs, and its
 * figures as they were taken. Pure; which epochs are kept depends on the run alone, and not on how
 * fast it is trained.
 */
import { PARAMETER_COUNT } from '../eq/parameters';
import type { Scoreboard } from '../model/model';

export interface TimelineFrame {
  /** Epochs trained by then: 0 at the start. */
  readonly epoch: number;
  /** Places of the rows on the map, in the model's order of rows, [rows, 2]. */
  readonly points: Float32Array;
  /**
   * What the decoder made of each word's centroid, in dB, Hz and Q, inside the plug-in's bounds, in
   * the model's order of words, [words, 13]; null where that was not kept.
   */
  readonly settings: Float32Array | null;
}

/** Both in the order of their epochs. */
export interface Timeline {
  /** Of the same rows all. */
  readonly frames: readonly TimelineFrame[];
  readonly scoreboards: readonly Scoreboard[];
}

export const EMPTY_TIMELINE: Timeline = { frames: [], scoreboards: [] };

/** Of a run's timeline as it is kept. */
export const MOST_BYTES = 1_000_000;
/** More are not told apart where a slider is a few hundred pixels long. */
const MOST_FRAMES = 96;
const MOST_SCOREBOARDS = 24;
/** What a number of a frame takes once it is packed, about: measured, and rounded up. */
const BYTES_A_NUMBER = 1.25;

/** How many frames a run's timeline has room for. */
export function mostFrames(rows: number, words: number): number {
  const numbers = 2 * rows + PARAMETER_COUNT * words;
  const fitting = Math.floor(MOST_BYTES / (BYTES_A_NUMBER * Math.max(1, numbers)));
  return Math.max(2, Math.min(MOST_FRAMES, fitting));
}

/**
 * Epochs after which a timeline has frames: the start, the end and, in between, more at the
 * beginning, where the map changes most.
 *
 * @param epochs that are planned
 * @param most   frames, at least 2
 */
export function timelineEpochs(epochs: number, most: number): number[] {
  const frames = Math.min(most, epochs + 1);
  return Array.from({ length: frames }, (_, i) => {
    if (i === 0) return 0;
    // At least one epoch apart, however few there are.
    return Math.max(i, Math.round(epochs * (i / (frames - 1)) ** 2));
  });
}

/**
 * With a frame after the others. Those of later epochs go: a run whose engine was lost trains them
 * again. So do those of other rows.
 *
 * @param most frames to keep, at least 2
 */
export function withFrame(
  frames: readonly TimelineFrame[],
  frame: TimelineFrame,
  most: number,
): readonly TimelineFrame[] {
  const before = frames.filter(
    ({ epoch, points }) => epoch < frame.epoch && points.length === frame.points.length,
  );
  return thinned([...before, frame], most, ({ epoch }) => epoch);
}

/** With figures after the others; the same where they are of no later epoch, as most are. */
export function withScoreboard(
  scoreboards: readonly Scoreboard[],
  scoreboard: Scoreboard | null,
): readonly Scoreboard[] {
  const epoch = scoreboard?.epoch ?? null;
  const last = scoreboards.at(-1)?.epoch ?? -1;
  if (scoreboard === null || epoch === null || epoch <= last) return scoreboards;
  return thinned([...scoreboards, scoreboard], MOST_SCOREBOARDS, epochOf);
}

/** The same up to an epoch: what comes after it will be trained again. */
export function until({ frames, scoreboards }: Timeline, epoch: number): Timeline {
  return {
    frames: frames.filter((frame) => frame.epoch <= epoch),
    scoreboards: scoreboards.filter((scoreboard) => epochOf(scoreboard) <= epoch),
  };
}

/** So many frames at the most, and figures in proportion. */
export function shortened({ frames, scoreboards }: Timeline, most: number): Timeline {
  const share = Math.min(1, most / Math.max(1, frames.length));
  return {
    frames: thinned(frames, most, ({ epoch }) => epoch),
    scoreboards: thinned(scoreboards, Math.ceil(share * scoreboards.length), epochOf),
  };
}

/** The last frame by an epoch, else the first; null where there are none. */
export function frameAt({ frames }: Timeline, epoch: number): TimelineFrame | null {
  return frames.findLast((frame) => frame.epoch <= epoch) ?? frames[0] ?? null;
}

/** The last figures by an epoch; null where none had been taken. */
export function scoreboardAt({ scoreboards }: Timeline, epoch: number): Scoreboard | null {
  return scoreboards.findLast((scoreboard) => epochOf(scoreboard) <= epoch) ?? null;
}

function epochOf({ epoch }: Scoreboard): number {
  return epoch ?? 0;
}

/**
 * At most so many, the first and the last among them: the others go that lie nearest to those beside
 * them, by the root of their epochs, as {@link timelineEpochs} spreads them.
 */
function thinned<Item>(
  items: readonly Item[],
  most: number,
  epochOfItem: (item: Item) => number,
): readonly Item[] {
  const kept = items.map((item) => ({ item, at: Math.sqrt(epochOfItem(item)) }));
  while (kept.length > Math.max(2, most)) {
    let closest = 1;
    let least = Infinity;
    for (let i = 1; i < kept.length - 1; i++) {
      const gap = (kept[i + 1]?.at ?? 0) - (kept[i - 1]?.at ?? 0);
      if (gap < least) [closest, least] = [i, gap];
    }
    kept.splice(closest, 1);
  }
  return kept.map(({ item }) => item);
}
