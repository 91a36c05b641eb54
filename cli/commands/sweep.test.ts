import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readModelFile } from '../../src/model/model-file';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { callCli } from '../run-cli';
import { overSeeds, sweepTable, type SweptRun } from '../text/sweep-report';
import { earlierScoreboard } from '../../src/testing/sample-model';
import { RECIPES } from '../../src/recipe/recipes';

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
const folder = temporaryFolder();

function sweepFile(name: string, content: unknown): string {
  return folder.write(name, JSON.stringify(content));
}

const set = { epochs: 2, hidden: [16, 8], latent: 4, projection: 8 };
const words = ['--words', 'bright,warm', '--engine', 'wasm'];

interface Report {
  runs: SweptRun[];
  overSeeds: { silhouette: { mean: number; runs: number } } | null;
}

describe('train --sweep', () => {
  it('writes a model a run, and prints the figures that are in it', async () => {
    const file = sweepFile('seeds.json', { set, vary: { seed: [1, 2, 3] } });
    const out = folder.at('new/sweep');
    const options = ['--out', out, '--json', '--threads', '2', ...words];
    const { status, stdout, stderr } = await callCli(
      'train',
      '--data',
      SAMPLE,
      '--sweep',
      file,
      ...options,
    );
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/3\/3 seed \d: silhouette .* held-out rows/);
    const report = JSON.parse(stdout) as Report;
    expect(report.runs.map(({ label }) => label)).toEqual(['seed 1', 'seed 2', 'seed 3']);
    for (const { file, name, recipe, metrics } of report.runs) {
      const { document } = readModelFile(readFileSync(join(out, file ?? '')));
      expect(document.run).toMatchObject({ name, recipe, scoreboard: metrics, epochs: 2 });
    }
    const silhouettes = report.runs.map(({ metrics }) => metrics?.silhouette ?? NaN);
    expect(report.overSeeds?.silhouette.mean).toBeCloseTo(
      silhouettes.reduce((a, b) => a + b) / 3,
      12,
    );
    expect(readdirSync(out)).toContain('02-seed-2.safetensors');
    expect(readFileSync(join(out, 'sweep.json'), 'utf8')).toBe(stdout);
  });

  it('ends with a table, and says training rows where none was held out', async () => {
    const all = { ...set, holdout: 0 };
    const file = sweepFile('rates.json', { set: all, vary: { learningRate: [0.001, 0.01] } });
    const { status, stdout, stderr } = await callCli(
      'train',
      '--data',
      SAMPLE,
      '--sweep',
      file,
      ...words,
    );
    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/^run +what differs +total loss/);
    expect(stdout).toMatch(/^ +2 +learning rate 0\.01 .* \d+ training rows$/m);
    expect(stdout).not.toContain('±');
  });

  it.each([
    ['a setting that changes the shapes', { vary: { latent: [2, 3] } }, [], /vary\.latent.*shapes/],
    ['a bad value', { vary: { seed: [1, -1] } }, [], /bad\.json: .*vary\.seed\.1/],
    ['an option the file speaks for', { vary: { seed: [1, 2] } }, ['--epochs', '3'], /'--epochs'/],
  ])('names it in one line and exits with 2: %s', async (_, content, options, message) => {
    const file = sweepFile('bad.json', content);
    const result = await callCli('train', '--data', SAMPLE, '--sweep', file, ...options);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(result).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('train --folds', () => {
  const settings = Object.entries({ ...set, hidden: '16,8' }).flatMap(([key, value]) => [
    '--set',
    `${key}=${String(value)}`,
  ]);
  const folds = (count: string, ...more: string[]) =>
    callCli('train', '--data', SAMPLE, '--folds', count, ...settings, ...words, ...more);

  it('holds every row out once, and ends with the mean over the folds', async () => {
    const { status, stdout, stderr } = await folds('3', '--json');
    expect(status, stderr).toBe(0);
    const { runs, overSeeds: mean } = JSON.parse(stdout) as Report;
    expect(runs.map(({ label }) => label)).toEqual(['fold 1', 'fold 2', 'fold 3']);
    expect(runs.map(({ recipe: { split, folds, fold } }) => [split, folds, fold])).toEqual(
      [1, 2, 3].map((fold) => ['folds', 3, fold]),
    );
    // 140 and 150 rows of the two words.
    expect(runs.reduce((sum, { metrics }) => sum + (metrics?.rows ?? 0), 0)).toBe(290);
    expect(mean?.silhouette.runs).toBe(3);
    expect((await folds('2')).stdout).toMatch(
      /over the folds:\n {2}silhouette -?0\.\d+ ± 0\.\d+ \(2 runs\)/,
    );
  });

  it('refuses a number that is none, in one line', async () => {
    const { status, stderr } = await folds('1');
    expect(stderr).toMatch(/at folds/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });
});

describe('the report', () => {
  const run = (number: number, silhouette: number | null): SweptRun => ({
    run: number,
    label: `seed ${String(number)}`,
    name: 'A run',
    recipe: RECIPES['seed-v2'].recipe,
    engine: 'fused-wasm',
    losses: {
      epoch: 1,
      reconstruction: 0.1,
      contrastive: 2,
      total: 0.3,
      kl: 0,
      contrastiveWeight: 0.1,
      validation: null,
      klWeight: 0,
      learningRate: 0.001,
    },
    metrics: earlierScoreboard({ rows: 9, silhouette, daviesBouldin: 1, reconstruction: 0.2 }),
    file: null,
    failed: null,
  });
  const failed = { ...run(1, 0), losses: null, metrics: null, failed: 'It went wrong.' };

  it('has the best silhouette first and what failed last', () => {
    const runs = [run(0, -0.5), failed, run(2, 0.25), run(3, null)];
    const lines = sweepTable({ runs, overSeeds: null, seconds: 1 }).split('\n').slice(1, 5);
    expect(lines.map((line) => line.trim().split(/ {2,}/)[0])).toEqual(['3', '1', '2', '4']);
    expect(lines[2]).toMatch(/seed 1 +It went wrong\.$/);
  });

  it('has mean and standard deviation over seeds, and only there', () => {
    const runs = [run(0, 0), run(1, 0.5), run(2, 1), run(3, null), failed];
    expect(overSeeds({ seed: [1, 2, 3], dropout: [0.1] }, runs)?.silhouette).toEqual({
      mean: 0.5,
      deviation: 0.5,
      runs: 3,
    });
    expect(overSeeds({ fold: [1, 2], seed: [1, 2] }, runs)?.silhouette?.runs).toBe(3);
    expect(overSeeds({ seed: [1, 2], dropout: [0.1, 0] }, runs)).toBe(null);
  });
});
