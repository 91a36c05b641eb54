import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { filtersOn, logFrequencies, responseGrid } from '../eq/response';
import { InputError } from '../base/input-error';
import { CAMILLADSP } from './camilladsp';
import { CAMILLADSP_FIVE } from './camilladsp-five';
import { EASYEFFECTS } from './easyeffects';
import { PLAIN_JSON } from './plain-json';
import { parseStructured } from './structured';

const WARM = FLAT_SETTING.map((value, i) => (i === 2 ? 6 : i === 11 ? -1.5 : value));
const named = { name: 'warm: 80 %', setting: WARM };
const OPTIONS = { sampleRateHz: 48_000, preamp: true };

/** One sentence, beginning with the line. */
function fault(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return '';
}

const band = (more: object): object => ({
  frequency: 100,
  gain: 3,
  mode: 'APO (DR)',
  mute: false,
  q: 1.5,
  slope: 'x1',
  solo: false,
  type: 'Bell',
  ...more,
});
const preset = (left: object, more: object = {}): string =>
  JSON.stringify({
    output: {
      'equalizer#0': { 'input-gain': -3, 'num-bands': Object.keys(left).length, left, ...more },
    },
  });

describe('EasyEffects', () => {
  it('writes both channels with the mode that is the cookbook', () => {
    const text = EASYEFFECTS.write(named, OPTIONS);
    expect(JSON.parse(text)).toMatchObject({
      output: {
        plugins_order: ['equalizer#0'],
        'equalizer#0': {
          'input-gain': -6,
          'output-gain': 0,
          'num-bands': 5,
          mode: 'IIR',
          left: {
            band0: { type: 'Lo-shelf', mode: 'APO (DR)', slope: 'x1', q: 0.71, frequency: 150 },
            band1: { type: 'Bell', gain: 6, solo: false, mute: false },
            band4: { type: 'Hi-shelf', gain: -1.5, frequency: 8200, q: 0.71 },
          },
          right: { band4: { type: 'Hi-shelf' } },
        },
      },
    });
  });

  it('shares a preamp that is below what its input goes down to', () => {
    const setting = WARM.map((value, i) =>
      EQ_PARAMETERS[i]?.kind === 'gain' ? 12 : EQ_PARAMETERS[i]?.kind === 'q' ? 0.1 : value,
    );
    const loud = setting.map((value, i) => (EQ_PARAMETERS[i]?.kind === 'frequency' ? 700 : value));
    const { output } = JSON.parse(EASYEFFECTS.write({ name: 'loud', setting: loud }, OPTIONS)) as {
      output: Record<'equalizer#0', Record<'input-gain' | 'output-gain', number>>;
    };
    expect(output['equalizer#0']['input-gain']).toBe(-36);
    expect(output['equalizer#0']['output-gain']).toBeLessThan(-10);
  });

  it('reads bands that are heard, and counts the others', () => {
    const { filters, preampDb, off } = EASYEFFECTS.read(
      preset({
        band0: band({}),
        band1: band({ mute: true }),
        band2: band({ type: 'Off' }),
        band3: band({ type: 'Notch', slope: 'x4' }),
      }),
    );
    expect([preampDb, off]).toEqual([-3, 2]);
    expect(filters).toEqual([
      { kind: 'bell', frequencyHz: 100, gainDb: 3, q: 1.5 },
      { kind: 'notch', frequencyHz: 100, gainDb: 3, q: 1.5 },
    ]);
    const solo = preset({ band0: band({}), band1: band({ solo: true, gain: 1 }) });
    expect(EASYEFFECTS.read(solo).filters.map(({ gainDb }) => gainDb)).toEqual([1]);
    expect(EASYEFFECTS.read(preset({ band0: band({}) }, { bypass: true })).off).toBe(1);
  });

  it.each([
    ['Bell', 9, 2.3],
    ['Bell', -12, 0.4],
    ['Lo-shelf', 8, 0.6],
    ['Hi-shelf', -5, 0],
  ])('draws a %s of %f dB and Q %f in mode RLC (BT) as LSP does', (type, gain, q) => {
    const rlc = band({ type, gain, q, mode: 'RLC (BT)', frequency: 1000 });
    const { filters } = EASYEFFECTS.read(preset({ band0: rlc }));
    const frequencies = logFrequencies(40);
    const response = filtersOn(responseGrid(frequencies), filters);
    // Its analogue prototype, with the frequency warped as the bilinear transform does.
    const g = 10 ** (gain / 20);
    const bell = (2 * (1 / g + g)) / (1 + 2 * q);
    const fg = g ** 0.25;
    const k = 2 / (1 + q);
    const [top, bottom] =
      type === 'Bell'
        ? [
            [1, bell * Math.sin(Math.atan(g)), 1],
            [1, bell * Math.cos(Math.atan(g)), 1],
          ]
        : [
            [fg, k, 1 / fg],
            [1 / fg, k, fg],
          ];
    const [up, down] = type === 'Hi-shelf' ? [bottom, top] : [top, bottom];
    const size = ([a = 0, b = 0, c = 0]: readonly number[] = [], w: number): number =>
      Math.hypot(a - c * w * w, b * w);
    frequencies.forEach((hz, i) => {
      const w = Math.tan((Math.PI * hz) / 48_000) / Math.tan((Math.PI * 1000) / 48_000);
      const level = type === 'Bell' ? 1 : Math.sqrt(g);
      const wanted = 20 * Math.log10((level * size(up, w)) / size(down, w));
      expect(response[i]).toBeCloseTo(wanted, 6);
    });
  });

  it('says on which line a band cannot be read', () => {
    const text = EASYEFFECTS.write(named, OPTIONS);
    const lines = text.split('\n');
    const nth = lines.findIndex((line) => line.includes('"q": 0.71')) + 1;
    expect(fault(() => EASYEFFECTS.read(text.replace('"q": 0.71', '"q": "wide"')))).toMatch(
      new RegExp(`^Line ${String(nth)}: "output.equalizer#0.left.band0.q": `),
    );
    const bands = lines.findIndex((line) => line.includes('"band0"')) + 1;
    expect(fault(() => EASYEFFECTS.read(text.replace('"Lo-shelf"', '"Ladder-pass"')))).toBe(
      `Line ${String(bands)}: a band of type "Ladder-pass" cannot be read.`,
    );
    const lifted = text.replace('"gain": 0', '"gain": 2');
    expect(fault(() => EASYEFFECTS.read(lifted.replace('APO (DR)', 'BWC (MT)')))).toContain(
      `Line ${String(bands)}: a low shelf of mode "BWC (MT)" and slope "x1" cannot be read`,
    );
    expect(fault(() => EASYEFFECTS.read(text.replace('"mode": "IIR",', '"mode" "IIR",')))).toMatch(
      /^Line \d+: this is not valid JSON\.$/,
    );
    expect(fault(() => EASYEFFECTS.read('{"output": {"limiter#0": {}}}'))).toBe(
      'Line 1: there is no "equalizer" among the effects.',
    );
  });
});

describe('CamillaDSP', () => {
  it('writes filters and a pipeline of version 3', () => {
    expect(CAMILLADSP.write(named, OPTIONS)).toBe(
      `# To be joined with the devices of a configuration for CamillaDSP 3.
title: "warm: 80 %"
filters:
  preamp:
    type: Gain
    parameters:
      gain: -6
      inverted: false
      mute: false
  low_shelf:
    type: Biquad
    parameters:
      type: Lowshelf
      freq: 150
      gain: 0
      q: 0.71
  bell_1:
    type: Biquad
    parameters:
      type: Peaking
      freq: 560
      gain: 6
      q: 0.71
` +
        ['bell_2', 'bell_3']
          .map(
            (name, i) => `  ${name}:
    type: Biquad
    parameters:
      type: Peaking
      freq: ${i === 0 ? '1000' : '3300'}
      gain: 0
      q: 0.71
`,
          )
          .join('') +
        `  high_shelf:
    type: Biquad
    parameters:
      type: Highshelf
      freq: 8200
      gain: -1.5
      q: 0.71
pipeline:
  - type: Filter
    channels:
      - 0
      - 1
    names:
      - preamp
      - low_shelf
      - bell_1
      - bell_2
      - bell_3
      - high_shelf
`,
    );
  });

  it('writes all five bands as one filter', () => {
    const text = CAMILLADSP_FIVE.write(named, { ...OPTIONS, preamp: false });
    expect(text).toContain(`  equaliser:
    type: BiquadCombo
    parameters:
      type: FivePointPeq
      fls: 150
      gls: 0
      qls: 0.71
      fp1: 560
      gp1: 6
      qp1: 0.71
`);
    expect(text).toContain('      fhs: 8200\n      ghs: -1.5\n      qhs: 0.71\n');
    expect(text).not.toContain('Gain');
    expect(CAMILLADSP.read(text).filters).toHaveLength(5);
  });

  const config = `
filters:
  quieter: {type: Gain, parameters: {gain: 0.5, scale: linear}}
  late: {type: Delay, parameters: {delay: 3}}
  wide:
    type: Biquad
    parameters: &wide {type: Peaking, freq: 1000, gain: -2, bandwidth: 1.0}
  again: {type: Biquad, parameters: *wide}
  steep:
    type: Biquad
    parameters: {type: Lowshelf, freq: 100, gain: 5.0, slope: 12.0}
  rumble:
    type: Biquad
    parameters: {type: Highpass, freq: 20, q: 0.5}
  room: {type: Conv, parameters: {type: Raw, filename: room.raw}}
`;

  it('reads the filters that the first channel goes through', () => {
    const { filters, preampDb, notes } = CAMILLADSP.read(`${config}
pipeline:
  - {type: Mixer, name: mono}
  - {type: Filter, channels: [0, 1], names: [quieter, late, wide]}
  - {type: Filter, channel: 1, names: [room]}
  - {type: Filter, channels: null, names: [steep, again]}
  - {type: Filter, channels: [0], names: [room], bypassed: true}
`);
    expect(preampDb).toBeCloseTo(-6.02, 2);
    expect(filters.map(({ kind, gainDb, q }) => [kind, gainDb, Number(q.toFixed(2))])).toEqual([
      ['bell', -2, 1.41],
      ['low shelf', 5, 0.71],
      ['bell', -2, 1.41],
    ]);
    expect(notes).toEqual([
      'Line 18: the mixer "mono" is not followed.',
      'Line 20: channel 0 is not among 1, so this step was left aside.',
      'Line 4: "late", a Delay, is not followed.',
    ]);
  });

  it('reads all filters where there is no pipeline, and says so', () => {
    const { filters, notes } = CAMILLADSP.read(config);
    expect(filters).toHaveLength(4);
    expect(notes).toEqual([
      'There is no pipeline; all filters of the file were read.',
      'Line 4: "late", a Delay, is not followed.',
      'Line 15: "room", a Conv, is not followed.',
    ]);
  });

  it.each([
    [
      'filters:\n  a: {type: DiffEq, parameters: {a: [1], b: [1]}}',
      'Line 2: a filter of type "DiffEq" cannot be read.',
    ],
    [
      `${config}pipeline:\n  - {type: Filter, names: [none]}`,
      'Line 17: there is no filter named "none".',
    ],
    [
      'filters:\n  a:\n    type: Biquad\n    parameters:\n      type: Peaking\n      freq: high\n      gain: 1\n      q: 1',
      'Line 6: "filters.a.parameters.freq"',
    ],
    [
      'filters:\n  a:\n    type: Biquad\n    parameters:\n      type: Free',
      'Line 5: a biquad of type "Free"',
    ],
    [
      'filters:\n  a:\n    type: BiquadCombo\n    parameters:\n      type: Tilt',
      'Line 5: a combination of type "Tilt"',
    ],
    [
      'filters:\n  a:\n    type: BiquadCombo\n    parameters: {type: FivePointPeq}',
      'Line 4: "filters.a.parameters.fls"',
    ],
    [
      'filters:\n  a: {type: Biquad, parameters: {type: Peaking, freq: .inf, gain: 1, q: 1}}',
      'Line 2: the frequency must be',
    ],
    [
      'filters:\n  a: {type: Biquad, parameters: {type: Peaking, freq: 9, gain: .nan, q: 1}}',
      'Line 2: ',
    ],
    [
      'filters:\n  a: {type: Biquad, parameters: {type: Peaking, freq: 9, gain: 1}}',
      'Line 2: a bell needs a "q".',
    ],
    ['filters:\n  a: [', 'Line 2: this is not valid YAML.'],
    ['filters: {}', 'Line 1: no filter shapes a curve.'],
    ['filters: 3', 'Line 1: "filters": '],
  ])('says where %j cannot be read', (text, sentence) => {
    expect(fault(() => CAMILLADSP.read(text))).toContain(sentence);
  });
});

describe('plain JSON', () => {
  it('keeps the name and leaves out what is switched off', () => {
    const text = PLAIN_JSON.write(named, OPTIONS);
    expect(JSON.parse(text)).toMatchObject({
      format: 'warmbright-eq',
      version: 1,
      name: 'warm: 80 %',
      preampDb: -6,
      filters: [{ kind: 'low shelf', frequencyHz: 150 }, { gainDb: 6 }, {}, {}, { q: 0.71 }],
    });
    const read = PLAIN_JSON.read(text.replace('"enabled": true', '"enabled": false'));
    expect([read.name, read.filters.length, read.off]).toEqual(['warm: 80 %', 4, 1]);
  });

  it('says where a number cannot be used', () => {
    const text = PLAIN_JSON.write(named, OPTIONS);
    const line = text.split('\n').findIndex((one) => one.includes('"gainDb": 6')) + 1;
    expect(fault(() => PLAIN_JSON.read(text.replace('"gainDb": 6', '"gainDb": "6"')))).toMatch(
      new RegExp(`^Line ${String(line)}: "filters.1.gainDb": `),
    );
    expect(fault(() => PLAIN_JSON.read(text.replace('"gainDb": 6', '"gainDb": 1e400')))).toContain(
      'the gain must be',
    );
    expect(fault(() => PLAIN_JSON.read(text.replace('"version": 1', '"version": 2')))).toMatch(
      /^Line 3: "version": /,
    );
  });
});

describe('parseStructured', () => {
  const read = (text: string) => () => parseStructured(text, 'YAML');

  it.each([
    ['long texts', 'a'.repeat(150_000), 'longer than 131 kB'],
    [
      'brackets in brackets',
      `a:\n${'['.repeat(100_000)}`,
      'Line 2: this YAML is nested too deeply.',
    ],
    ['mappings in mappings', '{"a":'.repeat(20_000), 'Line 1: this YAML is nested too deeply.'],
    ['lists of lists on a line', '- '.repeat(60_000), 'Line 1: this YAML is nested too deeply.'],
    ['keys of keys on a line', '? '.repeat(60_000), 'Line 1: this YAML is nested too deeply.'],
    [
      'lines set in far',
      Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
      'Line 257: this YAML is nested too deeply.',
    ],
    ['a byte order mark', '\uFEFFa: 1', ''],
    [
      'aliases of aliases',
      `a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9]\n${Array.from({ length: 8 }, (_, i) => {
        const [from, to] = [String.fromCodePoint(97 + i), String.fromCodePoint(98 + i)];
        return `${to}: &${to} [*${from}, *${from}, *${from}, *${from}, *${from}, *${from}]`;
      }).join('\n')}`,
      'too often',
    ],
    ['an alias of nothing', 'a: *b', 'stands for nothing'],
  ])('comes to an end with %s', (_, text, sentence) => {
    expect(fault(read(text))).toContain(sentence);
  });

  it('takes names of what objects inherit for names like others', () => {
    const text = '{"output": {"__proto__": {"equalizer": {}}, "constructor": 1}}';
    expect(fault(() => EASYEFFECTS.read(text))).toBe(
      'Line 1: there is no "equalizer" among the effects.',
    );
    const yaml =
      'filters:\n  a: {type: Gain, parameters: {gain: 1}}\npipeline: [{type: Filter, names: [toString]}]';
    expect(fault(() => CAMILLADSP.read(yaml))).toBe('Line 3: there is no filter named "toString".');
    expect(({} as Record<string, unknown>).equalizer).toBeUndefined();
  });
});
