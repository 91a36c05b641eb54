import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import { InputError } from '../base/input-error';
import { EQUALIZER_APO } from './equalizer-apo';
import { REW } from './rew';

const { read, write } = EQUALIZER_APO;
const WARM = [-0.23, 113.2049, 5.456, 287.0004, 0.71, 0.91, 889.125, 2, 0, 3174, 0.5, -1.37, 7408];
const OPTIONS = { sampleRateHz: 48_000, preamp: true };

describe('writing for Equalizer APO', () => {
  it('writes a preamp and five filters, shelves as LSC and HSC with Q 0.7071', () => {
    expect(write({ name: 'warm', setting: WARM }, OPTIONS)).toBe(`# warm
Preamp: -5.5 dB
Filter 1: ON LSC Fc 113.2 Hz Gain -0.23 dB Q 0.7071
Filter 2: ON PK Fc 287 Hz Gain 5.456 dB Q 0.71
Filter 3: ON PK Fc 889.13 Hz Gain 0.91 dB Q 2
Filter 4: ON PK Fc 3174 Hz Gain 0 dB Q 0.5
Filter 5: ON HSC Fc 7408 Hz Gain -1.37 dB Q 0.7071
`);
  });

  it('never writes a frequency of exactly three decimals, which would be thousands', () => {
    const faults: string[] = [];
    for (let hz = 82; hz < 83; hz += 0.0007) {
      const setting = FLAT_SETTING.with(3, hz);
      const text = write({ name: 'a', setting }, OPTIONS);
      const readHz = read(text).filters[1]?.frequencyHz ?? Number.NaN;
      if (/Fc \d+\.\d{3} Hz/.test(text) || !(Math.abs(readHz - hz) < 0.05)) {
        faults.push(`${String(hz)} Hz is read back as ${String(readHz)} from ${text}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('keeps a name from becoming a line of its own', () => {
    const text = write({ name: 'a\nPreamp: 20 dB\u2028', setting: WARM }, OPTIONS);
    expect(text.split('\n')[0]).toBe('# a Preamp: 20 dB');
    expect(read(text).preampDb).toBe(-5.5);
  });
});

describe("reading Equalizer APO's files", () => {
  it('reads a file in the manner of AutoEq', () => {
    const { filters, preampDb, off } = read(
      'Preamp: -6.1 dB\r\n' +
        'Filter 1: ON LSC Fc 105 Hz Gain 6.5 dB Q 0.70\r\n' +
        'Filter 2: ON PK Fc 2041 Hz Gain -3.0 dB Q 1.32\r\n' +
        'Filter 3: ON HSC Fc 10000 Hz Gain 2.1 dB Q 0.70\r\n',
    );
    expect([preampDb, off]).toEqual([-6.1, 0]);
    expect(filters).toEqual([
      { kind: 'low shelf', frequencyHz: 105, gainDb: 6.5, q: 0.7 },
      { kind: 'bell', frequencyHz: 2041, gainDb: -3, q: 1.32 },
      { kind: 'high shelf', frequencyHz: 10_000, gainDb: 2.1, q: 0.7 },
    ]);
  });

  it.each([
    ['1,000 Hz', 1000],
    ['1.000 Hz', 1000],
    ['12,500 Hz', 12_500],
    ['1.00 Hz', 1],
    ['99,5 Hz', 99.5],
    ['113.2045 Hz', 113.2045],
    ['1,234.5 Hz', 1234.5],
    ['1.234,5 Hz', 1234.5],
    ['1\u00A0500 Hz', 1500],
    ['2e3Hz', 2000],
  ])('takes Fc %s for %f', (text, hz) => {
    const [filter] = read(`Filter: ON PK Fc ${text} Gain 3,5 dB Q 1,41`).filters;
    expect(filter).toEqual({ kind: 'bell', frequencyHz: hz, gainDb: 3.5, q: 1.41 });
  });

  it('reads all the other types that change a level', () => {
    const { filters, off } = read(`
      Filter: ON Modal Fc 50 Hz Gain -5 dB Q 8 T60 target 300 ms
      Filter: ON HP Fc 30 Hz
      Filter: ON LPQ Fc 10000 Hz Q 0.400
      Filter 3: ON NO Fc 50 Hz
      Filter: ON BP Fc 900 Hz Q 2
      Filter: ON AP Fc 900 Hz Q 2
      Filter: ON None
      Filter: OFF PK Fc 100 Hz Gain 3 dB Q 1`);
    expect(filters.map(({ kind, q }) => [kind, Number(q.toFixed(4))])).toEqual([
      ['bell', 8],
      ['high pass', 0.7071],
      ['low pass', 0.4],
      ['notch', 30],
      ['band pass', 2],
    ]);
    expect(off).toBe(3);
  });

  it('turns widths in octaves and slopes in dB into Qs, and corners into the middle of a slope', () => {
    const { filters } = read(`
      Filter: ON PK Fc 100 Hz Gain 1.0 dB BW Oct 1
      Filter: ON LSC 12 dB Fc 100 Hz Gain 6 dB
      Filter: ON LS 6dB Fc 100 Hz Gain 12 dB
      Filter: ON HS 12dB Fc 1000 Hz Gain -12 dB
      Filter: ON LS Fc 100 Hz Gain 6 dB
      Filter: ON LS Fc 100 Hz Gain 12 dB Q 0.70710678118654752`);
    const [octave, steepest, half, high, open, corner] = filters;
    expect(octave?.q).toBeCloseTo(Math.SQRT2, 3);
    expect([steepest?.frequencyHz, steepest?.q]).toEqual([100, expect.closeTo(Math.SQRT1_2, 12)]);
    // 12 dB at 6 dB an octave take two octaves: the middle is one octave up.
    expect(half?.frequencyHz).toBeCloseTo(199.53, 2);
    expect(high?.frequencyHz).toBeCloseTo(1000 / 10 ** 0.15, 6);
    expect(open?.frequencyHz).toBe(100);
    expect(open?.q).toBeCloseTo(0.6688, 4);
    expect(corner?.frequencyHz).toBeCloseTo(100 * 10 ** 0.15, 6);
  });

  it('follows the left channel and says what it did not follow', () => {
    const { filters, preampDb, notes } = read(`Preamp: -1 dB
Include: other.txt
Channel: R
Preamp: -20 dB
Filter: ON PK Fc 100 Hz Gain 1 dB Q 1
Channel: L R
Preamp: -2 dB
Filter: ON PK Fc 200 Hz Gain 1 dB Q 1
Channel: all
Filter: ON PK Fc 300 Hz Gain 1 dB Q 1`);
    expect(filters.map(({ frequencyHz }) => frequencyHz)).toEqual([200, 300]);
    expect(preampDb).toBe(-3);
    expect(notes).toEqual([
      'Line 2: "Include: other.txt" names another file, which is not followed.',
      'Line 3: "Channel: R" selects other channels than the left, so lines 4 and 5 were left aside.',
    ]);
  });

  it('reads the points of a GraphicEQ', () => {
    const { curve, filters } = read('GraphicEQ: 1000 3; 20 -1.5; 20000 0');
    expect(filters).toEqual([]);
    expect(curve).toEqual([
      { frequencyHz: 20, gainDb: -1.5 },
      { frequencyHz: 1000, gainDb: 3 },
      { frequencyHz: 20_000, gainDb: 0 },
    ]);
  });

  it.each([
    ['\n# a\nFilter: ON PK Gain 3 dB Q 1', 'Line 3: the filter has no frequency'],
    ['Filter: ON PK Fc 100 Hz Q 1', 'Line 1: the filter has no gain'],
    ['Filter: ON PK Fc 100 Hz Gain 1 dB', 'Line 1: the filter has no Q'],
    ['Filter: ON PK Fc 0 Hz Gain 1 dB Q 1', 'Line 1: the frequency must be'],
    ['Filter: ON PK Fc 1.2.3 Hz Gain 1 dB Q 1', 'Line 1: the frequency must be'],
    ['Filter: ON PK Fc 9 Hz Gain 1e999 dB Q 1', 'Line 1: the gain must be'],
    ['Filter: ON PK Fc 9 Hz Gain -- dB Q 1', 'Line 1: the gain must be'],
    ['Filter: ON PK Fc 9 Hz Gain 1 dB Q 0', 'Line 1: the Q must be'],
    ['Filter: ON LP1 Fc 9 Hz', 'Line 1: a filter of type "LP1" cannot be read'],
    ['Filter: ON IIR Order 1 Coefficients 1 1', 'Line 1: a filter of type "IIR" cannot be read'],
    ['Filter: PK Fc 9 Hz', 'Line 1: the filter is neither ON nor OFF'],
    [`Filter: ON PK Fc ${'\u00A0'.repeat(900_000)}`, 'Line 1: the line is too long for a filter'],
    [`Filter${' '.repeat(900_000)}`, 'No line of the file sets a filter'],
    ['Preamp: loud', 'Line 1: the preamp must be a number'],
    ['GraphicEQ: 100', 'Line 1: the gain must be'],
    ['GraphicEQ: ', 'Line 1: a GraphicEQ needs'],
    [`${'GraphicEQ: 9 1\n'.repeat(100)}GraphicEQ: 9 1`, 'Line 101: a file with more than 100'],
    ['GraphicEQ: 9 99\nGraphicEQ: 9 2', 'add up to more than 100 dB'],
    ['GraphicEQ: 1e-320 -1', 'Line 1: no point of the GraphicEQ lies between'],
    ['Preamp: 99 dB\nPreamp: 99 dB\nFilter: OFF', 'All lines together: the preamp must be'],
    ['Preamp: -3 dB', 'No line of the file sets a filter'],
  ])('says where %j cannot be read', (text, sentence) => {
    expect(() => read(text)).toThrow(InputError);
    expect(() => read(text)).toThrow(sentence);
  });
});

describe('Room EQ Wizard', () => {
  it('is written as it writes itself, with the level in the notes', () => {
    expect(REW.write({ name: 'warm', setting: WARM }, OPTIONS)).toBe(`Filter Settings file

Room EQ V5.31

Notes:warm; set the level to -5.5 dB against clipping

Equaliser: Generic
Filter  1: ON  LS Q     Fc   113.20 Hz  Gain  -0.230 dB  Q 0.7100
Filter  2: ON  PK       Fc   287.00 Hz  Gain   5.456 dB  Q 0.7100
Filter  3: ON  PK       Fc   889.13 Hz  Gain   0.910 dB  Q 2.0000
Filter  4: ON  PK       Fc  3174.00 Hz  Gain   0.000 dB  Q 0.5000
Filter  5: ON  HS Q     Fc  7408.00 Hz  Gain  -1.370 dB  Q 0.7100
`);
  });

  it('is read with its own names of filters', () => {
    const { filters, off } = REW.read(`Filter Settings file

Room EQ V5.20
Dated: 3 Feb 2026 10:20:30

Notes:Channel one; filter on

Equaliser: Generic
Left speaker
Filter  1: ON  PK       Fc    60.7 Hz  Gain   1.70 dB  Q  3.101
Filter  2: ON  LS Q     Fc   500.0 Hz  Gain   2.00 dB Q  0.710
Filter  3: ON  HS Q     Fc   8,000 Hz  Gain   1.00 dB Q  0.710
Filter  4: ON  LP Q     Fc 15000.0 Hz  Q  0.50
Filter  5: ON  Notch Q  Fc   800.0 Hz  Q  5.00
Filter  6: ON  Notch    Fc   900.0 Hz
Filter  7: ON  All pass  Fc  100.0 Hz  Q  0.707
Filter  8: ON  None
Filter  9: OFF None
`);
    expect(off).toBe(3);
    expect(filters.map(({ kind, frequencyHz, q }) => [kind, frequencyHz, q])).toEqual([
      ['bell', 60.7, 3.101],
      ['low shelf', 500, 0.71],
      ['high shelf', 8000, 0.71],
      ['low pass', 15_000, 0.5],
      ['notch', 800, 5],
      ['notch', 900, 30],
    ]);
  });

  it('does not know filters of the first order', () => {
    const text = 'Equaliser: Generic\nFilter  5: ON  LP1      Fc   300.0 Hz';
    expect(() => REW.read(text)).toThrow('Line 2: a filter of type "LP1" cannot be read.');
  });
});
