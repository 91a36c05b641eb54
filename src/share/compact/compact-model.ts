/**
 * A model in few bytes: what it says of itself as deflated JSON, and its weights as whole numbers of
 * steps, coded by how large they probably are. Rows, moments of the optimiser and heads that are only
 * trained with are not in it.
 *
 * Bytes: length of the JSON (32 bits, little-endian); the JSON; of each tensor that is used, in the
 * parameter table's order, its step as a power of the fourth root of 2 (8 bits, signed); the range
 * coder's bytes.
 */
import { thousands } from '../../base/number-text';
import * as v from 'valibot';
import { numberWithin } from '../../base/bounds';
import { checkedJson } from '../../base/checked-json';
import { deflate, inflate } from '../../base/deflate';
import { InputError } from '../../base/input-error';
import { initialWeights } from '../../model/initialise';
import {
  FARTHEST_LATENT,
  modelDocumentSchema,
  type Model,
  type ModelDocument,
} from '../../model/model';
import { modelFromTensors, modelToTensors } from '../../model/model-file';
import { parameterTable } from '../../model/parameter-table';
import { DAMAGED } from '../link-frame';
import { NumberDecoder, NumberEncoder } from './coded-numbers';
import { columnsOf, putWeights, usedTensors, type QuantisedTensor } from './quantised-tensor';
import { RangeDecoder, RangeEncoder } from './range-coder';

/** Above all that a link has room for, at the bits that weights take. */
export const MOST_WEIGHTS = 2 ** 20;
const MOST_JSON_BYTES = 2 ** 20;
const LENGTH_BYTES = 4;

const latentNumbers = v.array(numberWithin(-FARTHEST_LATENT, FARTHEST_LATENT));
const schema = v.strictObject({
  document: modelDocumentSchema,
  /** How its words are seen from above, as in a model's map; null where it has none. */
  view: v.nullable(v.strictObject({ origin: latentNumbers, axes: latentNumbers })),
});

export interface CompactModel {
  readonly document: ModelDocument;
  readonly tensors: readonly QuantisedTensor[];
  readonly map: Pick<NonNullable<Model['map']>, 'origin' | 'axes'> | null;
}

export async function writeCompact({
  document,
  tensors,
  map,
}: CompactModel): Promise<Uint8Array<ArrayBuffer>> {
  const view = map === null ? null : { origin: [...map.origin], axes: [...map.axes] };
  const text = JSON.stringify({ document, view } satisfies v.InferInput<typeof schema>);
  const json = await deflate(new TextEncoder().encode(text));
  const coder = new RangeEncoder();
  const numbers = new NumberEncoder(coder);
  for (const { entry, numbers: own } of tensors) numbers.matrix(own, columnsOf(entry));
  const coded = coder.finish();
  const bytes = new Uint8Array(LENGTH_BYTES + json.length + tensors.length + coded.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, LENGTH_BYTES);
  const steps = Int8Array.from(tensors, ({ exponent }) => exponent);
  bytes.set(new Uint8Array(steps.buffer), LENGTH_BYTES + json.length);
  bytes.set(coded, LENGTH_BYTES + json.length + steps.length);
  return bytes;
}

/**
 * The model in compact bytes, checked as one in a model file is. Heads that it does not hold begin
 * anew, as where training begins; its map has no rows.
 *
 * @throws InputError naming what in it is at fault
 */
export async function readCompact(bytes: Uint8Array): Promise<Model> {
  if (bytes.length < LENGTH_BYTES) throw new InputError(DAMAGED);
  const jsonBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const stepsAt = LENGTH_BYTES + jsonBytes;
  const json = await inflate(bytes.subarray(LENGTH_BYTES, stepsAt), MOST_JSON_BYTES);
  if (json === 'damaged') throw new InputError(DAMAGED);
  if (json === 'too large') {
    throw new InputError('This link is too large: its description unpacks to more than 1 MB.');
  }
  const text = new TextDecoder().decode(json);
  const { document, view } = checkedJson(schema, text, 'The description of the model in this link');
  const { spec } = document;
  if (parameterTable(spec).total > MOST_WEIGHTS) {
    throw new InputError(
      `This link describes a model of more than ${thousands(MOST_WEIGHTS)} weights, which no link carries.`,
    );
  }
  const tensors = readTensors(bytes.subarray(stepsAt), spec);
  const weights = initialWeights(spec, document.run?.recipe.seed ?? 1);
  putWeights(weights, tensors);
  const none = { points: new Float32Array(), labels: new Int32Array() };
  const map = view && {
    ...{ ...none, heldOut: new Uint8Array(), schools: new Uint8Array() },
    origin: Float32Array.from(view.origin),
    axes: Float32Array.from(view.axes),
  };
  if (map && (map.origin.length !== spec.latent || map.axes.length !== 2 * spec.latent)) {
    throw new InputError('This link describes a map whose axes do not fit the model’s latent.');
  }
  return modelFromTensors(modelToTensors({ document, weights, map }));
}

function readTensors(bytes: Uint8Array, spec: ModelDocument['spec']): QuantisedTensor[] {
  const entries = usedTensors(spec);
  if (bytes.length < entries.length) throw new InputError(DAMAGED);
  const exponents = new Int8Array(bytes.slice(0, entries.length).buffer);
  const coder = new RangeDecoder(bytes.subarray(entries.length));
  const decoder = new NumberDecoder(coder);
  const tensors = entries.map((entry, i): QuantisedTensor => {
    // What is read behind the end is of no model, however long one reads on.
    if (coder.beyond) throw new InputError(DAMAGED);
    const numbers = decoder.matrix(entry.size, columnsOf(entry));
    return { entry, exponent: exponents[i] ?? 0, numbers };
  });
  if (!coder.ended) throw new InputError(DAMAGED);
  return tensors;
}
