import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { kWeighting, LoudnessMeter } from './loudness';
import { PeakMeter } from './peak';

const RATES = [44_100, 48_000, 96_000];

interface Tone {
  readonly db: number;
  readonly seconds: number;
}

/** A sine whose level changes by steps. */
function tones(steps: readonly Tone[], rate: number, hz = 1000): Float32Array {
  const ends: number[] = [];
  for (const { seconds } of steps) ends.push((ends.at(-1) ?? 0) + Math.round(seconds * rate));
  const samples = new Float32Array(ends.at(-1) ?? 0);
  steps.forEach(({ db }, step) => {
    const level = 10 ** (db / 20);
    for (let i = ends[step - 1] ?? 0; i < (ends[step] ?? 0); i++) {
      samples[i] = level * Math.sin((2 * Math.PI * hz * i) / rate);
    }
  });
  return samples;
}

function loudness(channels: readonly Float32Array[], rate: number, speakers?: number): number {
  const meter = new LoudnessMeter(rate, channels.length, speakers);
  meter.add(channels);
  return meter.integratedLufs();
}

const noise = (length: number, seed: number): Float32Array => {
  let state = seed;
  return new Float32Array(length).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 32;
  });
};

describe('kWeighting', () => {
  it("has the standard's coefficients at 48 kHz", () => {
    const [shelf, highPass] = kWeighting(48_000);
    expect(shelf.b0).toBeCloseTo(1.53512485958697, 10);
    expect(shelf.b1).toBeCloseTo(-2.69169618940638, 10);
    expect(shelf.b2).toBeCloseTo(1.19839281085285, 10);
    expect(shelf.a1).toBeCloseTo(-1.69065929318241, 10);
    expect(shelf.a2).toBeCloseTo(0.73248077421585, 10);
    expect(highPass.a1).toBeCloseTo(-1.99004745483398, 10);
    expect(highPass.a2).toBeCloseTo(0.99007225036621, 10);
  });
});

describe('LoudnessMeter', () => {
  it.each(RATES)(
    'finds −3.01 LUFS in a full-scale sine of 997 Hz in one channel, at %i Hz',
    (rate) => {
      const sine = tones([{ db: 0, seconds: 5 }], rate, 997);
      expect(Math.abs(loudness([sine, new Float32Array(sine.length)], rate) + 3.01)).toBeLessThan(
        0.03,
      );
      expect(Math.abs(loudness([sine], rate) + 3.01)).toBeLessThan(0.03);
    },
  );

  // EBU Tech 3341, "Loudness metering: EBU mode", cases 1 to 6.
  it.each([
    ['1: −23', [{ db: -23, seconds: 20 }], -23],
    ['2: −33', [{ db: -33, seconds: 20 }], -33],
    [
      '3: softer before and after',
      [
        { db: -36, seconds: 10 },
        { db: -23, seconds: 60 },
        { db: -36, seconds: 10 },
      ],
      -23,
    ],
    [
      '4: nearly silent before and after that',
      [
        { db: -72, seconds: 10 },
        { db: -36, seconds: 10 },
        { db: -23, seconds: 60 },
        { db: -36, seconds: 10 },
        { db: -72, seconds: 10 },
      ],
      -23,
    ],
    [
      '5: louder between',
      [
        { db: -26, seconds: 20 },
        { db: -20, seconds: 20.1 },
        { db: -26, seconds: 20 },
      ],
      -23,
    ],
  ])('passes case %s, within 0.1 LU', (_name, steps, wanted) => {
    const sine = tones(steps, 48_000);
    expect(Math.abs(loudness([sine, sine], 48_000) - wanted)).toBeLessThan(0.1);
  });

  it('passes case 6: five channels and one for the lows, each at its weight', () => {
    const at = (db: number): Float32Array => tones([{ db, seconds: 20 }], 48_000);
    const [front, centre, rear] = [at(-28), at(-24), at(-30)];
    const channels = [front, front, centre, at(-10), rear, rear];
    expect(Math.abs(loudness(channels, 48_000) + 23)).toBeLessThan(0.1);
    expect(Math.abs(loudness(channels.toSpliced(3, 1), 48_000) + 23)).toBeLessThan(0.1);
  });

  it('takes the surrounds and the channel for the lows where the file says they are', () => {
    const at = (db: number): Float32Array => tones([{ db, seconds: 1 }], 48_000);
    const [front, low, rear] = [at(-28), at(-10), at(-30)];
    const five = [front, front, front, low, rear, rear];
    const usual = loudness(five, 48_000);
    for (const speakers of [0x60f, 0x3f]) expect(loudness(five, 48_000, speakers)).toBe(usual);
    // The third of left, right, low, side left and side right is no centre.
    const four = loudness([front, front, rear, rear], 48_000);
    expect(loudness([front, front, low, rear, rear], 48_000, 0x60b)).toBe(four);
    // Beside speakers at the sides, those at the back count like any other.
    const [all, silence] = [[front, front, rear, rear], new Float32Array(rear.length)];
    expect(loudness([...all, silence, silence], 48_000, 0x633)).toBe(loudness(all, 48_000, 0x107));
  });

  it('is the same however the sound is cut', () => {
    const whole = [noise(60_000, 1), noise(60_000, 2)];
    const wanted = loudness(whole, 8000);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 20 }), (sizes) => {
        const meter = new LoudnessMeter(8000, 2);
        let at = 0;
        for (const size of [...sizes, 60_000]) {
          meter.add(whole.map((samples) => samples.subarray(at, at + size)));
          at = Math.min(60_000, at + size);
        }
        expect(meter.integratedLufs()).toBeCloseTo(wanted, 9);
      }),
      { numRuns: 20 },
    );
  });

  it('takes what is shorter than a block as one block, and knows none of silence', () => {
    const sine = tones([{ db: -20, seconds: 0.3 }], 48_000);
    expect(Math.abs(loudness([sine], 48_000) + 23)).toBeLessThan(0.3);
    expect(loudness([new Float32Array(48_000)], 48_000)).toBe(-Infinity);
    expect(loudness([tones([{ db: -80, seconds: 1 }], 48_000)], 48_000)).toBe(-Infinity);
    expect(loudness([new Float32Array(100)], 48_000)).toBe(-Infinity);
    expect(loudness([new Float32Array(0)], 48_000)).toBe(-Infinity);
  });
});

describe('PeakMeter', () => {
  const peaks = (samples: Float32Array): PeakMeter => {
    const meter = new PeakMeter(1);
    meter.add([samples]);
    return meter;
  };

  // EBU Tech 3341, cases 15 to 19: +0.2 and −0.4 dB are allowed.
  it.each([
    [4, 0, -6],
    [4, 45, -6],
    [6, 60, -6],
    [8, 67.5, -6],
    [4, 45, 3],
  ])(
    'finds the peak between samples of a sine of a %ith of the rate at %f°',
    (part, degrees, db) => {
      const phase = (degrees * Math.PI) / 180;
      const sine = Float32Array.from(
        { length: 4800 },
        (_, i) =>
          // The sine rises slowly, as the cases' do, lest its beginning be a peak of its own.
          Math.min(1, i / 2400) * 10 ** (db / 20) * Math.sin((2 * Math.PI * i) / part + phase),
      );
      const found = peaks(sine).truePeakDb();
      expect(found).toBeGreaterThan(db - 0.4);
      expect(found).toBeLessThan(db + 0.2);
    },
  );

  it('gives the highest sample as it is, and −∞ of silence', () => {
    const meter = peaks(Float32Array.of(0, 0.25, -0.5, 0.125));
    expect(meter.samplePeakDb()).toBeCloseTo(20 * Math.log10(0.5), 12);
    expect(peaks(new Float32Array(1000)).truePeakDb()).toBe(-Infinity);
    expect(peaks(new Float32Array(0)).samplePeakDb()).toBe(-Infinity);
  });

  it('is the same however the sound is cut', () => {
    const whole = noise(5000, 7);
    whole[2499] = 0.7;
    whole[2500] = 0.7;
    const wanted = peaks(whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 20 }), (sizes) => {
        const meter = new PeakMeter(1);
        let at = 0;
        for (const size of [...sizes, 5000]) {
          meter.add([whole.subarray(at, at + size)]);
          at = Math.min(5000, at + size);
        }
        expect(meter.truePeakDb()).toBe(wanted.truePeakDb());
        expect(meter.samplePeakDb()).toBe(wanted.samplePeakDb());
      }),
    );
  });
});

/** What the library's WebAssembly exports. */
interface Library {
  readonly memory: WebAssembly.Memory;
  readonly __wbindgen_malloc: (bytes: number) => number;
  readonly ebur128_integrated_stereo: LibraryCall;
  readonly ebur128_true_peak_stereo: LibraryCall;
}
type LibraryCall = (rate: number, l: number, lCount: number, r: number, rCount: number) => number;

describe('beside ebur128-wasm', () => {
  let library: Library;
  const ask = (call: LibraryCall, [left, right]: readonly Float32Array[], rate: number): number => {
    const places = [left, right].map((samples = new Float32Array()) => {
      const place = library.__wbindgen_malloc(samples.length * 4);
      new Float32Array(library.memory.buffer, place, samples.length).set(samples);
      return place;
    });
    const [l = 0, r = 0] = places;
    return call(rate, l, left?.length ?? 0, r, right?.length ?? 0);
  };

  beforeAll(async () => {
    const file = fileURLToPath(import.meta.resolve('ebur128-wasm/ebur128_wasm_bg.wasm'));
    const module = await WebAssembly.compile(readFileSync(file));
    const imports: WebAssembly.Imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      // All of them report that the library broke down.
      (imports[from] ??= {})[name] = () => {
        throw new Error(`${name} was called.`);
      };
    }
    const { exports } = await WebAssembly.instantiate(module, imports);
    library = exports as unknown as Library;
  });

  it.each([22_050, ...RATES, 192_000])('has its loudness within 0.01 LU at %i Hz', (rate) => {
    for (const seed of [1, 2, 3]) {
      const swell = (samples: Float32Array): Float32Array =>
        samples.map((value, i) => value * (0.02 + Math.sin((i * seed) / rate) ** 8));
      const sound = [swell(noise(rate * 7, seed)), swell(noise(rate * 7, seed + 9))];
      const wanted = ask(library.ebur128_integrated_stereo, sound, rate);
      expect(Math.abs(loudness(sound, rate) - wanted)).toBeLessThan(0.01);
    }
  });

  it.each(RATES)('has its true peak within 0.3 dB at %i Hz', (rate) => {
    for (const seed of [1, 2, 3]) {
      const sound = [noise(rate, seed), noise(rate, seed + 9)].map((samples) => {
        // White noise is nothing that comes from converters: a little of the top is taken away.
        return samples.map(
          (value, i) => value + 1.6 * (samples[i - 1] ?? 0) + (samples[i - 2] ?? 0),
        );
      });
      const meter = new PeakMeter(2);
      meter.add(sound);
      const wanted = ask(library.ebur128_true_peak_stereo, sound, rate);
      expect(Math.abs(meter.truePeakDb() - wanted)).toBeLessThan(0.3);
    }
  });
});
