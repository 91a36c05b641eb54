/**
 * Reader and writer of the safetensors format.
 *
 * A file is the header's length (8 bytes, little-endian), a JSON header that names each tensor's
 * type, shape and place, and the tensors' bytes, little-endian and row-major.
 *
 * Source: the format's description at https://github.com/huggingface/safetensors#format
 */
import * as v from 'valibot';
import { InputError } from '../base/input-error';
import { checked, checkedJson } from '../base/checked-json';
import { repeatedName } from './repeated-name';

/** The element types that are read, and those of them that are written. */
const STORED_DTYPES = ['F64', 'F32', 'F16', 'BF16', 'I32', 'U8'] as const;
type StoredDtype = (typeof STORED_DTYPES)[number];
type Dtype = Exclude<StoredDtype, 'F16' | 'BF16'>;

/** The array that holds each element type. */
interface Arrays {
  F64: Float64Array;
  F32: Float32Array;
  I32: Int32Array;
  U8: Uint8Array;
}

interface TensorOf<D extends Dtype> {
  readonly dtype: D;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Arrays[D];
}
export type Tensor = { [D in Dtype]: TensorOf<D> }[Dtype];

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

const ITEM_BYTES: Readonly<Record<StoredDtype, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I32: 4,
  U8: 1,
};
const LENGTH_BYTES = 8;
const METADATA = '__metadata__';

/** Longest header read or written: far above any model's, and quick to parse. */
const MAX_HEADER_BYTES = 8 * 1024 * 1024;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const jsonObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be a JSON object',
);
const headerEntrySchema = v.strictObject({
  dtype: v.picklist(STORED_DTYPES),
  shape: v.array(count),
  data_offsets: v.tuple([count, count]),
});

/** Where a tensor lies in the data. */
interface Place {
  readonly name: string;
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a file, whose tensors must cover its data without gap and overlap, as the format asks. The
 * arrays are copies. Numbers of 16 bits (F16, BF16) are given as F32, which holds them exactly.
 *
 * @throws InputError naming the tensor or the byte at fault
 */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  const headerEnd = endOfHeader(bytes);
  const what = `The safetensors header in bytes 8 to ${String(headerEnd)}`;
  const text = decodeText(bytes.subarray(LENGTH_BYTES, headerEnd), what);
  const data = bytes.subarray(headerEnd);

  let metadata: ReadonlyMap<string, string> = new Map();
  const places: Place[] = [];
  for (const [name, value] of Object.entries(checkedJson(jsonObject, text, what))) {
    if (name === METADATA) metadata = readMetadata(value);
    else places.push(placeOf(name, value, data.length));
  }
  // Only now, when the entries are known not to be nested deeply.
  const repeated = repeatedName(text);
  if (repeated !== null) {
    throw new InputError(`${what} holds the name ${quoted(repeated)} twice.`);
  }
  // Before anything is copied, so that all copies together are at most twice as large as the file.
  checkCover(places, data.length);
  const tensors = new Map(
    places.map(({ name, dtype, shape, begin, end }) => [
      name,
      tensorOf(dtype, shape, new Uint8Array(data.subarray(begin, end)).buffer),
    ]),
  );
  return { tensors, metadata };
}

/**
 * Writes a file, larger element types first so that every tensor is aligned; otherwise in the
 * maps' order. The same content in the same order gives the same bytes.
 *
 * @throws InputError when the header would be longer than the reader takes
 */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort(([, a], [, b]) => ITEM_BYTES[b.dtype] - ITEM_BYTES[a.dtype]);
  const header: [string, unknown][] = [];
  if (metadata.size > 0) header.push([METADATA, Object.fromEntries(metadata)]);
  let dataLength = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    if (name === METADATA || data.length !== elements(shape)) {
      throw new RangeError(`tensor ${quoted(name)} cannot be written`);
    }
    const end = dataLength + data.byteLength;
    header.push([name, { dtype, shape, data_offsets: [dataLength, end] }]);
    dataLength = end;
  }
  // Object.fromEntries defines own properties, so a tensor may even be called __proto__.
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.length / 8) * 8;
  if (headerLength > MAX_HEADER_BYTES) {
    throw new InputError(
      `The file's header would be ${String(headerLength)} bytes long; at most ${String(MAX_HEADER_BYTES)} are possible.`,
    );
  }
  const bytes = new Uint8Array(LENGTH_BYTES + headerLength + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerLength);
  bytes.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerLength;
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * One tensor's elements, when it is there, has this type and shape and holds finite numbers only.
 *
 * @param most how far from 0 they may be
 * @returns shape `shape`, flat, not a copy
 * @throws InputError naming the tensor
 */
export function takeTensor<D extends Dtype>(
  file: TensorFile,
  name: string,
  dtype: D,
  shape: readonly number[],
  most = Infinity,
): Arrays[D] {
  const tensor = file.tensors.get(name);
  if (tensor === undefined) throw new InputError(`Tensor ${quoted(name)} is missing.`);
  if (!hasDtype(tensor, dtype)) {
    throw new InputError(
      `Tensor ${quoted(name)} holds ${tensor.dtype} values instead of ${dtype}.`,
    );
  }
  if (tensor.shape.length !== shape.length || tensor.shape.some((n, i) => n !== shape[i])) {
    throw new InputError(
      `Tensor ${quoted(name)} has shape [${tensor.shape.slice(0, 8).join(', ')}] instead of [${shape.join(', ')}].`,
    );
  }
  const wrong = firstBeyond(tensor.data, Math.min(most, Number.MAX_VALUE));
  if (wrong !== null) {
    const value = tensor.data[wrong];
    const what = Number.isFinite(value)
      ? `${String(value)} (element ${String(wrong)}), outside ${String(-most)} to ${String(most)}`
      : `a value that is not a finite number (element ${String(wrong)})`;
    throw new InputError(`Tensor ${quoted(name)} holds ${what}.`);
  }
  return tensor.data;
}

/** Where the first number is that is none, or is farther from 0 than `most`; null where there is none. */
function firstBeyond(data: ArrayLike<number>, most: number): number | null {
  for (let i = 0; i < data.length; i++) {
    if (!(Math.abs(data[i] ?? NaN) <= most)) return i;
  }
  return null;
}

/** A name from outside, fit for a sentence. */
export function quoted(name: string): string {
  // JSON leaves the control characters behind ASCII as they are.
  const printable = name.replaceAll(/[\u007f-\u009f\u2028\u2029]/g, ' ');
  return JSON.stringify(printable.length > 80 ? `${printable.slice(0, 80)}…` : printable);
}

function hasDtype<D extends Dtype>(tensor: Tensor, dtype: D): tensor is Tensor & TensorOf<D> {
  return tensor.dtype === dtype;
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

function endOfHeader(bytes: Uint8Array): number {
  const length = bytes.length;
  if (length < LENGTH_BYTES) {
    throw new InputError(
      `The file is ${String(length)} bytes long, too short for a safetensors file.`,
    );
  }
  const declared = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (declared > BigInt(Math.min(length - LENGTH_BYTES, MAX_HEADER_BYTES))) {
    throw new InputError(
      `This is no safetensors file, or it was cut short: bytes 0 to 7 announce a header of ${String(declared)} bytes, and the file is ${String(length)} bytes long.`,
    );
  }
  return LENGTH_BYTES + Number(declared);
}

function decodeText(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(`${what} is not UTF-8 text.`);
  }
}

function readMetadata(value: unknown): ReadonlyMap<string, string> {
  const entries = Object.entries(checked(jsonObject, value, "The header's metadata"));
  return new Map(
    entries.map(([key, text]) => [
      key,
      checked(v.string(), text, `The header's metadata ${quoted(key)}`),
    ]),
  );
}

/** The header's entry of one tensor, checked against the `available` bytes of data. */
function placeOf(name: string, value: unknown, available: number): Place {
  const what = `Tensor ${quoted(name)}`;
  const { dtype, shape, data_offsets } = checked(headerEntrySchema, value, what);
  const [begin, end] = data_offsets;
  if (begin > end || end > available) {
    throw new InputError(
      `${what} should lie in bytes ${String(begin)} to ${String(end)} of the data, of which the file holds ${String(available)} bytes.`,
    );
  }
  // A product too large for exact arithmetic is far above any file's length, so never equal.
  if (elements(shape) * ITEM_BYTES[dtype] !== end - begin) {
    throw new InputError(
      `${what} takes up ${String(end - begin)} bytes, which does not fit its shape [${shape.slice(0, 8).join(', ')}] of ${dtype} values.`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function tensorOf(dtype: StoredDtype, shape: readonly number[], buffer: ArrayBuffer): Tensor {
  switch (dtype) {
    case 'F64':
      return { dtype, shape, data: new Float64Array(buffer) };
    case 'F32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'F16':
      return { dtype: 'F32', shape, data: Float32Array.from(new Uint16Array(buffer), fromHalf) };
    case 'BF16':
      return { dtype: 'F32', shape, data: fromBrainFloats(new Uint16Array(buffer)) };
    case 'I32':
      return { dtype, shape, data: new Int32Array(buffer) };
    case 'U8':
      return { dtype, shape, data: new Uint8Array(buffer) };
  }
}

/** The number that the 16 bits of an IEEE 754 binary16 stand for. */
function fromHalf(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 2 ** 10;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** A bfloat16 is the upper half of a float32. */
function fromBrainFloats(upper: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(upper, (bits) => bits << 16).buffer);
}

/** @throws InputError where bytes of the data belong to no tensor, or to two */
function checkCover(places: readonly Place[], available: number): void {
  let covered = 0;
  let before = '';
  for (const { name, begin, end } of places.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin < covered) {
      throw new InputError(
        `Tensors ${quoted(before)} and ${quoted(name)} share bytes of the file.`,
      );
    }
    if (begin > covered) throw uncovered(covered, begin, `before tensor ${quoted(name)}`);
    covered = end;
    before = name;
  }
  if (covered < available) throw uncovered(covered, available, 'at the end of the file');
}

function uncovered(from: number, to: number, where: string): InputError {
  return new InputError(
    `Bytes ${String(from)} to ${String(to)} of the data, ${where}, belong to no tensor, so this is no complete safetensors file: save it again.`,
  );
}
