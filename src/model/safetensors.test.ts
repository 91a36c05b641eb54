import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import fc from '../testing/fast-check';
import { sharedFile } from '../testing/shared-files';
import {
  readSafetensors,
  takeTensor,
  writeSafetensors,
  type Tensor,
  type TensorFile,
} from './safetensors';

/** A file put together by hand: header text and data. */
function assemble(header: string, data: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const ONE_TENSOR = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
const ONE_AND_MINUS_TWO = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];

const shapeArbitrary = fc.array(fc.nat({ max: 4 }), { maxLength: 3 });
const tensorArbitrary: fc.Arbitrary<Tensor> = shapeArbitrary.chain((shape) => {
  const length = shape.reduce((product, n) => product * n, 1);
  const exactly = { minLength: length, maxLength: length };
  return fc.oneof(
    fc.float64Array(exactly).map((data): Tensor => ({ dtype: 'F64', shape, data })),
    fc.float32Array(exactly).map((data): Tensor => ({ dtype: 'F32', shape, data })),
    fc.int32Array(exactly).map((data): Tensor => ({ dtype: 'I32', shape, data })),
    fc.uint8Array(exactly).map((data): Tensor => ({ dtype: 'U8', shape, data })),
  );
});
const nameArbitrary = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '12', 'a"b\\', ''),
);
const fileArbitrary: fc.Arbitrary<TensorFile> = fc.record({
  tensors: fc
    .array(fc.tuple(nameArbitrary, tensorArbitrary), { maxLength: 6 })
    .map((entries) => new Map(entries)),
  metadata: fc
    .array(fc.tuple(nameArbitrary, fc.string({ unit: 'binary' })), { maxLength: 4 })
    .map((entries) => new Map(entries)),
});

/** Reads bytes that may be anything: a file, or an InputError, and nothing else. */
function readOrRefuse(bytes: Uint8Array): TensorFile | null {
  try {
    return readSafetensors(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return null;
  }
}

describe('reading', () => {
  it('reads a file put together by hand', () => {
    const { tensors, metadata } = readSafetensors(
      assemble(
        '{"__metadata__":{"format":"pt"},"b":{"dtype":"I32","shape":[],"data_offsets":[9,13]},' +
          '"c":{"dtype":"U8","shape":[1,1],"data_offsets":[8,9]},' +
          '"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   ',
        [...ONE_AND_MINUS_TWO, 200, 0xfe, 0xff, 0xff, 0xff],
      ),
    );
    expect(metadata).toEqual(new Map([['format', 'pt']]));
    expect(tensors.get('a')).toEqual({ dtype: 'F32', shape: [2], data: Float32Array.of(1, -2) });
    expect(tensors.get('b')).toEqual({ dtype: 'I32', shape: [], data: Int32Array.of(-2) });
    expect(tensors.get('c')).toEqual({ dtype: 'U8', shape: [1, 1], data: Uint8Array.of(200) });
  });

  it('copies out of a view into a larger buffer, as Node reads files', () => {
    const file = assemble(ONE_TENSOR, ONE_AND_MINUS_TWO);
    const whole = Buffer.concat([Buffer.alloc(3, 7), file, Buffer.alloc(5, 7)]);
    const { tensors } = readSafetensors(whole.subarray(3, 3 + file.length));
    whole.fill(9);
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(1, -2));
  });

  it.each<[string, string, number[], number[]]>([
    [
      'F16',
      '[7]',
      // 1, −2, the largest, the smallest, 0.1 rounded, −0 and infinity.
      [0, 0x3c, 0, 0xc0, 0xff, 0x7b, 1, 0, 0x66, 0x2e, 0, 0x80, 0, 0x7c],
      [1, -2, 65_504, 2 ** -24, 0.0999755859375, -0, Infinity],
    ],
    [
      'BF16',
      '[4]',
      [0x80, 0x3f, 0, 0xc0, 0xcd, 0x3d, 0x80, 0xff],
      [1, -2, 0.10009765625, -Infinity],
    ],
  ])('reads %s values as the float32 that they are', (dtype, shape, data, wanted) => {
    const offsets = `[0,${String(data.length)}]`;
    const header = `{"a":{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}}`;
    const tensor = readSafetensors(assemble(header, data)).tensors.get('a');
    expect(tensor).toEqual({
      dtype: 'F32',
      shape: [wanted.length],
      data: Float32Array.from(wanted),
    });
  });

  const path = sharedFile('reference/seed-v2.safetensors');
  it.skipIf(path === null)(
    'reads the values Python reads (needs ../shared/reference/seed-v2.safetensors)',
    () => {
      const { tensors, metadata } = readSafetensors(readFileSync(path ?? ''));
      const first = tensors.get('encoder.encoder_layers.0.main_path.0.weight');
      expect(first?.shape).toEqual([64, 13]);
      expect(first?.data[0]).toBe(0.08013319224119186);
      expect(first?.data.at(-1)).toBe(-0.09231346100568771);
      let sum = 0;
      for (const { data } of tensors.values()) for (const value of data) sum += value;
      expect(sum).toBeCloseTo(1013.031823899352, 8);
      expect(metadata.get('latent_dim')).toBe('32');
    },
  );
});

describe('refusing, with a sentence that names the fault', () => {
  const entry = (dtype: string, shape: string, offsets: string): string =>
    `{"a":{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}}`;
  const cases: [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(), /0 bytes long, too short/],
    ['a header longer than the file', assemble(ONE_TENSOR).subarray(0, 20), /header of 54 bytes/],
    ['an enormous header', new Uint8Array(16).fill(0xff), /18446744073709551615 bytes/],
    ['a header above the limit', oversized(), /announce a header of 9000000 bytes/],
    ['a header that is not UTF-8', assembleBytes([0x7b, 0xff, 0x7d]), /bytes 8 to 11 is not UTF-8/],
    ['a header that is not JSON', assemble('{"a":'), /bytes 8 to 13 .*not valid JSON/],
    ['a header that is a list', assemble('[]'), /must be a JSON object/],
    ['deeply nested lists', assemble('['.repeat(1e6) + ']'.repeat(1e6)), /must be a JSON object/],
    ['an entry that is nothing', assemble('{"a":null}'), /Tensor "a" cannot be used/],
    ['an entry without a shape', assemble('{"a":{"dtype":"F32"}}'), /Tensor "a" .*at shape/],
    [
      'an unknown type',
      assemble(entry('F8_E4M3', '[4]', '[0,4]'), [0, 0, 0, 0]),
      /"a" .*at dtype.*F8_E4M3/,
    ],
    ['a negative size', assemble(entry('F32', '[-1]', '[0,4]')), /Tensor "a" .*at shape.0/],
    ['a fractional place', assemble(entry('F32', '[1]', '[0,0.5]')), /Tensor "a" .*data_offsets.1/],
    [
      'a place outside',
      assemble(entry('F32', '[2]', '[0,8]'), [0]),
      /"a" should lie in bytes 0 to 8/,
    ],
    [
      'a place backwards',
      assemble(entry('F32', '[0]', '[4,0]'), [0, 0, 0, 0]),
      /"a" should lie in/,
    ],
    [
      'a shape that does not fit',
      assemble(entry('F32', '[3]', '[0,8]'), ONE_AND_MINUS_TWO),
      /"a" takes up 8 bytes/,
    ],
    [
      'a shape beyond all numbers',
      assemble(entry('F32', '[9007199254740991,9007199254740991,0]', '[0,4]'), [0, 0, 0, 0]),
      /"a" takes up 4 bytes/,
    ],
    ['metadata that is not text', assemble('{"__metadata__":{"k":1}}'), /metadata "k"/],
    ['metadata that is a list', assemble('{"__metadata__":["k"]}'), /metadata cannot be used/],
    [
      'two tensors of one name',
      assemble(
        ONE_TENSOR.replace('}}', '},"\\u0061":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}'),
        ONE_AND_MINUS_TWO,
      ),
      /the name "a" twice/,
    ],
    [
      'two tensors in one place',
      assemble(ONE_TENSOR.replace('}}', '},"b":{"dtype":"U8","shape":[2],"data_offsets":[7,9]}}'), [
        ...ONE_AND_MINUS_TWO,
        0,
      ]),
      /"a" and "b" share bytes/,
    ],
  ];
  const two = (first: string, second: string): string =>
    `{"a":{"dtype":"U8","shape":[1],"data_offsets":${first}},` +
    `"b":{"dtype":"U8","shape":[1],"data_offsets":${second}}}`;
  cases.push(
    [
      'a gap before the first tensor',
      assemble(entry('U8', '[1]', '[2,3]'), [1, 2, 3]),
      /Bytes 0 to 2 of the data, before tensor "a", belong to no tensor/,
    ],
    [
      'a gap between tensors',
      assemble(two('[0,1]', '[2,3]'), [1, 2, 3]),
      /Bytes 1 to 2 of the data, before tensor "b"/,
    ],
    [
      'bytes after the last tensor',
      assemble(two('[1,2]', '[0,1]'), [1, 2, 3, 4]),
      /Bytes 2 to 4 of the data, at the end of the file/,
    ],
    ['data without tensors', assemble('{}', [1]), /Bytes 0 to 1 of the data, at the end/],
    [
      'an empty tensor inside another',
      assemble(ONE_TENSOR.replace('}}', '},"b":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}'), [
        ...ONE_AND_MINUS_TWO,
      ]),
      /"a" and "b" share bytes/,
    ],
  );
  it.each(cases)('%s', (_, bytes, sentence) => {
    expect(() => readSafetensors(bytes)).toThrow(InputError);
    expect(() => readSafetensors(bytes)).toThrow(sentence);
  });

  it('a hundred thousand tensors that all claim the whole file, without copying it', () => {
    const data = new Array<number>(100_000).fill(0);
    const entries = Array.from(
      { length: 100_000 },
      (_, i) => `"${String(i)}":{"dtype":"U8","shape":[100000],"data_offsets":[0,100000]}`,
    );
    expect(() => readSafetensors(assemble(`{${entries.join(',')}}`, data))).toThrow(/share bytes/);
  });

  it('never another exception, whatever is cut off or changed', () => {
    fc.assert(
      fc.property(
        fileArbitrary,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (file, cut, place, flip) => {
          const bytes = writeSafetensors(file);
          const short = bytes.subarray(0, cut % bytes.length);
          const filled = [...file.tensors.values()].some(({ data }) => data.length > 0);
          if (readOrRefuse(short) !== null) expect(filled).toBe(false);
          const at = place % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          readOrRefuse(bytes);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a file cut at any byte', () => {
    const bytes = assemble(ONE_TENSOR, ONE_AND_MINUS_TWO);
    for (let length = 0; length < bytes.length; length++) {
      expect(readOrRefuse(bytes.subarray(0, length))).toBeNull();
    }
  });

  it('never another exception for noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.json(), (noise, json) => {
        readOrRefuse(noise);
        readOrRefuse(assemble(json, [...noise]));
        readOrRefuse(assemble(`{"a":${json}}`, [...noise]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('writing', () => {
  it('comes back as it was, and as the same bytes', () => {
    fc.assert(
      fc.property(fileArbitrary, (file) => {
        const bytes = writeSafetensors(file);
        const back = readSafetensors(bytes);
        expect(back).toEqual(file);
        expect(writeSafetensors(file)).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('aligns every tensor to its element size', () => {
    const bytes = writeSafetensors({
      tensors: new Map<string, Tensor>([
        ['u', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 3) }],
        ['f', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }],
        ['d', { dtype: 'F64', shape: [1], data: Float64Array.of(1) }],
      ]),
      metadata: new Map(),
    });
    const headerLength = new DataView(bytes.buffer).getUint32(0, true);
    expect(headerLength % 8).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)).trimEnd()).toBe(
      '{"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},' +
        '"f":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},' +
        '"u":{"dtype":"U8","shape":[3],"data_offsets":[12,15]}}',
    );
  });

  it('refuses a header that could not be read again', () => {
    const metadata = new Map([['k', 'x'.repeat(9_000_000)]]);
    expect(() => writeSafetensors({ tensors: new Map(), metadata })).toThrow(InputError);
  });
});

describe('taking a tensor', () => {
  const file: TensorFile = {
    tensors: new Map([
      ['a', { dtype: 'F32', shape: [2, 1], data: Float32Array.of(1, Number.NaN) }],
    ]),
    metadata: new Map(),
  };
  it('names the tensor that is missing, of another type or shape, or not finite', () => {
    expect(() => takeTensor(file, 'b', 'F32', [2])).toThrow('Tensor "b" is missing.');
    expect(() => takeTensor(file, 'a', 'I32', [2, 1])).toThrow(
      '"a" holds F32 values instead of I32',
    );
    expect(() => takeTensor(file, 'a', 'F32', [2])).toThrow('"a" has shape [2, 1] instead of [2]');
    expect(() => takeTensor(file, 'a', 'F32', [2, 1])).toThrow(/"a" .*finite number \(element 1\)/);
  });
});

function oversized(): Uint8Array {
  const bytes = new Uint8Array(9_000_008).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, 9_000_000n, true);
  return bytes;
}

function assembleBytes(header: readonly number[]): Uint8Array {
  return Uint8Array.of(header.length, 0, 0, 0, 0, 0, 0, 0, ...header);
}
