import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Scoreboard } from '../../src/model/model';
import { SENSIBLE_CHOICES } from '../../src/recipe/audit-choices';
import { readModelFile } from '../../src/model/model-file';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { callCli, runCli } from '../run-cli';

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));

const folder = temporaryFolder();

interface Report {
  recipe: { epochs: number; holdout: number };
  seed: number;
  engine: { name: string; device: string };
  seconds: number;
  steps: number;
  millisecondsPerStep: number;
  metrics: Scoreboard;
  epochs: { epoch: number; total: number }[];
  words: { word: string; rows: number; setting: Record<string, number> }[];
}
interface Evaluation {
  scoreboard: Scoreboard;
  words: Report['words'];
}

async function trainSample(out: string, ...options: string[]): Promise<Report> {
  const { status, stderr } = await callCli(
    'train',
    '--data',
    SAMPLE,
    '--out',
    out,
    '--engine',
    'wasm',
    ...options,
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
}

async function evaluateSample(model: string): Promise<Evaluation> {
  const { status, stdout, stderr } = await callCli(
    'evaluate',
    '--model',
    model,
    '--data',
    SAMPLE,
    '--json',
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Evaluation;
}

/** All numbers in a value, in its order. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe('train on the sample', () => {
  const out = folder.at('new/run');

  it('writes a report of the run, whose figures evaluate finds again in the model', async () => {
    const report = await trainSample(
      out,
      '--epochs',
      '2',
      '--seed',
      '7',
      '--words',
      'warm, Bright',
    );
    expect(report).toMatchObject({ seed: 7, recipe: { epochs: 2, holdout: 0.2 } });
    expect(report.engine.name).toBe('fused-wasm');
    expect(report.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(report.millisecondsPerStep).toBeCloseTo((1000 * report.seconds) / report.steps, 6);
    expect(report.metrics.on).toBe('held-out rows');
    expect(report.words.map(({ word }) => word)).toEqual(['bright', 'warm']);
    const { document } = readModelFile(readFileSync(join(out, 'model.safetensors')));
    expect(document.run?.synthetic).toBe(true);

    const evaluation = await evaluateSample(join(out, 'model.safetensors'));
    const { scoreboard, words } = evaluation;
    expect(words.map(({ setting }) => setting)).toEqual(report.words.map(({ setting }) => setting));
    // The engine's float32 latents are not the plain forward pass's to the last bit.
    const measured = numbersOf(report.metrics);
    expect(numbersOf(scoreboard)).toHaveLength(measured.length);
    numbersOf(scoreboard).forEach((value, i) => {
      expect(value).toBeCloseTo(measured[i] ?? Number.NaN, 3);
    });
    const judged = scoreboard.words.reduce((sum, { heldOutRows }) => sum + heldOutRows, 0);
    expect(judged).toBe(report.metrics.rows);
    expect(scoreboard.training?.rows).toBeGreaterThan(report.metrics.rows);
    const { flat = 0, parameterComponents } = scoreboard.baselines ?? {};
    expect(parameterComponents).toBeLessThan(flat);
  });

  it('gives the same bytes for the same seed, whichever process trains', () => {
    const again = folder.at('again');
    const options = ['--epochs', '2', '--seed', '7', '--words', 'bright,warm', '--engine', 'wasm'];
    const { status, stderr } = runCli('train', '--data', SAMPLE, '--out', again, ...options);
    expect(status, stderr).toBe(0);
    const bytes = (of: string) => readFileSync(join(of, 'model.safetensors'));
    expect(bytes(again).equals(bytes(out))).toBe(true);
  });

  it('gives the same bytes however many threads share the work', async () => {
    const threaded = folder.at('threaded');
    const options = ['--epochs', '2', '--seed', '7', '--words', 'bright,warm', '--threads', '2'];
    const { engine } = await trainSample(threaded, ...options);
    expect(engine.device).toContain('2 threads');
    const bytes = (of: string) => readFileSync(join(of, 'model.safetensors'));
    expect(bytes(threaded)).toEqual(bytes(out));
  });

  it('says that figures leak where rows were held out one by one', async () => {
    const one = folder.at('rows');
    const options = ['--set', 'split=row', '--epochs', '1', '--words', 'bright,warm'];
    const { status, stdout } = await callCli('train', '--data', SAMPLE, '--out', one, ...options);
    expect(status).toBe(0);
    expect(stdout).toContain('which leaks');
    const model = join(one, 'model.safetensors');
    expect((await callCli('evaluate', '--model', model, '--data', SAMPLE)).stdout).toContain(
      'leak',
    );
  });

  it('stops early, and says which epoch the weights are of', async () => {
    const one = folder.at('early');
    const options = [
      '--set',
      'validation=0.2',
      '--set',
      'stopPatience=1',
      '--words',
      'bright,warm',
    ];
    const wild = ['--set', 'learningRate=0.1', '--epochs', '40', ...options];
    const { status, stdout } = await callCli('train', '--data', SAMPLE, '--out', one, ...wild);
    expect(status).toBe(0);
    const [, trained, best] = /Trained (\d+) of 40 epochs; .* of epoch (\d+),/.exec(stdout) ?? [];
    expect(Number(trained)).toBe(Number(best) + 1);
    const report = JSON.parse(readFileSync(join(one, 'report.json'), 'utf8')) as Report;
    expect(report.epochs).toHaveLength(Number(trained));
  });

  it('takes the words that the recipe is meant for', async () => {
    const { words } = await trainSample(
      folder.at('flow'),
      '--recipe',
      'flow-eq-2',
      '--epochs',
      '1',
    );
    expect(words.map(({ word }) => word)).toEqual(['bright', 'warm']);
  });

  it('cleans the data as its recipe says, and evaluate cleans it alike', async () => {
    const untidy = folder.at('untidy.csv');
    const rows = readFileSync(SAMPLE, 'utf8').trimEnd().split('\n');
    const warm = rows.filter((row) => row.split(',')[1] === 'warm');
    writeFileSync(untidy, [...rows, ...warm.slice(0, 30)].join('\n'));
    const cleaned = folder.at('cleaned');
    const options = ['--epochs', '1', '--seed', '7', '--words', 'bright,warm', '--engine', 'wasm'];
    const choices = ['--set', 'audit=sensible', '--set', 'audit.rails=drop'];
    const run = async (out: string, ...more: string[]): Promise<Report> => {
      const { status, stderr } = await callCli(
        ...['train', '--data', untidy, '--out', out, ...options, ...more],
      );
      expect(status, stderr).toBe(0);
      return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
    };
    const report = await run(cleaned, ...choices);
    const { document } = readModelFile(readFileSync(join(cleaned, 'model.safetensors')));
    expect(document.run?.recipe.audit).toEqual({ ...SENSIBLE_CHOICES, rails: 'drop' });
    const all = document.words.reduce((sum, { rows: own }) => sum + own, 0);
    const kept = (await run(folder.at('kept'), '--set', 'audit=founding')).words;
    expect(all).toBeLessThan(kept.reduce((sum, { rows: own }) => sum + own, 0) - 30);

    const { status, stdout } = await callCli(
      ...['evaluate', '--model', join(cleaned, 'model.safetensors'), '--data', untidy, '--json'],
    );
    expect(status).toBe(0);
    const { scoreboard } = JSON.parse(stdout) as Evaluation;
    expect(scoreboard.rows + (scoreboard.training?.rows ?? 0)).toBe(all);
    expect(scoreboard.rows).toBe(report.metrics.rows);
    expect(scoreboard.silhouette).toBeCloseTo(report.metrics.silhouette ?? NaN, 4);
  });

  it('says training rows where no row was held out', async () => {
    const all = folder.at('all');
    const report = await trainSample(
      all,
      '--epochs',
      '1',
      '--holdout',
      '0',
      '--words',
      'bright,warm',
    );
    expect(report.metrics.on).toBe('training rows');
    const { scoreboard } = await evaluateSample(join(all, 'model.safetensors'));
    expect(scoreboard).toMatchObject({ on: 'training rows', baselines: null, training: null });
  });
});

describe('train, given what it cannot use', () => {
  const lines = readFileSync(SAMPLE, 'utf8').split('\n');
  const spoilt = folder.at('spoilt.csv');
  writeFileSync(
    spoilt,
    [
      ...lines.slice(0, 40),
      lines[40]?.replace(/^([^,]*,){5}[^,]*/, (start) => start.replace(/[^,]*$/, 'loud')),
      ...lines.slice(41),
    ].join('\n'),
  );
  const out = folder.at('unused');

  it.each([
    ['a row', ['--data', spoilt], /spoilt\.csv: line 41, column 6: /],
    ['no data', [], /'--data' is missing/],
    ['an option', ['--data', SAMPLE, '--sed', '1'], /--sed/],
    ['a value', ['--data', SAMPLE, '--epochs', 'many'], /'--epochs' takes a number, not "many"/],
    ['a range', ['--data', SAMPLE, '--holdout', '0.95'], /holdout/],
    ['a recipe', ['--data', SAMPLE, '--recipe', 'cake'], /"cake"/],
    ['a finding', ['--data', SAMPLE, '--set', 'audit.cake=drop'], /no choice "cake"/],
    ['a merge', ['--data', SAMPLE, '--set', 'audit.merged=bold'], /"bold" names no two words/],
    ['a choice', ['--data', SAMPLE, '--set', 'audit.rails=mask'], /rails/],
    ['choices', ['--data', SAMPLE, '--set', 'audit=best'], /"best", only founding, sensible/],
    ['an engine', ['--data', SAMPLE, '--engine', 'steam'], /"steam"/],
    ['a word', ['--data', SAMPLE, '--words', 'warm,zxqy'], /zxqy/],
  ])('names it in one line and exits with 2: %s', async (_, args, message) => {
    const { status, stdout, stderr } = await callCli('train', '--out', out, ...args);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  it('leaves bad rows out when asked to', async () => {
    const options = [
      '--epochs',
      '1',
      '--engine',
      'wasm',
      '--words',
      'bright,warm',
      '--skip-bad-rows',
    ];
    const { status, stderr } = await callCli('train', '--data', spoilt, '--out', out, ...options);
    expect(stderr).toContain('line 41, column 6');
    expect(status, stderr).toBe(0);
  });
});
