import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import fc from '../testing/fast-check';
import { hasPythonModules } from '../testing/python';
import type { Sound } from './sound';
import { blobBytes, isWav, openWav } from './wav-reader';
import { WavEncoder, wavHeader, WAV_FORMATS, type WavShape } from './wav-writer';

/** Numbers one after the other as a file has them, low bytes first: [value, bytes]. */
function little(...numbers: readonly (readonly [value: number, bytes: number])[]): number[] {
  return numbers.flatMap(([value, bytes]) =>
    Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 0xff),
  );
}

const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

function chunk(name: string, body: readonly number[], size = body.length): number[] {
  return [...letters(name), ...little([size, 4]), ...body, ...(body.length % 2 === 1 ? [0] : [])];
}

function riff(...chunks: readonly number[][]): Blob {
  const body = [...letters('WAVE'), ...chunks.flat()];
  return new Blob([Uint8Array.from(chunk('RIFF', body))]);
}

function fmt(tag: number, channels: number, rate: number, bits: number): number[] {
  const frame = (channels * bits) / 8;
  return little([tag, 2], [channels, 2], [rate, 4], [rate * frame, 4], [frame, 2], [bits, 2]);
}

/** An RF64 file of three samples. */
function rf64(lengths: readonly number[]): Blob {
  const body = [
    ...[...letters('WAVE'), ...chunk('ds64', lengths), ...chunk('fmt ', fmt(1, 1, 8000, 16))],
    ...chunk('data', little([16_384, 2], [8192, 2], [4096, 2]), 2 ** 32 - 1),
    ...chunk('LIST', letters('not sound')),
  ];
  return new Blob([Uint8Array.from(chunk('RF64', body, 2 ** 32 - 1))]);
}

/** The bytes of the identifier that an extended format begins with a number of its own. */
const GUID_REST = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

/** @param speakers bits of the channel mask */
function extended(channels: number, speakers: number): number[] {
  const head = [...fmt(0xfffe, channels, 48_000, 16), ...little([22, 2], [16, 2], [speakers, 4])];
  return [...head, ...little([1, 2]), ...GUID_REST];
}

/** A RIFX file: numbers with their high bytes first. */
function rifx(tag: number, bits: number, samples: number[], speakers?: number): Blob {
  const big = (...numbers: (readonly [value: number, bytes: number])[]): number[] =>
    numbers.flatMap((number) => little(number).reverse());
  const bigChunk = (name: string, body: number[]): number[] => [
    ...[...letters(name), ...big([body.length, 4])],
    ...body,
  ];
  const format = big(
    ...([speakers === undefined ? tag : 0xfffe, 1, 8000, 1000 * bits, bits / 8, bits] as const).map(
      (value, i) => [value, i === 2 || i === 3 ? 4 : 2] as const,
    ),
  );
  const more =
    speakers === undefined
      ? []
      : [
          ...big([22, 2], [bits, 2], [speakers, 4], [tag, 4], [0, 2], [16, 2]),
          ...GUID_REST.slice(6),
        ];
  const body = [...letters('WAVE'), ...bigChunk('fmt ', [...format, ...more])];
  return new Blob([Uint8Array.from(bigChunk('RIFX', [...body, ...bigChunk('data', samples)]))]);
}

const open = (blob: Blob): Promise<Sound> => openWav(blobBytes(blob));

async function read(sound: Sound): Promise<number[][]> {
  const channels = Array.from({ length: sound.channels }, (): number[] => []);
  for await (const piece of sound.pieces()) {
    piece.forEach((samples, channel) => channels[channel]?.push(...samples));
  }
  return channels;
}

const soundOf = async (sound: Sound): Promise<Float32Array[]> =>
  (await read(sound)).map((samples) => Float32Array.from(samples));

function write(shape: WavShape, channels: readonly Float32Array[], sizes: number[] = []): Blob {
  const encoder = new WavEncoder(shape);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const size of [...sizes, Infinity]) {
    parts.push(encoder.encode(channels.map((samples) => samples.subarray(at, at + size))));
    at += size;
  }
  return new Blob([wavHeader(shape, encoder.frames), ...parts, encoder.end()]);
}

describe('openWav', () => {
  const data = (numbers: number[], bytes: number): number[] =>
    chunk('data', little(...numbers.map((value) => [value, bytes] as const)));

  it.each([
    ['8 bits', fmt(1, 1, 8000, 8), data([0, 128, 255], 1), [-1, 0, 127 / 128]],
    [
      '16 bits',
      fmt(1, 1, 8000, 16),
      data([0x8000, 0, 1, 0x7fff], 2),
      [-1, 0, 2 ** -15, 1 - 2 ** -15],
    ],
    [
      '24 bits',
      fmt(1, 1, 8000, 24),
      data([0x800000, 0xffffff, 0x400000], 3),
      [-1, -(2 ** -23), 0.5],
    ],
    ['32 bits', fmt(1, 1, 8000, 32), data([0x80000000, 0x20000000], 4), [-1, 0.25]],
    ['floats', fmt(3, 1, 8000, 32), data([0x3f000000, 0xc0000000], 4), [0.5, -2]],
    [
      'long floats',
      fmt(3, 1, 8000, 64),
      chunk('data', [...little([0, 4], [0x3fd00000, 4]), ...little([0, 4], [0x7ff80000, 4])]),
      // What is no number is silence.
      [0.25, 0],
    ],
  ])('reads %s', async (_name, format, samples, wanted) => {
    const sound = await open(riff(chunk('fmt ', format), samples));
    expect(sound).toMatchObject({ channels: 1, sampleRateHz: 8000, frames: wanted.length });
    expect(await read(sound)).toEqual([wanted]);
  });

  it('reads the extended format, chunks it does not know, and odd ones', async () => {
    const sound = await open(
      riff(
        chunk('LIST', letters('odd')),
        chunk('fmt ', extended(2, 3)),
        chunk('bext', letters('x')),
        data([1, 2, 3, 4], 2),
        chunk('id3 ', letters('after')),
      ),
    );
    expect(await read(sound)).toEqual([
      [2 ** -15, 3 * 2 ** -15],
      [2 * 2 ** -15, 4 * 2 ** -15],
    ]);
  });

  const SILENT_END = chunk('data', [], 0);

  it.each<[string, number[]]>([
    ['a title', chunk('LIST', letters('INFOINAM title'))],
    ['a title of odd length', chunk('LIST', letters('INFO and an odd title'))],
    ['several chunks', [...chunk('LIST', letters('odd')), ...chunk('id3 ', letters('TIT2'))]],
    ['a chunk without its last byte', chunk('LIST', letters('odd')).slice(0, -1)],
    ['an empty chunk', chunk('PAD ', [])],
  ])('takes no chunk after an empty data chunk for sound: %s', async (_name, after) => {
    const sound = await open(riff(chunk('fmt ', fmt(1, 1, 8000, 16)), SILENT_END, after));
    expect(await read(sound)).toEqual([[]]);
  });

  it.each<[string, number]>([
    ['0', 0],
    ['8', 8],
    ['that of the head alone', 36],
    ['more than there is', 2 ** 32 - 1],
  ])('reads on after a data chunk of length 0 where the file says %s', async (_name, size) => {
    const format = chunk('fmt ', fmt(1, 1, 8000, 16));
    const body = [...letters('WAVE'), ...format, ...SILENT_END, ...chunk('LIST', letters('soun'))];
    const sound = await open(new Blob([Uint8Array.from(chunk('RIFF', body, size))]));
    expect(sound.frames).toBe(6);
  });

  it.each<[string, Blob, number[]]>([
    ['16 bits', rifx(1, 16, [0x80, 0, 0, 1]), [-1, 2 ** -15]],
    ['24 bits', rifx(1, 24, [0x80, 0, 0, 0xff, 0xff, 0xff]), [-1, -(2 ** -23)]],
    ['floats', rifx(3, 32, [0x3f, 0, 0, 0, 0xc0, 0, 0, 0]), [0.5, -2]],
    ['the extended format', rifx(3, 32, [0x3f, 0, 0, 0], 4), [0.5]],
  ])('reads high bytes first: %s', async (_name, blob, wanted) => {
    const sound = await open(blob);
    expect(sound).toMatchObject({ channels: 1, sampleRateHz: 8000 });
    expect(await read(sound)).toEqual([wanted]);
  });

  it('reads an RF64 file, whose lengths stand apart', async () => {
    const sound = await open(
      rf64(little([100, 4], [0, 4], [6, 4], [0, 4], [3, 4], [0, 4], [0, 4])),
    );
    expect(await read(sound)).toEqual([[0.5, 0.25, 0.125]]);
  });

  it.each([
    [6, 0x60f],
    [6, 0x3f],
    [6, 0],
    [4, 0x107],
    [2, 0x600],
    [1, 0x8],
    [8, 0xff],
  ])(
    'knows the speakers that a file of %i channels names, and writes them',
    async (channels, speakers) => {
      const silence = chunk('data', new Array<number>(channels * 2).fill(0));
      const sound = await open(riff(chunk('fmt ', extended(channels, speakers)), silence));
      expect(sound).toMatchObject({ speakers, frames: 1 });
      const shape = { format: '16', sampleRateHz: 48_000, channels, speakers } as const;
      expect(await open(write(shape, await soundOf(sound)))).toMatchObject({ speakers, frames: 1 });
    },
  );

  it('spells no speakers out that mono and stereo have anyway', () => {
    const shape = { format: '16', sampleRateHz: 48_000 } as const;
    for (const [channels, speakers] of [
      [1, 0x4],
      [2, 0x3],
    ] as const) {
      const header = wavHeader({ ...shape, channels }, 1);
      expect(wavHeader({ ...shape, channels, speakers }, 1)).toEqual(header);
    }
  });

  it('reads all there is of a file that was broken off, or written to a stream', async () => {
    const body = little([16_384, 2], [8192, 2], [1, 1]);
    for (const size of [0, 4_294_967_295, 400]) {
      const sound = await open(riff(chunk('fmt ', fmt(1, 1, 8000, 16)), chunk('data', body, size)));
      expect((await read(sound))[0]?.slice(0, 2)).toEqual([0.5, 0.25]);
      // The last alone says how long it was to be.
      const said =
        size === 400
          ? ['The file breaks off: it announces 0.025 s, of which 0.000 s are there.']
          : [];
      expect(sound.faults?.()).toEqual(said);
    }
  });

  it('plays samples that are no numbers as silence, and says how many', async () => {
    const nan = [0, 0, 0xc0, 0x7f];
    const infinite = [0, 0, 0x80, 0x7f];
    const half = [0, 0, 0, 0x3f];
    const file = (samples: number[][]): Blob =>
      riff(chunk('fmt ', fmt(3, 1, 8000, 32)), chunk('data', samples.flat()));
    const sound = await open(file([nan, half, infinite]));
    expect(await read(sound)).toEqual([[0, 0.5, 0]]);
    expect(await read(sound)).toEqual([[0, 0.5, 0]]);
    expect(sound.faults?.()).toEqual([
      '2 samples of the file are no finite number, and played as silence.',
    ]);
    const sane = await open(file([half]));
    expect(await read(sane)).toEqual([[0.5]]);
    expect(sane.faults?.()).toEqual([]);
  });

  it.each([
    ['no WAV file', new Blob(['OggS and so on']), 'The file is no WAV file; convert it to one.'],
    ['nothing', new Blob([]), 'The file is no WAV file; convert it to one.'],
    ['RF64 cut short', new Blob(['RF64\0\0\0\0WAVE']), 'it has no “fmt” chunk'],
    ['RF64 without its lengths', rf64([0, 0, 0, 0]), 'does not say how long it is'],
    ['big-endian cut short', new Blob(['RIFX\0\0\0\0WAVE']), 'it has no “fmt” chunk'],
    ['no format', riff(chunk('LIST', [])), 'it has no “fmt” chunk'],
    ['no sound', riff(chunk('fmt ', fmt(1, 1, 8000, 16))), 'it has no “data” chunk'],
    ['sound first', riff(chunk('data', [0, 0])), 'sound before it says of what kind'],
    ['a short format', riff(chunk('fmt ', [1, 0])), '“fmt” is cut short'],
    ['ADPCM', riff(chunk('fmt ', fmt(2, 1, 8000, 4))), 'samples of 4 bits in a form (format 2)'],
    ['12 bits', riff(chunk('fmt ', fmt(1, 1, 8000, 12))), 'samples of 12 bits in a form (pcm)'],
    ['no channels', riff(chunk('fmt ', fmt(1, 0, 8000, 16))), 'The file has 0 channels'],
    ['300 channels', riff(chunk('fmt ', fmt(1, 300, 8000, 16))), 'The file has 300 channels'],
    ['no rate', riff(chunk('fmt ', fmt(1, 1, 0, 16))), 'The sample rate is 0 Hz'],
    [
      'frames of another size',
      riff(chunk('fmt ', fmt(1, 1, 8000, 16).with(12, 9))),
      'says that 1 samples of 16 bits take 9 bytes',
    ],
  ])('refuses %s in a sentence', async (_name, blob, sentence) => {
    await expect(open(blob)).rejects.toThrow(InputError);
    await expect(open(blob)).rejects.toThrow(sentence);
  });

  it('reads or refuses whatever bytes there are', async () => {
    const known = await write({ format: '16', sampleRateHz: 8000, channels: 2 }, [
      new Float32Array(40).fill(0.5),
      new Float32Array(40),
    ]).arrayBuffer();
    const changes = fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(220), async (changed, length) => {
        const bytes = new Uint8Array(known.slice(0, length));
        for (const [at, value] of changed) if (at < bytes.length) bytes[at] = value;
        try {
          const sound = await open(new Blob([bytes]));
          const samples = await read(sound);
          expect(samples.length).toBe(sound.channels);
          expect(
            samples.every((of) => of.length === sound.frames && of.every(Number.isFinite)),
          ).toBe(true);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.message).toMatch(/^The [^\n]+\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says so where a file became shorter while it was read', async () => {
    const bytes = blobBytes(riff(chunk('fmt ', fmt(1, 1, 8000, 16)), data([1, 2, 3, 4], 2)));
    let gone = false;
    const sound = await openWav({
      size: bytes.size,
      read: (from, to) => bytes.read(from, gone ? Math.min(to, 46) : to),
    });
    gone = true;
    await expect(read(sound)).rejects.toThrow('became shorter');
  });
});

describe('WavEncoder', () => {
  const wide = fc.float({ min: -1, max: Math.fround(0.99), noNaN: true });
  const sounds = fc.integer({ min: 1, max: 8 }).chain((channels) =>
    fc
      .nat(70)
      .chain((frames) =>
        fc.array(fc.array(wide, { minLength: frames, maxLength: frames }), {
          minLength: channels,
          maxLength: channels,
        }),
      )
      .map((lists) => lists.map((list) => Float32Array.from(list))),
  );
  const cuts = fc.array(fc.nat(30), { maxLength: 5 });
  /** How far off a sample may be. */
  const STEPS = { '16': 1.5 / 2 ** 15, '24': 0.5 / 2 ** 23 + 1e-9, '32-float': 0 } as const;

  it.each(WAV_FORMATS)('writes %s bits that are read back', async (format) => {
    await fc.assert(
      fc.asyncProperty(sounds, cuts, async (channels, sizes) => {
        const shape = { format, sampleRateHz: 44_100, channels: channels.length };
        const blob = write(shape, channels, sizes);
        expect(blob.size % 2).toBe(0);
        const sound = await open(blob);
        expect(sound).toMatchObject({ sampleRateHz: 44_100, frames: channels[0]?.length });
        (await read(sound)).forEach((samples, channel) => {
          samples.forEach((value, i) => {
            const off = Math.abs(value - (channels[channel]?.[i] ?? Number.NaN));
            expect(off).toBeLessThanOrEqual(STEPS[format]);
          });
        });
      }),
      { numRuns: 60 },
    );
  });

  it('writes the same bytes however the sound is cut', async () => {
    const samples = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i / 9) / 2);
    const shape = { format: '16', sampleRateHz: 44_100, channels: 1 } as const;
    const bytes = async (sizes: number[]): Promise<number[]> => [
      ...new Uint8Array(await write(shape, [samples], sizes).arrayBuffer()),
    ];
    expect(await bytes([1, 2, 33, 100])).toEqual(await bytes([]));
  });

  it('clips what is past full scale, and counts it', () => {
    const loud = [Float32Array.of(1.5, -1.5, 0, -1, 1, 0.5)];
    for (const format of WAV_FORMATS) {
      const encoder = new WavEncoder({ format, sampleRateHz: 8000, channels: 1 });
      encoder.encode(loud);
      expect(encoder.clipped).toBe(format === '32-float' ? 0 : 2);
    }
  });

  it('dithers 16 bits with triangular noise that knows nothing of the sound', async () => {
    const length = 40_000;
    for (const level of [0, 0.25, 0.5]) {
      const still = new Float32Array(length).fill(level / 2 ** 15);
      const shape = { format: '16', sampleRateHz: 8000, channels: 2 } as const;
      const [left = [], right = []] = await read(await open(write(shape, [still, still])));
      const errors = left.map((value) => value * 2 ** 15 - level);
      const mean = errors.reduce((a, b) => a + b, 0) / length;
      const square = errors.reduce((sum, value) => sum + value * value, 0) / length;
      // A quarter of a squared step, whatever the sample lies between.
      expect(Math.abs(mean)).toBeLessThan(0.015);
      expect(Math.abs(square - 0.25)).toBeLessThan(0.01);
      expect(left).not.toEqual(right);
    }
  });

  it('refuses what would be over 4 GB', () => {
    const shape = { format: '24', sampleRateHz: 96_000, channels: 2 } as const;
    expect(() => wavHeader(shape, 2 ** 32 / 6)).toThrow('over 4 GB');
    expect(wavHeader(shape, Math.floor((2 ** 32 - 1 - 56) / 6)).length).toBe(56);
  });
});

const SCIPY = hasPythonModules('python3', 'scipy');

const PEER = `
import json, sys
from scipy.io import wavfile
answers = []
for path in sys.argv[1:]:
    rate, data = wavfile.read(path)
    answers.append([rate, str(data.dtype), data.tolist()])
json.dump(answers, sys.stdout)
`;

describe.skipIf(!SCIPY)(`beside SciPy${SCIPY ? '' : ' (needs python3 with scipy)'}`, () => {
  it('its reader finds the samples of 16, 24 and floating 32 bits', async () => {
    const cases = [
      ['16', 2, 'int16', 2 ** 15, 1.5],
      ['24', 1, 'int32', 2 ** 31, 2 ** 8],
      ['32-float', 3, 'float32', 1, 0],
    ] as const;
    const samples = Array.from({ length: 3 }, (_, channel) =>
      Float32Array.from({ length: 33 }, (_, i) => Math.sin(i + channel) / 2),
    );
    const folder = mkdtempSync(join(tmpdir(), 'warmbright-wav-'));
    const paths: string[] = [];
    for (const [format, channels] of cases) {
      const shape = { format, sampleRateHz: 22_050, channels };
      const path = join(folder, `${format}.wav`);
      const blob = write(shape, samples.slice(0, channels));
      writeFileSync(path, new Uint8Array(await blob.arrayBuffer()));
      paths.push(path);
    }
    // All in one call: to load SciPy takes seconds.
    const answer = execFileSync('python3', ['-W', 'error', '-c', PEER, ...paths], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    const answers = JSON.parse(answer) as [number, string, (number | number[])[]][];
    expect(answers).toHaveLength(cases.length);
    cases.forEach(([format, channels, type, full, off], at) => {
      const [rate, found, frames = []] = answers[at] ?? [];
      expect([rate, found, frames.length], format).toEqual([22_050, type, 33]);
      frames.forEach((frame, i) => {
        const values = [frame].flat();
        expect(values, format).toHaveLength(channels);
        values.forEach((value, channel) => {
          const wanted = (samples[channel]?.[i] ?? Number.NaN) * full;
          expect(Math.abs(value - wanted), format).toBeLessThanOrEqual(off);
        });
      });
    });
  });
});

describe('isWav', () => {
  it('tells WAV files by their first bytes', async () => {
    expect(await isWav(blobBytes(riff()))).toBe(true);
    expect(await isWav(blobBytes(new Blob(['fLaC'])))).toBe(false);
  });
});

describe('a sample that is no finite number', () => {
  it.each([Number.NaN, Infinity, -Infinity])('is refused by its place: %f', (sample) => {
    for (const format of ['16', '24', '32-float'] as const) {
      const encoder = new WavEncoder({ format, sampleRateHz: 1000, channels: 2 });
      encoder.encode([new Float32Array(500), new Float32Array(500)]);
      const piece = [new Float32Array(4), Float32Array.of(0, 0, sample, 0)];
      expect(() => encoder.encode(piece)).toThrow('channel 2 is no finite number at 0.502 s');
    }
  });
});
