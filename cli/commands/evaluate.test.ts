import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Scoreboard } from '../../src/model/model';
import { EQ_PARAMETERS } from '../../src/eq/parameters';
import { sharedFile } from '../../src/testing/shared-files';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { callCli } from '../run-cli';

const csv = sharedFile('data/SAFEEqualiserUserData.csv');
const weights = sharedFile('reference/seed-v2.safetensors');
const json = sharedFile('reference/seed-v2.json');
const absent = csv === null || weights === null || json === null;

interface Published {
  rows: number;
  terms: Record<string, number>;
  reconstruction_mse_eval: number;
  term_eq: Record<string, number[]>;
}
interface Printed {
  scoreboard: Scoreboard;
  words: { word: string; rows: number; setting: Record<string, number> }[];
}

describe.skipIf(absent)(
  'evaluate on the published Seed V2 (needs ../shared/reference and data)',
  () => {
    const args = ['evaluate', '--model', weights ?? '', '--data', csv ?? ''];

    it('prints the published figures and all 14 settings as JSON', async () => {
      const { status, stdout } = await callCli(...args, '--json');
      expect(status).toBe(0);
      const published = JSON.parse(readFileSync(json ?? '', 'utf8')) as Published;
      const { scoreboard, words } = JSON.parse(stdout) as Printed;
      expect(scoreboard.on).toBe('all rows');
      expect(scoreboard.rows).toBe(published.rows);
      expect(scoreboard.silhouette?.toFixed(4)).toBe('0.0681');
      expect(scoreboard.daviesBouldin?.toFixed(3)).toBe('4.692');
      expect(scoreboard.reconstruction).toBeCloseTo(published.reconstruction_mse_eval, 6);
      // Nobody says which rows are held out, so nothing is claimed beside baselines.
      expect(scoreboard.baselines).toBe(null);
      expect(scoreboard.training).toBe(null);

      expect(Object.fromEntries(words.map(({ word, rows }) => [word, rows]))).toEqual(
        published.terms,
      );
      for (const { word, setting } of words) {
        const values = Object.values(setting);
        EQ_PARAMETERS.forEach(({ kind, name }, i) => {
          const wanted = published.term_eq[word]?.[i] ?? Number.NaN;
          const error = Math.abs((values[i] ?? Number.NaN) - wanted);
          expect(error, `${word}, ${name}`).toBeLessThan(kind === 'gain' ? 0.005 : 0.001 * wanted);
        });
      }
      const warm = words.find(({ word }) => word === 'warm')?.setting ?? {};
      expect(warm['bell 1 gain (dB)']).toBeCloseTo(5.46, 2);
      expect(warm['bell 1 frequency (Hz)']).toBeCloseTo(287, 0);
      expect(Object.keys(warm)).toContain('bell 1 Q');
    });

    it('prints a table for people that says which rows the figures are on', async () => {
      const { status, stdout } = await callCli(...args);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^ +All rows \(1,283, 58 people\)$/m);
      expect(stdout).toMatch(/^The model may have learnt from any of these rows/m);
      expect(stdout).toMatch(/Silhouette +0\.068$/m);
      expect(stdout).toMatch(/Davies–Bouldin +4\.69$/m);
      expect(stdout).toMatch(/^warm +532 rows +-0\.23 dB +113 Hz \| +\+5\.46 dB +287 Hz Q 0\.85/m);
    });
  },
);

describe('evaluate, given what it cannot use', () => {
  const folder = temporaryFolder();
  const file = (name: string, content: string): string => {
    return folder.write(name, content);
  };
  const sample = new URL('../../public/sample.csv', import.meta.url).pathname;

  it.each([
    ['an unknown option', ['--loud'], /--loud/],
    ['no model', ['--data', sample], /--model/],
    [
      'a model that is not there',
      ['--model', 'none.safetensors', '--data', sample],
      /^warmbright: none\.safetensors: /,
    ],
    [
      'a model that is none',
      ['--model', file('noise.safetensors', 'noise'), '--data', sample],
      /noise\.safetensors: /,
    ],
  ])('says so in one line and exits with 2: %s', async (_, args, message) => {
    const { status, stdout, stderr } = await callCli('evaluate', ...args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
