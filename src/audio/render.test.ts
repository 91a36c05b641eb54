import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import { responseDb } from '../eq/response';
import { matchingGain, measureSound, renderSound, type RenderChoices } from './render';
import { decodedSound, PIECE_FRAMES, type Sound } from './sound';
import { blobBytes, openWav } from './wav-reader';

const RATE = 48_000;
/** 9 dB more at 1 kHz. */
const LOUDER = FLAT_SETTING.with(5, 9);

function sine(db: number, seconds: number, hz = 1000): Float32Array {
  const level = 10 ** (db / 20);
  return Float32Array.from(
    { length: seconds * RATE },
    (_, i) => level * Math.sin((2 * Math.PI * hz * i) / RATE),
  );
}

async function rendered(sound: Sound, choices: RenderChoices) {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let header = new Uint8Array();
  const shares: number[] = [];
  const outcome = await renderSound(
    sound,
    choices,
    {
      write: (bytes) => void parts.push(bytes),
      begin: (bytes) => {
        header = bytes;
      },
    },
    (share) => void shares.push(share),
  );
  return { outcome, shares, sound: await openWav(blobBytes(new Blob([header, ...parts]))) };
}

const loudnessOf = async (sound: Sound): Promise<number> => {
  const [measured] = await measureSound(sound, [null], () => undefined);
  return measured?.integratedLufs ?? Number.NaN;
};

describe('measureSound', () => {
  it('measures every setting in one pass', async () => {
    const sound = decodedSound([sine(-23, 3), sine(-23, 3)], RATE);
    const [plain, flat, louder] = await measureSound(
      sound,
      [null, FLAT_SETTING, LOUDER],
      () => undefined,
    );
    expect(Math.abs((plain?.integratedLufs ?? NaN) + 23)).toBeLessThan(0.05);
    expect(plain?.samplePeakDb).toBeCloseTo(-23, 3);
    expect(flat).toEqual(plain);
    const [rise = NaN] = responseDb(LOUDER, [1000], RATE);
    expect(louder?.integratedLufs).toBeCloseTo((plain?.integratedLufs ?? NaN) + rise, 1);
  });
});

describe('renderSound', () => {
  const choices = { setting: LOUDER, format: '24', match: true } as const;

  it('brings the result to the loudness of the original', async () => {
    const original = decodedSound([sine(-30, 3), sine(-26, 3, 300)], RATE);
    const { outcome, shares, sound } = await rendered(original, choices);
    expect(outcome.note).toBeNull();
    expect(outcome.gainDb).toBeLessThan(-1);
    expect(await loudnessOf(sound)).toBeCloseTo(await loudnessOf(original), 3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(shares.length).toBe(2 * Math.ceil((3 * RATE) / PIECE_FRAMES));
  });

  it('leaves the level alone where it is not to be matched', async () => {
    const original = decodedSound([sine(-30, 2)], RATE);
    const { outcome, sound } = await rendered(original, { ...choices, match: false });
    expect(outcome).toEqual({ frames: 2 * RATE, gainDb: 0, note: null });
    expect((await loudnessOf(sound)) - (await loudnessOf(original))).toBeCloseTo(9, 1);
  });

  it('lowers what would clip, and says so', async () => {
    // Quiet highs with a loud low note, which the setting takes away.
    const duller = FLAT_SETTING.with(0, -12).with(1, 400);
    const sound = decodedSound([sine(-3, 3, 60), sine(-8, 3, 60)], RATE);
    const clicks = decodedSound(
      [sine(-3, 3, 60).map((value, i) => (i % RATE === 5 ? 0.95 : value))],
      RATE,
    );
    const plain = await rendered(sound, { ...choices, setting: duller });
    expect(plain.outcome.note).toBeNull();
    const { outcome, sound: made } = await rendered(clicks, { ...choices, setting: duller });
    expect(outcome.note).toMatch(/^At the same loudness the peak would be \d+\.\d dB too high/);
    const [peak] = await measureSound(made, [null], () => undefined);
    expect(peak?.truePeakDb).toBeCloseTo(0, 1);
  });

  it('says what was clipped where the level was left alone', async () => {
    const sound = decodedSound([sine(-1, 1)], RATE);
    const { outcome } = await rendered(sound, { ...choices, match: false });
    expect(outcome.note).toMatch(/^\d+ samples went past full scale and were clipped: /);
    const floats = await rendered(sound, { setting: LOUDER, format: '32-float', match: false });
    expect(floats.outcome.note).toBeNull();
  });

  it('says what the file that was read lacked', async () => {
    const sound = { ...decodedSound([sine(-20, 1)], RATE), faults: () => ['It breaks off.'] };
    const { outcome } = await rendered(sound, { ...choices, match: false });
    expect(outcome.note).toBe('It breaks off.');
  });

  it('matches nothing where there is nothing to hear', async () => {
    for (const length of [0, 100, RATE]) {
      const { outcome, sound } = await rendered(
        decodedSound([new Float32Array(length)], RATE),
        choices,
      );
      expect(outcome.gainDb).toBe(0);
      expect(outcome.note).toContain('too quiet to have a loudness');
      expect(sound.frames).toBe(length);
    }
  });

  it('ends with what its pace throws', async () => {
    const sound = decodedSound([sine(-3, 10)], RATE);
    const target = { write: () => undefined, begin: () => undefined };
    let calls = 0;
    const pace = (): void => {
      if (++calls === 3) throw new Error('enough');
    };
    await expect(renderSound(sound, choices, target, pace)).rejects.toThrow('enough');
    expect(calls).toBe(3);
  });
});

describe('matchingGain', () => {
  const loud = { integratedLufs: -8, truePeakDb: 1.2, samplePeakDb: 0 };

  it('lets a peak be as high as it was', () => {
    expect(matchingGain(loud, loud, '24')).toEqual({ gainDb: 0, note: null });
    expect(matchingGain(loud, { ...loud, truePeakDb: 1.5 }, '24').gainDb).toBeCloseTo(-0.3, 12);
  });

  it('keeps samples of whole numbers inside full scale', () => {
    const higher = { ...loud, samplePeakDb: 0.9 };
    expect(matchingGain(loud, higher, '24').gainDb).toBeCloseTo(-0.9, 12);
    expect(matchingGain(loud, higher, '32-float')).toEqual({ gainDb: 0, note: null });
  });
});

describe('decodedSound', () => {
  it.each([
    [[new Float32Array(2), new Float32Array(3)], 48_000, 'not equally long'],
    [[], 48_000, '0 channels'],
    [[new Float32Array(2)], 1000, 'sample rate is 1000 Hz'],
    [[new Float32Array(2)], Number.NaN, 'sample rate is NaN Hz'],
  ])('refuses what is no sound', (channels, rate, sentence) => {
    expect(() => decodedSound(channels, rate)).toThrow(sentence);
  });
});
