import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS } from '../../src/eq/parameters';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { writeModelFile } from '../../src/model/model-file';
import { decodeSetting } from '../../src/model/word-settings';
import { PRESET_FORMATS } from '../../src/presets/formats';
import { importPreset } from '../../src/presets/import-preset';
import { sampleModel } from '../../src/testing/sample-model';
import { sharedFile } from '../../src/testing/shared-files';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { callCli } from '../run-cli';

const csv = sharedFile('data/SAFEEqualiserUserData.csv');
const weights = sharedFile('reference/seed-v2.safetensors');
const json = sharedFile('reference/seed-v2.json');
const FREQUENCIES = logFrequencies(60);
const absent = csv === null || weights === null || json === null;

describe.skipIf(absent)(
  'generate with the published Seed V2 (needs ../shared/reference and data)',
  () => {
    it('writes the published setting of warm, placing it by the data', async () => {
      const args = ['--model', weights ?? '', '--data', csv ?? '', '--word', 'warm'];
      const { status, stdout, stderr } = await callCli('generate', ...args, '--format', 'apo');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^# warm\nPreamp: -\d\.\d dB\nFilter 1: ON LSC Fc 112\.9/);
      expect(stdout).toMatch(/Filter 2: ON PK Fc 286\.7\d? Hz Gain 5\.45/);
      expect(stderr).toMatch(/warm as apo: read back, it is at most 0\.0[0-4]\d dB/);
      const published = JSON.parse(readFileSync(json ?? '', 'utf8')) as {
        term_eq: { warm: number[] };
      };
      importPreset(stdout).setting.forEach((value, i) => {
        const wanted = published.term_eq.warm[i] ?? Number.NaN;
        const gain = EQ_PARAMETERS[i]?.kind === 'gain';
        expect(Math.abs(value - wanted)).toBeLessThan(gain ? 0.006 : 0.002 * wanted);
      });
    });

    it('says that it needs the data', async () => {
      const args = ['--model', weights ?? '', '--word', 'warm', '--format', 'apo'];
      const { status, stderr } = await callCli('generate', ...args);
      expect(status).toBe(2);
      expect(stderr).toContain("give the file it was trained on with '--data'.");
    });
  },
);

describe('generate', () => {
  const folder = temporaryFolder();
  const model = sampleModel();
  const path = folder.write('model.safetensors', writeModelFile(model));
  const run = (...args: string[]): ReturnType<typeof callCli> =>
    callCli('generate', '--model', path, ...args);
  const bright = decodeSetting(model, model.document.words[0]?.centroid ?? []);

  it('writes every format to a file', async () => {
    for (const { key } of PRESET_FORMATS) {
      const out = folder.at(key);
      const { status, stdout } = await run('--word', 'bright', '--format', key, '--out', out);
      expect([status, stdout]).toEqual([0, '']);
      const { format, setting, exact } = importPreset(readFileSync(out, 'utf8'));
      expect([format.key, exact]).toEqual([key, true]);
      // The preset's bells are in the order of their frequencies, the model's need not be.
      const wanted = responseDb(bright, FREQUENCIES);
      responseDb(setting, FREQUENCIES).forEach((db, i) => {
        expect(Math.abs(db - (wanted[i] ?? Number.NaN))).toBeLessThan(0.05);
      });
    }
  });

  it('takes a kind, a strength and a mixture', async () => {
    const cluster = await run(
      '--word',
      'bright',
      '--kind',
      '1',
      '--format',
      'json',
      '--strength',
      '-1',
    );
    expect(JSON.parse(cluster.stdout)).toMatchObject({
      name: 'bright, top lift at −100 %',
      preampDb: 0,
      filters: [{ gainDb: 0 }, {}, {}, {}, { kind: 'high shelf', gainDb: -4.5 }],
    });
    const args = ['--mix', 'bright=3,wärm=1', '--format', 'json', '--space', 'parameters'];
    const mixed = JSON.parse((await run(...args)).stdout) as {
      name: string;
      filters: { gainDb: number }[];
    };
    const warm = decodeSetting(model, model.document.words[1]?.centroid ?? []);
    expect(mixed.name).toBe('75 % bright, 25 % wärm');
    expect(mixed.filters[0]?.gainDb).toBeCloseTo(
      0.75 * (bright[0] ?? 0) + 0.25 * (warm[0] ?? 0),
      3,
    );
  });

  it('writes proposals, one file each, and says by what the word is known', async () => {
    const args = ['--word', 'bright', '--proposals', '2', '--format', 'json'];
    const { status, stdout, stderr } = await run(...args, '--out', folder.at('ways.json'));
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain(
      'For bright, no single curve is surely nearer to what people set than no EQ at all: 3 synthetic settings by 2 made-up people.',
    );
    const written = ['ways-1.json', 'ways-2.json'].map(
      (name) => JSON.parse(readFileSync(folder.at(name), 'utf8')) as unknown,
    );
    expect(written).toMatchObject([
      { name: 'bright, top lift', filters: [{}, {}, {}, {}, { gainDb: 4.5 }] },
      { name: 'bright, gentle' },
    ]);
  });

  it('draws other engineers’ settings, the same from the same seed', async () => {
    const args = ['--word', 'bright', '--sample', '3', '--format', 'apo'];
    const { status, stdout } = await run(...args);
    expect(status).toBe(0);
    expect(stdout.match(/^# bright, another engineer’s \(\d\)$/gm)).toEqual([
      '# bright, another engineer’s (1)',
      '# bright, another engineer’s (2)',
      '# bright, another engineer’s (3)',
    ]);
    expect((await run(...args, '--seed', '1')).stdout).toBe(stdout);
    expect((await run(...args, '--seed', '2')).stdout).not.toBe(stdout);
  });

  it('writes for Equalizer APO where no format is named', async () => {
    const { stdout } = await run('--word', 'bright');
    expect(stdout).toBe((await run('--word', 'bright', '--format', 'apo')).stdout);
  });

  it('asks the ready-made model where no other is named', async () => {
    const { status, stdout } = await callCli(
      'generate',
      '--word',
      'warm',
      '--sample',
      '3',
      '--seed',
      '1',
    );
    expect(status).toBe(0);
    expect(stdout.match(/^# warm, another engineer’s \(\d\)$/gm)).toHaveLength(3);
  });

  it('leaves the preamp out where it is not wanted', async () => {
    const args = ['--word', 'bright', '--kind', '1', '--format', 'apo'];
    expect((await run(...args)).stdout).toContain('Preamp: -4.5 dB');
    expect((await run(...args, '--no-preamp')).stdout).toContain('Preamp: 0.0 dB');
  });

  it.each([
    [['--word', 'bright', '--format', 'vst'], 'There is no preset format "vst"'],
    [['--format', 'apo'], "Give either '--word' or '--mix'"],
    [
      ['--word', 'bright', '--mix', 'bright=1', '--format', 'apo'],
      "Give either '--word' or '--mix'",
    ],
    [['--word', 'dark', '--format', 'apo'], 'The model does not know the word “dark”.'],
    [['--mix', 'bright', '--format', 'apo'], 'takes words with weights, as in warm=0.7'],
    [['--mix', 'bright=much', '--format', 'apo'], 'takes a number, not "much"'],
    [['--mix', 'bright=0', '--format', 'apo'], 'weight above 0'],
    [['--mix', 'bright=1', '--kind', '1', '--format', 'apo'], "goes with '--word' only"],
    [['--word', 'bright', '--kind', '3', '--format', 'apo'], 'takes 1 to 2, the kinds of'],
    [['--word', 'wärm', '--kind', '1', '--format', 'apo'], 'has no kinds of "wärm"'],
    [['--word', 'bright', '--strength', '3', '--format', 'apo'], 'takes a number from -1 to 2'],
    [['--word', 'bright', '--rate', '8000', '--format', 'apo'], 'takes a number from 40001'],
    [['--word', 'bright', '--space', 'time', '--format', 'apo'], 'takes latent or parameters'],
    [['--word', 'bright', '--format', 'apo', '--out', folder.path], 'cannot be written'],
    [
      ['--word', 'bright', '--sample', '2', '--proposals', '2', '--format', 'apo'],
      "Give either '--proposals' or '--sample'",
    ],
    [['--word', 'bright', '--seed', '2', '--format', 'apo'], "goes with '--sample' only"],
    [['--word', 'bright', '--proposals', '6', '--format', 'apo'], 'takes a number from 1 to 5'],
    [['--word', 'bright', '--sample', '1.5', '--format', 'apo'], 'takes a whole number, not 1.5'],
    [['--mix', 'bright=1', '--sample', '2', '--format', 'apo'], "goes with '--word' only"],
    [['--word', 'wärm', '--sample', '2', '--format', 'apo'], 'does not say how people differ'],
    [['--word', 'wärm', '--proposals', '2', '--format', 'apo'], 'has no proposals for “wärm”'],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });
});
