/**
 * How a run's map came about: where its rows lay after some of the epochs. Places are rounded to
 * 1,024 steps of the extent that all frames have together, and each frame but the first says by how
 * much its rows moved.
 */
import * as v from 'valibot';
import { count, numberWithin } from '../base/bounds';
import { checked, checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import type { TensorFile } from '../model/safetensors';
import { takePlanes, toPlanes } from './sixteen-bits';
import { packFile, unpackFile } from './packed-file';

export interface ReplayFrame {
  /** Epochs trained by then: 0 at the start. */
  readonly epoch: number;
  /** Places of the rows, in the model's order of rows, [rows, 2]. */
  readonly points: Float32Array;
}

/** Steps from one end of the extent to the other. */
const LAST_STEP = 2 ** 10 - 1;
/** More frames nobody can tell apart. */
const MOST_FRAMES = 256;
const FARTHEST = 1e9;

const REPLAY_KEY = 'replay';
const TENSOR = 'frames';
const WHAT = 'The replay';

const place = numberWithin(-FARTHEST, FARTHEST);
const replaySchema = v.pipe(
  v.strictObject({
    version: v.literal(1, 'it is of a later version'),
    /** Of each frame. */
    epochs: v.pipe(
      v.array(count),
      v.minLength(1, 'it has no frames'),
      v.maxLength(MOST_FRAMES, 'it has too many frames'),
      v.check(
        (epochs) => epochs.every((epoch, i) => i === 0 || epoch > (epochs[i - 1] ?? 0)),
        'its epochs do not ascend',
      ),
    ),
    /** Of each axis the lowest and the highest place. */
    extent: v.pipe(
      v.tuple([v.tuple([place, place]), v.tuple([place, place])]),
      v.check((axes) => axes.every(([low, high]) => low <= high), 'its extent is reversed'),
    ),
  }),
);
type ReplayDocument = v.InferOutput<typeof replaySchema>;

/**
 * Epochs after which a replay has frames: the start, the end and, in between, more at the beginning,
 * where the map changes most.
 *
 * @param most frames, at least 2
 */
export function replayEpochs(epochs: number, most: number): number[] {
  const frames = Math.min(most, epochs + 1);
  return Array.from({ length: frames }, (_, i) => {
    if (i === 0) return 0;
    // At least one epoch apart, however few there are.
    return Math.max(i, Math.round(epochs * (i / (frames - 1)) ** 2));
  });
}

/**
 * The replay's file.
 *
 * @param frames in the order of their epochs, of the same rows all
 * @throws InputError where it could not be read again
 */
export async function packReplay(frames: readonly ReplayFrame[]): Promise<Uint8Array<ArrayBuffer>> {
  const axes = [extentOf(frames, 0), extentOf(frames, 1)] as const;
  const document = checked(
    replaySchema,
    {
      version: 1,
      epochs: frames.map(({ epoch }) => epoch),
      extent: [...axes],
    } satisfies v.InferInput<typeof replaySchema>,
    WHAT,
  );
  const values = frames[0]?.points.length ?? 0;
  const moves = new Int16Array(frames.length * values);
  const before = new Int32Array(values);
  frames.forEach(({ points }, frame) => {
    if (points.length !== values) throw new RangeError('the frames are of different rows');
    points.forEach((point, i) => {
      const [low, high] = axes[i & 1] ?? [0, 0];
      const step = high > low ? Math.round(((point - low) / (high - low)) * LAST_STEP) : 0;
      moves[frame * values + i] = step - (before[i] ?? 0);
      before[i] = step;
    });
  });
  return await packFile({
    tensors: new Map([[TENSOR, toPlanes(moves, [frames.length, values / 2, 2])]]),
    metadata: new Map([[REPLAY_KEY, JSON.stringify(document)]]),
  });
}

/**
 * The frames in a replay's file.
 *
 * @param rows that the map of its model has
 * @throws InputError where it is no replay, or not one of so many rows
 */
export async function unpackReplay(bytes: Uint8Array, rows: number): Promise<ReplayFrame[]> {
  const file = await unpackFile(bytes, WHAT);
  const text = file.metadata.get(REPLAY_KEY);
  if (text === undefined) throw new InputError(`${WHAT} cannot be used: the file holds none.`);
  return framesOf(file, checkedJson(replaySchema, text, WHAT), rows);
}

function framesOf(
  file: TensorFile,
  { epochs, extent }: ReplayDocument,
  rows: number,
): ReplayFrame[] {
  const moves = takePlanes(file, TENSOR, [epochs.length, rows, 2]);
  const at = new Int32Array(2 * rows);
  return epochs.map((epoch, frame) => ({
    epoch,
    points: Float32Array.from(at, (before, i) => {
      const step = before + (moves[frame * at.length + i] ?? 0);
      if (step < 0 || step > LAST_STEP) {
        throw new InputError(
          `${WHAT} cannot be used: a row of its frame ${String(frame + 1)} lies outside its extent.`,
        );
      }
      at[i] = step;
      const [low, high] = extent[i & 1] ?? [0, 0];
      return low + ((high - low) * step) / LAST_STEP;
    }),
  }));
}

function extentOf(frames: readonly ReplayFrame[], axis: 0 | 1): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { points } of frames) {
    for (let i = axis; i < points.length; i += 2) {
      low = Math.min(low, points[i] ?? low);
      high = Math.max(high, points[i] ?? high);
    }
  }
  return low <= high ? [low, high] : [0, 0];
}
