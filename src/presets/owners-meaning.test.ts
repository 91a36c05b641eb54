/**
 * Texts that mean what their own programs make of them, which is seldom what they look like. The
 * levels are those that the programs play, at 48 kHz and without preamp.
 */
import { describe, expect, it } from 'vitest';
import { presetDb } from '../testing/preset-curve';
import { InputError } from '../base/input-error';
import { detectFormat } from './formats';

const read = (text: string) => detectFormat(text).read(text);
const notes = (text: string) => read(text).notes;

function fault(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return '';
}

const BELL = 'Filter: ON PK Fc 1000 Hz Gain 6 dB Q 1';

describe('what a line of Equalizer APO applies to', () => {
  it('leaves the lines of another device aside', () => {
    const text = `${BELL}\nDevice: Microphone\nFilter: ON NO Fc 50 Hz`;
    expect(presetDb(text, 50, 100, 1000)).toEqual([0.02, 0.07, 6]);
    expect(notes(text)).toEqual([
      'Line 2: "Device: Microphone" is another device, so line 3 was left aside.',
    ]);
  });

  it('reads the first device that sets a filter, wherever its lines are, and those for all', () => {
    const text = `Preamp: -2 dB
Device: Speakers; Headset
${BELL}
Device: Microphone
Channel: R
${BELL}
Device: all; Line
Filter: ON PK Fc 100 Hz Gain 3 dB Q 1
Device:  speakers;  headset
Filter: ON PK Fc 10000 Hz Gain -3 dB Q 1`;
    expect(read(text).filters.map(({ frequencyHz }) => frequencyHz)).toEqual([1000, 100, 10_000]);
    expect(read(text).preampDb).toBe(-2);
    expect(notes(text)).toEqual([
      'Line 2: "Device: Speakers; Headset" is the first device that is set, and was read.',
      'Line 4: "Device: Microphone" is another device, so lines 5 and 6 were left aside.',
    ]);
  });

  it('reads both stages of playback, and not that of recording', () => {
    const text = `${BELL}\nStage: capture\nChannel: R\nFilter: ON HP Fc 300 Hz\nStage: pre-mix\nFilter: ON PK Fc 100 Hz Gain 3 dB Q 1`;
    expect(presetDb(text, 100, 1000)).toEqual([3.07, 6.03]);
    expect(notes(text)).toEqual([
      'Line 2: "Stage: capture" is no stage of playback, so lines 3 and 4 were left aside.',
    ]);
    expect(notes(`Stage: Post-Mix other\n${BELL}`)).toEqual([
      'Line 1: "Stage: Post-Mix other" names a stage that is not known.',
    ]);
  });

  it.each(['L', 'l R', 'ALL', '1 2', 'R 01'])('takes "Channel: %s" for the left one', (channel) => {
    expect(notes(`Channel: ${channel}\n${BELL}`)).toEqual([]);
  });

  it.each(['R', 'L2', 'L,R', '2', '11', ''])('takes "Channel: %s" for others', (channel) => {
    const text = `${BELL}\nChannel: ${channel}\nGraphicEQ: 20 3\nPreamp: 3\n${BELL}`;
    expect(presetDb(text, 1000)).toEqual([6]);
    expect(notes(text)[0]).toMatch(/^Line 2: .* so lines 3 to 5 were left aside\.$/);
  });

  it('reads the GraphicEQ of the left channel where the right has one too', () => {
    const text =
      'Channel: L\nGraphicEQ: 20 0; 1000 6; 20000 0\nChannel: R\nGraphicEQ: 20 0; 1000 -6; 20000 0';
    expect(presetDb(text, 1000)).toEqual([6]);
    expect(notes(text)).toEqual([
      'Line 3: "Channel: R" selects other channels than the left, so line 4 was left aside.',
    ]);
  });

  it('leaves every branch of a condition aside, nested ones too', () => {
    const text = `${BELL}
If: a == 1
Filter: ON NO Fc 50 Hz
If: b
Channel: R
EndIf:
ElseIf: a == 2
Else:
Stage: capture
GraphicEQ: 20 6
EndIf:
Filter: ON PK Fc 100 Hz Gain 3 dB Q 1`;
    expect(presetDb(text, 50, 1000)).toEqual([0.94, 6.03]);
    expect(notes(text)).toEqual([
      'Line 2: "If: a == 1" is a condition, which is not worked out, so lines 3 to 6 were left aside.',
      'Line 8: "Else:" depends on a condition that is not worked out, so lines 9 and 10 were left aside.',
    ]);
    expect(notes(`EndIf:\n${BELL}`)).toEqual(['Line 1: "EndIf" has no "If".']);
  });

  it('names each command that it does not follow', () => {
    const text = `${BELL}
Include: more.txt
Copy: L=R
Delay: 5 ms
Convolution: room.wav
VSTPlugin: Library a.dll
LoudnessCorrection: State 1
Eval: f = 100
Filter: ON PK Fc \`f\` Hz Gain 3 dB Q 1`;
    expect(presetDb(text, 1000)).toEqual([6]);
    for (let line = 2; line <= 9; line++) {
      expect(notes(text).filter((note) => note.startsWith(`Line ${String(line)}: `))).toHaveLength(
        1,
      );
    }
  });
});

describe('lines that resemble commands', () => {
  it.each(['Filter left', 'Filter #2', 'Filter 2', 'FilterLow', '  Filter\t3 '])(
    'takes "%s" for a filter',
    (command) => {
      expect(presetDb(`Preamp: -6 dB\n${command}: ${BELL.slice(8)}`, 1000)).toEqual([6]);
    },
  );

  it.each([
    ['Filter 1: On HSC Fc 11000 Hz Gain -2.5 dB Q 0.71', 'neither ON nor OFF'],
    [
      'filter 1: ON HSC Fc 11000 Hz Gain -2.5 dB Q 0.71',
      '"filter 1", spelt like this, is no command',
    ],
    ['PREAMP: -3 dB', '"PREAMP", spelt like this, is no command'],
    ['Filter 1 ON HSC Fc 11000 Hz Gain -2.5 dB', '"Filter" without a colon is no command'],
    ['Filter: ON hsc Fc 11000 Hz Gain -2.5 dB', 'a filter of type "hsc" cannot be read'],
    ['Filter: ON HSC fc 11000 Hz Gain -2.5 dB', 'the filter has no frequency'],
    ['Filter: ON PK Fc 18700 Hz Gain 0.9 dB Q 0.00', 'the Q must be a number from 0.001'],
    ['Preamp: loud', 'the preamp must be a number'],
    ['hello: there', 'no command of Equalizer APO'],
    ['hello there', 'no command of Equalizer APO'],
  ])('leaves "%s" aside with a note, as Equalizer APO skips it', (line, what) => {
    const text = `Filter 2: ON PK Fc 100 Hz Gain 3 dB Q 1\n${line}`;
    expect(presetDb(text, 100, 11_000)).toEqual([3, 0]);
    expect(notes(text)).toEqual([expect.stringContaining(what)]);
    expect(notes(text)[0]).toMatch(/^Line 2: .*left aside\.$/);
  });

  it('groups notes, and ends them where they would be without end', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `Filter: ON T${'x'.repeat(i % 30)} Fc 1 Hz`);
    const given = notes(`${BELL}\n${lines.join('\n')}\n`);
    expect(given).toHaveLength(20);
    expect(given[0]).toBe(
      'Lines 2 and 32: a filter of type "T" cannot be read, so they were left aside.',
    );
    const long = lines.map((line, i) => `${line}\nfilter${String(i)}: a`).join('\n');
    expect(notes(`${BELL}\n${long}`).at(-1)).toMatch(
      /^Lines .* and \d+ more were left aside as well\.$/,
    );
  });
});

describe("Equalizer APO's own patterns", () => {
  it.each([
    ['Filter 1: ON PK Fc 100H z Gain 3 dB Q 5', 100, 3],
    ['Filter 1: ON PK Fc 100 H  z Gain 3,0 dB Q 5', 100, 3],
    ['Filter 1: ON PK Gain 3dB Q 5 Fc 1.000Hz', 1000, 3],
    ['Preamp: -6.5\nFilter 1: ON PK Fc 1000 Hz Gain 3 dB Q 1', 1000, 3],
    ['Filter 1: ON HP Q 2 Fc 100 Hz', 50, -10],
    ['Filter 1: ON HP Q 2 Fc 100 Hz', 100, 6.02],
    ['Filter 1: ON HP Fc 100 Hz Q 0', 100, -3.01],
    ['Filter 1: ON LS12dB Fc 100 Hz Gain 6 dB', 20, 5.99],
    ['GraphicEQ: 20,5 0; 1000 6,5; 20000 0', 1000, 6.5],
    ['GraphicEQ: 20.5 0, 1000 6, 20000 0', 1000, 6],
    ['GraphicEQ: 20 0; 20000 0; 40000 12', 20_000, 0],
    ['GraphicEQ: 20 0; 1000 6; 20000 0\nGraphicEQ: 20 3; 20000 -3', 1000, 5.6],
    ['GraphicEQ: 20 0; 1000 6; 20000 0\nGraphicEQ: 20 3; 20000 -3', 50, 3.61],
    ['GraphicEQ: 1e-320 -1; 100 3; 1000 -4; 20000 0', 50, 3],
    ['GraphicEQ: 0 0; 100 3; 1000 -4; 20000 0', 1000, -4],
  ])('reads "%s"', (text, hz, db) => {
    expect(presetDb(text, hz)).toEqual([db]);
  });

  it('names points of a GraphicEQ that no curve can have', () => {
    expect(notes('GraphicEQ: 1e-320 -1; 100 3')).toEqual([
      'Line 1: the point "1e-320 -1" of the GraphicEQ lies outside 0.001 to 1,000,000 Hz and was left aside.',
    ]);
  });

  it('takes a preamp without its unit', () => {
    for (const preamp of ['-6.5', ' -6,5', '-6.5dB', '-6.5 dB'] as const) {
      expect(read(`Preamp:${preamp}\n${BELL}`).preampDb).toBe(-6.5);
    }
  });

  it('reads its demonstration of all types of filters', () => {
    const { filters, off } = read(`Filter Settings file

Notes:This file demonstrates all filter types

Equaliser: Generic
No measurement
Filter  1: ON  PK       Fc    50,0 Hz  Gain -10,0 dB  Q  2,50
Filter  2: ON  Modal    Fc     100H z  Gain   3,0 dB  Q  5,41  T60 target   100 ms
Filter  3: ON  LP       Fc   8.000 Hz
Filter  9: ON  LS 12dB  Fc   2.000 Hz  Gain  -5,0 dB
Filter 12: ON  HS 6dB   Fc  12.000 Hz  Gain  10,0 dB
Filter 14: ON  AP       Fc     900 Hz  Q  0,707
Filter 15: ON  None   `);
    expect(off).toBe(2);
    expect(filters.map(({ kind }) => kind)).toEqual([
      ...['bell', 'bell', 'low pass', 'low shelf', 'high shelf'],
    ]);
    expect(filters.slice(1, 3).map(({ frequencyHz }) => frequencyHz)).toEqual([100, 8000]);
  });
});

/** A preset of EasyEffects whose equalisers have one bell each, of 6 dB at 1 kHz unless said. */
function easy(
  order: readonly string[] | null,
  effects: Record<string, { readonly band?: object; readonly [field: string]: unknown }>,
): string {
  const band = {
    ...{ frequency: 1000, gain: 6, mode: 'APO (DR)', mute: false, q: 1, slope: 'x1' },
    ...{ solo: false, type: 'Bell', width: 4 },
  };
  const whole = Object.entries(effects).map(([name, { band: own, ...more }]) => {
    const left = { band0: { ...band, ...own } };
    return [name, name.startsWith('equalizer') ? { 'num-bands': 1, left, ...more } : more] as const;
  });
  const output = { ...Object.fromEntries(whole), ...(order && { plugins_order: order }) };
  return JSON.stringify({ output }, null, 1);
}

const EQ = 'equalizer#0';
const LOW = { band: { frequency: 100, gain: -6 } };

describe('EasyEffects', () => {
  it('runs those equalisers that are in the order and not bypassed, in series', () => {
    const bypassed = {
      [EQ]: { ...LOW, bypass: true, 'input-gain': -9 },
      'equalizer#1': { 'input-gain': -3 },
    };
    expect(presetDb(easy([EQ, 'equalizer#1'], bypassed), 100, 1000)).toEqual([0.07, 6]);
    expect(read(easy([EQ, 'equalizer#1'], bypassed))).toMatchObject({
      preampDb: -3,
      off: 1,
      notes: ['Line 18: "equalizer#0" is bypassed.'],
    });
    const both = { [EQ]: LOW, 'equalizer#1': {} };
    expect(presetDb(easy([EQ, 'equalizer#1'], both), 100, 1000)).toEqual([-5.93, 5.93]);
    expect(presetDb(easy(['equalizer#1'], both), 100, 1000)).toEqual([0.07, 6]);
    expect(notes(easy(['equalizer#1'], both))).toEqual([
      'Line 3: "equalizer#0" is not in "plugins_order", so it does not run; left aside.',
    ]);
    expect(fault(easy([], both))).toMatch(/"plugins_order" names no equalizer, so none runs\.$/);
    expect(fault(easy(['equalizer#7'], both))).toMatch(/names "equalizer#7", which the file does/);
  });

  it('finds an effect under its older name too', () => {
    expect(presetDb(easy(['equalizer'], { equalizer: {} }), 1000)).toEqual([6]);
    expect(presetDb(easy(['equalizer'], { [EQ]: {} }), 1000)).toEqual([6]);
    expect(presetDb(easy(null, { equalizer: {} }), 1000)).toEqual([6]);
  });

  it('names the other effects that run, but for meters', () => {
    const effects = { [EQ]: {}, 'filter#0': {}, 'crossfeed#0': { bypass: true }, 'spectrum#0': {} };
    const given = notes(easy([...Object.keys(effects), 'limiter#0'], effects));
    expect(given).toEqual([
      'Line 19: the effect "filter#0" is not followed.',
      'Line 2: the effect "limiter#0" is not followed.',
    ]);
  });

  it.each([
    ['pitch of an octave', { 'pitch-left': 12 }, 1000, 1.87],
    ['pitch of an octave', { 'pitch-left': 12 }, 2000, 6],
    ['pitch beyond what is played', { 'pitch-left': 70 }, 23_520, 6],
    ['gain beyond its bound', { band: { gain: 80 } }, 1000, 36],
    ['a Q below a tenth', { band: { q: 0.03 } }, 50, 1.25],
    ['a Q below a tenth', { band: { q: 0.03 } }, 11_000, 2.2],
    ['a flat band of another mode', { band: { gain: 0, mode: 'BWC (MT)', slope: 'x3' } }, 2000, 0],
  ])('plays %s as LSP does', (_, equalizer, hz, db) => {
    expect(presetDb(easy([EQ], { [EQ]: equalizer }), hz)).toEqual([db]);
  });

  it('notes what of an equaliser is not followed', () => {
    const more = { balance: -10, decramp: 'x2', 'split-channels': true };
    expect(
      notes(easy([EQ], { [EQ]: more })).map((note) => note.replace(/^Line \d+: /, '')),
    ).toEqual([
      'the right channel has bands of its own, which were left aside.',
      'the balance of the channels is not followed.',
      'the correction near half the sample rate is not followed.',
    ]);
  });

  it.each([
    ['Hi-pass', 'x1', 1, (w: number) => 1 / Math.hypot(1 - w ** -2, 2 / (1 + 1) / w)],
    ['Lo-pass', 'x3', 0.5, (w: number) => (1 / Math.hypot(1 - w * w, (2 / 1.5) * w)) ** 3],
    ['Notch', 'x2', 2, (w: number) => Math.abs(1 - w * w) / Math.hypot(1 - w * w, (2 / 3) * w)],
  ])('plays a %s of slope %s in mode RLC (BT) as LSP does', (type, slope, q, level) => {
    const text = easy([EQ], { [EQ]: { band: { type, slope, q, mode: 'RLC (BT)' } } });
    const asked = [200, 700, 1500, 9000];
    const warped = asked.map(
      (hz) => Math.tan((Math.PI * hz) / 48_000) / Math.tan((Math.PI * 1000) / 48_000),
    );
    presetDb(text, ...asked).forEach((db, i) => {
      expect(db).toBeCloseTo(20 * Math.log10(level(warped[i] ?? NaN)), 1);
    });
  });

  it('plays steeper shelves and bells of mode RLC (BT) as LSP does', () => {
    // From its analogue prototypes: x2 is two cascades, of half the gain each in dB.
    const g = 10 ** (9 / 20);
    const fg = Math.sqrt(g);
    const angle = Math.atan(fg);
    const k = (2 * (1 / fg + fg)) / (1 + (2 * 1.4) / 2);
    const text = easy([EQ], {
      [EQ]: { band: { gain: 9, q: 1.4, slope: 'x2', mode: 'RLC (BT)' } },
    });
    const asked = [300, 800, 1000, 3000];
    presetDb(text, ...asked).forEach((db, i) => {
      const w =
        Math.tan((Math.PI * (asked[i] ?? NaN)) / 48_000) / Math.tan((Math.PI * 1000) / 48_000);
      const size = (share: number): number => Math.hypot(1 - w * w, k * share * w);
      const wanted = 40 * Math.log10(size(Math.sin(angle)) / size(Math.cos(angle)));
      expect(db).toBeCloseTo(wanted, 1);
    });
  });
});

describe('CamillaDSP', () => {
  const filters = `filters:
  a: {type: Biquad, parameters: {type: Peaking, freq: 1000, gain: 6, q: 1}}
  b: {type: Biquad, parameters: {type: Peaking, freq: 100, gain: -6, q: 1}}
  quiet: {type: Gain, parameters: {gain: -3, mute: true}}
  none: {type: Gain, parameters: {gain: 0, scale: linear}}
  peak44100x2: {type: Biquad, parameters: {type: Peaking, freq: 1000, gain: 6, q: 1}}
`;
  const devices =
    'devices: {samplerate: 44100, capture: {type: Stdin, channels: 2, format: S16_LE}}\n';

  it('takes an empty list of channels for none', () => {
    const text = `${filters}pipeline:
  - {type: Filter, channels: [], names: [a]}
  - {type: Filter, channels: [0, 1], names: [b]}`;
    expect(presetDb(text, 100, 1000)).toEqual([-6, -0.07]);
    expect(notes(text)).toEqual([
      'Line 8: an empty list of channels is none, so this step was left aside.',
    ]);
  });

  it('says of a gain that it turns the polarity round', () => {
    const gain = (parameters: string): readonly string[] =>
      notes(`filters:
  a: {type: Biquad, parameters: {type: Peaking, freq: 1000, gain: 6, q: 1}}
  g: {type: Gain, parameters: {${parameters}}}
pipeline:
  - {type: Filter, channels: [0], names: [a, g]}`);
    const note = 'Line 3: the gain "g" turns the polarity round, which is not followed.';
    expect(gain('gain: -3, inverted: true')).toEqual([note]);
    expect(gain('gain: -0.5, scale: linear')).toEqual([note]);
    expect(gain('gain: -0.5, scale: linear, inverted: true')).toEqual([]);
    expect(gain('gain: -3')).toEqual([]);
  });

  it('is one document', () => {
    const text = `${filters}pipeline:\n  - {type: Filter, channels: [0], names: [a]}\n`;
    expect(fault(`${text}---\n${text}`)).toBe(
      'Line 9: a second YAML document begins here; keep one of them.',
    );
  });

  it('names mixers and processors that run', () => {
    const text = `${filters}pipeline:
  - {type: Filter, channels: [0], names: [a]}
  - {type: Mixer, name: swap}
  - {type: Processor, name: squeeze}
  - {type: Mixer, name: off, bypassed: true}
  - {type: Filter, channels: [1], names: [b], bypassed: true}`;
    expect(presetDb(text, 1000)).toEqual([6]);
    expect(read(text).off).toBe(1);
    expect(notes(text)).toEqual([
      'Line 9: the mixer "swap" is not followed.',
      'Line 10: the processor "squeeze" is not followed.',
    ]);
  });

  it('says which channel was read where it is not the first', () => {
    const text = `${filters}pipeline:\n  - {type: Filter, channels: [2], names: [a]}`;
    expect(notes(text)).toEqual(['Channel 2 was read, the first that the pipeline names.']);
  });

  it.each(['quiet', 'none'])('says that the gain "%s" leaves silence', (name) => {
    const text = `${filters}pipeline:\n  - {type: Filter, names: [a, ${name}]}`;
    expect(read(text).preampDb).toBe(0);
    expect(notes(text)).toEqual([
      expect.stringContaining(`the gain "${name}" makes the channel silent`),
    ]);
  });

  it('puts rate and channels into names', () => {
    const text = `${filters}pipeline:\n  - {type: Filter, names: ["peak$samplerate$x$channels$"]}`;
    expect(presetDb(devices + text, 100, 1000)).toEqual([0.07, 6]);
    expect(fault(text)).toContain('"devices.samplerate"');
  });

  it.each(['"filters":', "'filters':", 'filters :'])('knows its files by %s too', (key) => {
    const text = filters.replace('filters:', key);
    expect(detectFormat(text).key).toBe('camilladsp');
    expect(read(text).filters).toHaveLength(3);
  });

  it('leaves points of no width out, as it does itself', () => {
    const parameters = ['ls', 'p1', 'p2', 'p3', 'hs']
      .map((point, i) => `f${point}: 1000, g${point}: 6, q${point}: ${String(i === 1 ? 1 : 0.001)}`)
      .join(', ');
    const text = `filters:\n  a: {type: BiquadCombo, parameters: {type: FivePointPeq, ${parameters}}}`;
    expect(read(text).filters).toHaveLength(1);
  });
});

describe('texts without anything to read', () => {
  it.each([
    [
      `Channel: R\n${BELL}`,
      'No line of the file sets a filter. Line 1: "Channel: R" selects other channels than the left, so line 2 was left aside.',
    ],
    [
      '# my config\nInclude: headphones.txt',
      'No line of the file sets a filter. Line 2: "Include: headphones.txt" names another file, which is not followed.',
    ],
    [
      'Filter 3: ON PK Fc 18700 Hz Gain 0.9 dB Q 0.00',
      'Line 1: the Q must be a number from 0.001 to 1,000.',
    ],
  ])('says why of %j', (text, sentence) => {
    expect(fault(text)).toBe(sentence);
  });

  it('names each branch of a condition', () => {
    const said = fault('If: 1 == 2\nFilter: ON PK Fc 1 Hz\nElse:\nFilter: ON PK Fc 1 Hz\nEndIf:');
    expect(said).toMatch(/Line 1: .*line 2 was left aside\. Line 3: .*line 4 was left aside\./);
  });
});

describe('Room EQ Wizard', () => {
  it('gives the middle of a slope where Equalizer APO takes the corner', () => {
    const line = 'Filter 1: ON LS Q Fc 100 Hz Gain 12 dB Q 0.71';
    expect(presetDb(`Equaliser: Generic\n${line}`, 100)).toEqual([6]);
    expect(presetDb(line, 100)).toEqual([9.26]);
  });

  it.each(['\t', ' ', '     '])('reads its formatted table with %j between the cells', (gap) => {
    const rows = [
      'Number Enabled Control Type Frequency(Hz) Gain(dB) Q Bandwidth(Hz)',
      '1 True Auto PK 1000.0 6.00 1.000 100.0',
      '2 False Auto PK 100.0 6.00 1.000 100.0',
      '3 True Manual LS_Q 100.0 6.00 0.71',
      '4 True Auto None',
      '5 True Auto PK 3,500 -2,5 4,3 15',
    ].map((row) => row.replaceAll(' ', gap));
    const text = `Notes:left\nConfigurable_PEQ\n${rows.join('\n')}\n`;
    expect(detectFormat(text).key).toBe('rew');
    const { filters, off } = read(text);
    expect(off).toBe(2);
    expect(filters).toEqual([
      { kind: 'bell', frequencyHz: 1000, gainDb: 6, q: 1 },
      { kind: 'low shelf', frequencyHz: 100, gainDb: 6, q: 0.71 },
      { kind: 'bell', frequencyHz: 3500, gainDb: -2.5, q: 4.3 },
    ]);
  });

  it('names types and widths that are not read as they are written', () => {
    const text = (filter: string): string => `Equaliser: Generic\nFilter 1: ON ${filter}`;
    expect(fault(text('L-R 24 LP  Fc 1000 Hz'))).toBe(
      'Line 2: a filter of type "L-R 24 LP" cannot be read.',
    );
    expect(fault(text('PEQ Fc 1000 Hz Gain 6.0 dB BW/60 60.0'))).toContain(
      'written neither as in "Q 0.7" nor as in "BW Oct 1"',
    );
  });

  it('says which row of a table cannot be read', () => {
    const heading = 'Number Enabled Control Type Frequency(Hz) Gain(dB) Q';
    expect(fault(`${heading}\n1 True Auto LP1 100`)).toBe(
      'Line 2: a filter of type "LP1" cannot be read.',
    );
    expect(fault(`${heading}\n1 True Auto PK 100 3`)).toContain('Line 2: the filter has no Q');
    expect(fault(`${heading}\n1 True Auto PK 100 3 1\n${heading}`)).toContain('Line 3: a second');
    expect(fault(heading)).toBe('No row of the table sets a filter.');
    expect(notes(`${heading}\n1 True Auto PK 100 3 1\nhello`)).toEqual([
      'Line 3: no row of the table, left aside.',
    ]);
  });
});
