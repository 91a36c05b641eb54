/**
 * A run's timeline in a small file. Places are rounded to 1,024 steps of the extent that all frames
 * have together, settings to 4,096 steps of the plug-in's bounds, and each frame but the first says
 * by how much both moved.
 */
import * as v from 'valibot';
import { count } from '../base/bounds';
import { checked, checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { PARAMETER_COUNT } from '../eq/parameters';
import { scoreboardSchema, type Scoreboard } from '../model/model';
import { denormalise, normalise, PLUG_IN_LOG } from '../model/normaliser';
import { packFile, unpackFile } from '../model/packed-file';
import { extentOf, extentSchema, LAST_STEP, placesOf, stepOf } from '../model/places-in-steps';
import type { Tensor, TensorFile } from '../model/safetensors';
import { takePlanes, toPlanes } from '../model/sixteen-bits';
import { MOST_BYTES, shortened, type Timeline, type TimelineFrame } from './timeline';

/** Steps from one bound of a parameter to the other. */
const LAST_SETTING_STEP = 2 ** 12 - 1;
/** More frames nobody can tell apart, and more figures either. */
const MOST_FRAMES = 256;
/** Digits of a figure. */
const FIGURE_DIGITS = 6;

const TIMELINE_KEY = 'replay';
const POINTS = 'frames';
const SETTINGS = 'settings';
const WHAT = 'The timeline';

const timelineSchema = v.strictObject({
  version: v.literal(1, 'it is of a later version'),
  /** Of each frame. */
  epochs: v.pipe(
    v.array(count),
    v.minLength(1, 'it has no frames'),
    v.maxLength(MOST_FRAMES, 'it has too many frames'),
    v.check((epochs) => ascends(epochs), 'its epochs do not ascend'),
  ),
  /** Of all frames together. */
  extent: extentSchema,
  /** Left out where no figures are kept. */
  scoreboards: v.exactOptional(
    v.pipe(
      v.array(scoreboardSchema),
      v.maxLength(MOST_FRAMES, 'it has too many figures'),
      v.check((all) => ascends(all.map(({ epoch }) => epoch ?? -1)), 'its figures do not ascend'),
    ),
  ),
});
type TimelineDocument = v.InferOutput<typeof timelineSchema>;

/** What a timeline's model has. */
export interface TimelineSize {
  /** Rows of its map. */
  readonly rows: number;
  readonly words: number;
}

/**
 * The timeline's file.
 *
 * @throws InputError where it could not be read again
 */
export async function packTimeline(timeline: Timeline): Promise<Uint8Array<ArrayBuffer>> {
  const { frames, scoreboards } = timeline;
  const extent = extentOf(frames.map(({ points }) => points));
  const document = checked(
    timelineSchema,
    {
      version: 1,
      epochs: frames.map(({ epoch }) => epoch),
      extent,
      ...(scoreboards.length > 0 && { scoreboards: scoreboards.map(rounded) }),
    },
    WHAT,
  );
  const [first] = frames;
  const values = first?.points.length ?? 0;
  const numbers = first?.settings?.length ?? 0;
  for (const { points, settings } of frames) {
    if (points.length !== values || (settings?.length ?? 0) !== numbers) {
      throw new RangeError('the frames are of different rows or words');
    }
  }
  const points = moves(frames.length, values, (frame, i) =>
    stepOf(frames[frame]?.points ?? new Float32Array(), i, extent),
  );
  const tensors = new Map<string, Tensor>([
    [POINTS, toPlanes(points, [frames.length, values / 2, 2])],
  ]);
  if (numbers > 0) {
    const shares = frames.map(({ settings }) => sharesOf(settings ?? new Float32Array()));
    const steps = moves(frames.length, numbers, (frame, i) =>
      Math.round((shares[frame]?.[i] ?? 0) * LAST_SETTING_STEP),
    );
    const words = numbers / PARAMETER_COUNT;
    tensors.set(SETTINGS, toPlanes(steps, [frames.length, words, PARAMETER_COUNT]));
  }
  return await packFile({
    tensors,
    metadata: new Map([[TIMELINE_KEY, JSON.stringify(document)]]),
  });
}

/**
 * The file of as much of the timeline as fits into {@link MOST_BYTES}.
 *
 * @returns null where there are no frames, or not even two fit
 * @throws InputError where it could not be read again
 */
export async function packToFit(
  timeline: Timeline,
  mostBytes = MOST_BYTES,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { length } = timeline.frames;
  if (length === 0) return null;
  for (let most = length; ; most = Math.ceil(most / 2)) {
    const bytes = await packTimeline(shortened(timeline, most));
    if (bytes.length <= mostBytes) return bytes;
    if (most <= 2) return null;
  }
}

/**
 * The timeline in its file.
 *
 * @throws InputError where it is none, or not one of that size
 */
export async function unpackTimeline(bytes: Uint8Array, size: TimelineSize): Promise<Timeline> {
  const file = await unpackFile(bytes, WHAT);
  const text = file.metadata.get(TIMELINE_KEY);
  if (text === undefined) throw new InputError(`${WHAT} cannot be used: the file holds none.`);
  const document = checkedJson(timelineSchema, text, WHAT);
  return { frames: framesOf(file, document, size), scoreboards: document.scoreboards ?? [] };
}

function framesOf(
  file: TensorFile,
  { epochs, extent }: TimelineDocument,
  { rows, words }: TimelineSize,
): TimelineFrame[] {
  const frames = epochs.length;
  const points = steps(
    takePlanes(file, POINTS, [frames, rows, 2]),
    frames,
    LAST_STEP,
    (frame) => `a row of its frame ${String(frame + 1)} lies outside its extent`,
  );
  const settings = file.tensors.has(SETTINGS)
    ? steps(
        takePlanes(file, SETTINGS, [frames, words, PARAMETER_COUNT]),
        frames,
        LAST_SETTING_STEP,
        (frame) => `a setting of its frame ${String(frame + 1)} lies outside the plug-in’s bounds`,
      )
    : null;
  return epochs.map((epoch, frame) => {
    const own = settings?.[frame];
    return {
      epoch,
      points: placesOf(points[frame] ?? new Int32Array(0), extent),
      settings: own === undefined ? null : settingsOf(own),
    };
  });
}

/** What each number of each frame moved by, from 0 before the first, [frames, numbers]. */
function moves(
  frames: number,
  numbers: number,
  stepOf: (frame: number, i: number) => number,
): Int16Array {
  const all = new Int16Array(frames * numbers);
  const before = new Int32Array(numbers);
  for (let frame = 0; frame < frames; frame++) {
    for (let i = 0; i < numbers; i++) {
      const step = stepOf(frame, i);
      all[frame * numbers + i] = step - (before[i] ?? 0);
      before[i] = step;
    }
  }
  return all;
}

/**
 * The numbers of each frame, from what they moved by.
 *
 * @throws InputError where one is below 0 or above `last`
 */
function steps(
  moved: Int16Array,
  frames: number,
  last: number,
  outside: (frame: number) => string,
): Int32Array[] {
  const numbers = moved.length / frames;
  const at = new Int32Array(numbers);
  return Array.from({ length: frames }, (_, frame) => {
    for (let i = 0; i < numbers; i++) {
      const step = (at[i] ?? 0) + (moved[frame * numbers + i] ?? 0);
      if (step < 0 || step > last) {
        throw new InputError(`${WHAT} cannot be used: ${outside(frame)}.`);
      }
      at[i] = step;
    }
    return at.slice();
  });
}

/** Where settings lie between the plug-in's bounds, 0 to 1, [words, 13]. */
function sharesOf(settings: Float32Array): Float32Array {
  const rows = Array.from({ length: settings.length / PARAMETER_COUNT }, (_, word) => [
    ...settings.subarray(word * PARAMETER_COUNT, (word + 1) * PARAMETER_COUNT),
  ]);
  return normalise(rows, PLUG_IN_LOG).map((share) => Math.max(0, Math.min(1, share)));
}

/** The other way round. */
function settingsOf(own: Int32Array): Float32Array {
  const shares = Float32Array.from(own, (step) => step / LAST_SETTING_STEP);
  const settings = new Float32Array(shares.length);
  for (let at = 0; at < shares.length; at += PARAMETER_COUNT) {
    settings.set(denormalise(shares, PLUG_IN_LOG, at / PARAMETER_COUNT), at);
  }
  return settings;
}

/** Figures with as many digits as anybody reads; the rest would be most of the file. */
function rounded(scoreboard: Scoreboard): unknown {
  return JSON.parse(JSON.stringify(scoreboard), (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value)
      ? Number(value.toPrecision(FIGURE_DIGITS))
      : value,
  );
}

function ascends(epochs: readonly number[]): boolean {
  return epochs.every((epoch, i) => i === 0 || epoch > (epochs[i - 1] ?? 0));
}
