/**
 * A model in a small file: its large tensors as whole numbers of a few bits, each to be multiplied by
 * the step of its row of the tensor, and all deflated. Words, normaliser, recipe and figures are the
 * model file's own description.
 */
import * as v from 'valibot';
import { checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import type { Model } from '../model/model';
import { modelFromTensors, modelToTensors } from '../model/model-file';
import { quoted, type Tensor, type TensorFile } from '../model/safetensors';
import { takePlanes, toPlanes } from '../model/sixteen-bits';
import { packFile, unpackFile } from '../model/packed-file';

/** How many bits a weight may be given. */
export const LEAST_BITS = 8;
export const MOST_BITS = 16;

/** Points of the map, of which one step is less than a pixel of a large screen. */
const MAP_POINTS = 'map.points';
const MAP_BITS = 13;

/** Smaller tensors, such as biases, stay as they are: they take next to no room. */
const SMALLEST_PACKED = 1024;

const PACKING_KEY = 'packing';
const STEPS = '.steps';
const WHAT = 'The ready-made model';

const packingSchema = v.strictObject({ version: v.literal(1, 'it is of a later version') });

/**
 * The model's packed file. The same model and bits give the same bytes, by one version of the
 * platform's deflate.
 *
 * @param bits that a weight is rounded to, {@link LEAST_BITS} to {@link MOST_BITS}
 * @throws InputError where the model could not be read again
 */
export async function packModel(model: Model, bits: number): Promise<Uint8Array<ArrayBuffer>> {
  const { tensors, metadata } = modelToTensors(model);
  const packed = new Map<string, Tensor>();
  for (const [name, tensor] of tensors) {
    const size = tensor.data.length;
    if (tensor.dtype !== 'F32' || (size < SMALLEST_PACKED && name !== MAP_POINTS)) {
      packed.set(name, tensor);
      continue;
    }
    const isMap = name === MAP_POINTS;
    const groups = isMap ? 1 : (tensor.shape[0] ?? 1);
    const { numbers, steps } = rounded(tensor.data, groups, isMap ? MAP_BITS : bits);
    packed.set(name, toPlanes(numbers, tensor.shape));
    packed.set(name + STEPS, { dtype: 'F32', shape: [groups], data: steps });
  }
  const packing = JSON.stringify({ version: 1 } satisfies v.InferInput<typeof packingSchema>);
  return await packFile({
    tensors: packed,
    metadata: new Map([...metadata, [PACKING_KEY, packing]]),
  });
}

/**
 * The model in a packed file, checked as one in a model file is.
 *
 * @param pause waited for between its parts, each of which a page's thread can bear; none where left out
 * @throws InputError naming what in it is at fault
 */
export async function unpackModel(
  bytes: Uint8Array,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<Model> {
  const file = await unpackFile(bytes, WHAT);
  await pause();
  const packing = file.metadata.get(PACKING_KEY);
  if (packing === undefined) {
    throw new InputError(`${WHAT} cannot be used: the file does not say how it is packed.`);
  }
  checkedJson(packingSchema, packing, WHAT);
  const tensors = new Map<string, Tensor>();
  for (const [name, tensor] of file.tensors) {
    if (name.endsWith(STEPS)) continue;
    const steps = file.tensors.get(name + STEPS);
    tensors.set(name, steps === undefined ? tensor : spread(file, name, steps));
  }
  for (const name of file.tensors.keys()) {
    if (name.endsWith(STEPS) && !tensors.has(name.slice(0, -STEPS.length))) {
      throw new InputError(`Tensor ${quoted(name)} has no place in this model.`);
    }
  }
  await pause();
  return modelFromTensors({ tensors, metadata: file.metadata });
}

/** The nearest of 2^bits − 1 even steps, of which the middle one is 0. */
function rounded(
  values: Float32Array,
  groups: number,
  bits: number,
): { numbers: Int16Array; steps: Float32Array } {
  const each = values.length / groups;
  const most = 2 ** (bits - 1) - 1;
  const steps = Float32Array.from({ length: groups }, (_, group) => {
    const part = values.subarray(group * each, (group + 1) * each);
    return part.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / most;
  });
  const numbers = Int16Array.from(values, (value, i) => {
    const step = steps[Math.floor(i / each)] ?? 0;
    // A step of 0, or one that was rounded down, must not lead outside.
    const number = step === 0 ? 0 : Math.round(value / step);
    return Math.max(-most, Math.min(most, number));
  });
  return { numbers, steps };
}

/** The tensor's values again. */
function spread(file: TensorFile, name: string, { dtype, shape, data }: Tensor): Tensor {
  const stored = file.tensors.get(name)?.shape ?? [];
  const own = stored.slice(1);
  const numbers = takePlanes(file, name, own);
  const groups = data.length;
  if (dtype !== 'F32' || shape.length !== 1 || groups === 0 || numbers.length % groups !== 0) {
    throw new InputError(`Tensor ${quoted(name + STEPS)} does not fit ${quoted(name)}.`);
  }
  const each = numbers.length / groups;
  const values = new Float32Array(numbers.length);
  for (let group = 0; group < groups; group++) {
    const step = data[group] ?? 0;
    for (let i = group * each; i < (group + 1) * each; i++) values[i] = (numbers[i] ?? 0) * step;
  }
  return { dtype: 'F32', shape: own, data: values };
}
