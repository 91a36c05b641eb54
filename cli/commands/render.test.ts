import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BiquadChain, cookbookBiquad, EqFilter } from '../../src/audio/biquad';
import { measureSound } from '../../src/audio/render';
import type { Sound } from '../../src/audio/sound';
import { blobBytes, openWav } from '../../src/audio/wav-reader';
import { WavEncoder, wavHeader } from '../../src/audio/wav-writer';
import { writeModelFile } from '../../src/model/model-file';
import { decodeSetting } from '../../src/model/word-settings';
import { exportPreset } from '../../src/presets/export-preset';
import { presetFormat } from '../../src/presets/formats';
import { sampleModel } from '../../src/testing/sample-model';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { callCli } from '../run-cli';

const RATE = 44_100;
const folder = temporaryFolder();

const model = sampleModel();
const modelPath = folder.write('model.safetensors', writeModelFile(model));
const setting = decodeSetting(model, model.document.words[0]?.centroid ?? []);

/** Two seconds of noise in stereo, as 32-bit floats; longer than a piece. */
const samples = [1, 2].map((seed) => {
  let state = seed;
  return Float32Array.from({ length: 2 * RATE }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state / 2 ** 31) * 0.05;
  });
});
const shape = { format: '32-float', sampleRateHz: RATE, channels: 2 } as const;
const inPath = folder.write('in.wav', wavHeader(shape, 2 * RATE));
writeFileSync(inPath, new WavEncoder(shape).encode(samples), { flag: 'a' });

const open = (path: string): Promise<Sound> => openWav(blobBytes(new Blob([readFileSync(path)])));

async function read(path: string): Promise<Float32Array[]> {
  const sound = await open(path);
  const channels = samples.map(() => new Float32Array(sound.frames));
  let at = 0;
  for await (const piece of sound.pieces()) {
    piece.forEach((part, channel) => channels[channel]?.set(part, at));
    at += piece[0]?.length ?? 0;
  }
  return channels;
}

const run = (name: string, ...args: string[]): ReturnType<typeof callCli> =>
  callCli('render', '--in', inPath, '--out', folder.at(name), ...args);
const ofModel = ['--model', modelPath, '--word', 'bright'];

describe('render', () => {
  it("writes the file through a word's setting, to the last bit", async () => {
    const { status, stderr } = await run('word.wav', ...ofModel, '--bits', '32');
    expect(status).toBe(0);
    expect(stderr).toMatch(/word\.wav: 2\.0 s through bright, 2 channels at 44100 Hz; written in/);
    const wanted = samples.map((channel) => channel.slice());
    new EqFilter(setting, RATE, 2).process(wanted);
    expect(await read(folder.at('word.wav'))).toEqual(wanted);
    expect(readdirSync(folder.path)).not.toContain('word.wav.part');
  });

  it('matches the loudness, and takes a preset', async () => {
    const preset = folder.at('bright.txt');
    const text = exportPreset(
      presetFormat('apo'),
      { name: 'bright', setting },
      {
        sampleRateHz: 48_000,
        preamp: true,
      },
    ).text;
    writeFileSync(preset, text);
    const { status, stderr } = await run(
      'preset.wav',
      '--preset',
      preset,
      '--match',
      '--bits',
      '16',
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(/through bright\.txt, .*, -?\d+\.\d dB to match the loudness/);
    const [before, after] = await Promise.all(
      [inPath, folder.at('preset.wav')].map(async (path) => {
        const [measured] = await measureSound(await open(path), [null], () => undefined);
        return measured?.integratedLufs ?? Number.NaN;
      }),
    );
    expect(after).toBeCloseTo(before ?? Number.NaN, 2);
    expect((await open(folder.at('preset.wav'))).frames).toBe(2 * RATE);
  });

  it("plays all of a preset's own filters, and names what it leaves aside", async () => {
    const filters = Array.from({ length: 8 }, (_, i) => ({
      kind: i === 7 ? ('high pass' as const) : ('bell' as const),
      frequencyHz: 60 * 2 ** i,
      gainDb: i === 7 ? 0 : (i % 3) * 4 - 4,
      q: 2,
    }));
    const lines = filters.map(({ kind, frequencyHz, gainDb, q }) =>
      kind === 'bell'
        ? `Filter: ON PK Fc ${String(frequencyHz)} Hz Gain ${String(gainDb)} dB Q ${String(q)}`
        : `Filter: ON HPQ Fc ${String(frequencyHz)} Hz Q ${String(q)}`,
    );
    const preset = folder.write('ten.txt', ['Preamp: -6', 'Include: a.txt', ...lines].join('\n'));
    const { status, stderr } = await run('ten.wav', '--preset', preset, '--bits', '32');
    expect(status).toBe(0);
    expect(stderr).toContain('Its preamp of −6 dB is left aside.');
    expect(stderr).toContain('Line 2: "Include: a.txt" names another file');
    expect(stderr).toMatch(/would be up to \d+\.\d\d dB from it; its own filters are rendered\./);
    const wanted = samples.map((channel) => channel.slice());
    const biquads = filters.map((filter) => cookbookBiquad(filter, RATE));
    new BiquadChain(biquads, 2).process(wanted);
    expect(await read(folder.at('ten.wav'))).toEqual(wanted);
  });

  it("plays a GraphicEQ's own curve", async () => {
    const preset = folder.write('curve.txt', 'GraphicEQ: 20 0; 1000 -6; 20000 0');
    const impulse = folder.write('impulse.wav', wavHeader(shape, RATE));
    const one = samples.map(() => new Float32Array(RATE).fill(0.5, 0, 1));
    writeFileSync(impulse, new WavEncoder(shape).encode(one), { flag: 'a' });
    const out = folder.at('curve.wav');
    const { status, stderr } = await callCli(
      'render',
      ...['--in', impulse, '--out', out, '--preset', preset, '--bits', '32'],
    );
    expect([status, stderr]).toEqual([0, expect.stringMatching(/minimum phase with \d+ taps/)]);
    const [left = new Float32Array()] = await read(out);
    for (const [hz, db] of [
      [100, -2.47],
      [1000, -6],
      [8000, -1.84],
    ] as const) {
      const sums = [0, 1].map((quarter) =>
        left.reduce(
          (sum, x, n) =>
            sum + x * Math.cos((2 * Math.PI * hz * n) / RATE - (quarter * Math.PI) / 2),
          0,
        ),
      );
      const level = 20 * Math.log10(2 * Math.hypot(...sums));
      expect(Math.abs(level - db)).toBeLessThan(0.1);
    }
  });

  it('says what cannot be used, and leaves no file behind', async () => {
    const broken = folder.write('broken.wav', 'RIFF and nothing more');
    const kept = folder.write('kept.wav', 'as it was');
    const cases: [string[], string][] = [
      [
        ['--in', broken, '--out', kept, ...ofModel],
        `${broken}: The file is no WAV file; convert it to one.`,
      ],
      [['--in', folder.at('none.wav'), '--out', kept, ...ofModel], 'none.wav: There is no such'],
      [['--in', folder.path, '--out', kept, ...ofModel], 'It is not a file.'],
      [['--in', inPath, '--out', inPath, ...ofModel], 'names the file that is read'],
      [['--in', inPath, '--out', folder.at('no/o.wav'), ...ofModel], 'cannot be written'],
      [['--in', inPath, '--out', kept, ...ofModel, '--bits', '20'], 'takes 16, 24 or 32, not "20"'],
      [['--in', inPath, '--out', kept, '--preset', broken], `${broken}: `],
      [['--in', inPath, '--out', kept, '--preset', broken, ...ofModel], "'--preset' or '--model'"],
      [['--out', kept, ...ofModel], "Option '--in' is missing"],
    ];
    for (const [args, sentence] of cases) {
      const { status, stderr } = await callCli('render', ...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
      expect(stderr.trim()).not.toContain('\n');
    }
    expect(readFileSync(kept, 'utf8')).toBe('as it was');
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
