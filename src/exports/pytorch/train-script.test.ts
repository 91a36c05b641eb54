import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fusedWasmHost } from '../../../cli/threads/fused-wasm-host';
import { createEngine } from '../../engines/create-engine';
import { parseSafeCsv } from '../../data/parse-safe-csv';
import { syntheticCsv } from '../../data/synthetic';
import type { SafeData } from '../../data/rows';
import { SETTING_KEYS } from '../../recipe/settings';
import { RECIPES } from '../../recipe/recipes';
import type { Recipe } from '../../recipe/recipe';
import { temporaryFolder } from '../../testing/temporary-folder';
import { hasTorch, runPython, runTogether, TORCH_DEADLINE_MS } from '../../testing/torch';
import { readCheckpoint, writeCheckpoint } from '../../training/checkpoint';
import type { TrainingCheckpoint } from '../../training/progress';
import { trainingSetFor } from '../../training/rows/as-chosen';
import { countLearntRows } from '../../training/rows/learnt-rows';
import type { RunPlan } from '../../training/run-plan';
import { prepareRun } from '../../training/prepare-run';
import { trainScript } from './train-script';

const TEMPLATE = readFileSync(new URL('train.py', import.meta.url), 'utf8');
const WORDS = ['airy', 'boomy', 'bright', 'warm'];
const STEPS = 10;

const bytes = new TextEncoder().encode(syntheticCsv());
const data = await parseSafeCsv(bytes, { synthetic: true });
const folder = temporaryFolder();
const dataFile = folder.write('data.csv', bytes);

const warmbright = RECIPES.warmbright.recipe;
/**
 * Small enough for a test; all that the recipe does is still done. Adam moves a weight whose gradient
 * is nearly nothing as far as any other; with this seed no weight's is that small.
 */
const ALL: Recipe = { ...warmbright, madeUp: 1, madeUpSets: 3, epochs: 2, seed: 2 };

async function planOf(recipe: Recipe, name = 'A run'): Promise<RunPlan> {
  return { name, recipe, data, set: await trainingSetFor(recipe, data, WORDS) };
}

/** The recipe for {@link STEPS} steps in all, with dropout off. */
async function tenSteps(recipe: Recipe): Promise<RunPlan> {
  const { set } = await planOf(recipe);
  const rows = countLearntRows(set, recipe);
  const batchSize = Math.ceil((rows * recipe.epochs) / STEPS);
  return planOf({ ...recipe, dropout: 0, batchSize });
}

/** By our fastest engine here, to the last epoch. */
async function train(plan: RunPlan, epochs = plan.recipe.epochs): Promise<TrainingCheckpoint> {
  const { engine } = await createEngine('wasm', { fusedWasm: await fusedWasmHost(1) });
  try {
    const run = await prepareRun(plan, engine, null, { follow: false });
    run.cancelMeasuring();
    while (run.history.length < epochs) await run.nextEpoch();
    return { model: await run.frame('last'), progress: await run.progress() };
  } finally {
    engine.dispose();
  }
}

/** Writes the script of a plan's model to a folder; gives the arguments that start it. */
async function writeScript(
  name: string,
  { model }: TrainingCheckpoint,
  of: SafeData = data,
): Promise<string[]> {
  const files = await trainScript(model.document, of, TEMPLATE);
  const out = folder.at(name);
  mkdirSync(out);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(out, file), text);
  return [join(out, 'train.py'), '--data', dataFile, '--out', join(out, 'trained')];
}

function trainedIn(name: string): ReturnType<typeof readCheckpoint> {
  return readCheckpoint(readFileSync(folder.at(join(name, 'trained', 'model.safetensors'))));
}

/** Starts several scripts one after the other in one process: to load PyTorch takes seconds. */
const ONE_AFTER_THE_OTHER = `
import json, runpy, sys
for arguments in json.loads(sys.argv[1]):
    sys.argv = arguments
    runpy.run_path(arguments[0], run_name="__main__")
`;

function farthest(one: Float32Array, other: Float32Array): number {
  expect(one).toHaveLength(other.length);
  return one.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? NaN))), 0);
}

describe('the script of a model', () => {
  it('has a default for every setting of a recipe, and Python’s names for values', async () => {
    const known = /^RECIPE = \{\n(.*?)^\}/ms.exec(TEMPLATE)?.[1] ?? '';
    const keys = [...known.matchAll(/^ {4}"(\w+)"/gm)].map(([, key]) => key);
    expect(keys.toSorted()).toEqual(SETTING_KEYS.toSorted());
    const { model } = await train(await tenSteps(ALL));
    const files = await trainScript(model.document, data, TEMPLATE);
    expect(files['train.py']).toContain('"projection": None,\n');
    expect(files['train.py']).toContain('"wordHead": True,\n');
    expect(files['train.py']).toContain('WORDS = ["airy", "boomy", "bright", "warm"]\n');
    expect(files['requirements.txt']).toBe('numpy>=1.24\ntorch>=1.13\n');
    const { rows } = JSON.parse(files['rows.json']) as { rows: [number, number, string, string][] };
    const { set } = await planOf(model.document.run?.recipe ?? ALL);
    expect(rows.map(([line]) => line)).toEqual(
      [...set.rows, ...set.others].map(({ line }) => line),
    );
    expect(rows.filter(([, , part]) => part === 'held-out')).toHaveLength(
      model.document.run?.heldOutRows ?? 0,
    );
    expect(rows.filter(([, word]) => word < 0)).toHaveLength(set.others.length);
  });

  it('is refused where it could not read the rows, or not the same ones', async () => {
    const { model } = await train(await tenSteps({ ...ALL, hidden: [8], epochs: 1 }));
    const { document } = model;
    const written = (given: Partial<SafeData>, run = document.run) =>
      trainScript({ ...document, run }, { ...data, ...given }, TEMPLATE);
    await expect(written({}, null)).rejects.toThrow('does not say what it was trained on');
    await expect(written({ sha256: 'a'.repeat(64) })).rejects.toThrow('another data set');
    await expect(written({ own: 99 })).rejects.toThrow('added here and are in no file');
    const { reading } = data;
    if (reading === undefined) throw new Error('The data set does not say how it was read.');
    await expect(written({ reading: { ...reading, format: 'socialfx' } })).rejects.toThrow(
      'The file holds curves',
    );
  });
});

const torch = hasTorch();
const COMPARED: readonly [string, Recipe][] = [
  ['the default recipe', ALL],
  ['Seed V2', { ...RECIPES['seed-v2'].recipe, epochs: 2 }],
  ['Seed V1', { ...RECIPES['seed-v1'].recipe, epochs: 2 }],
  ['flowEQ, variational', { ...RECIPES['flow-eq-2'].recipe, hidden: [64], epochs: 2, klFrom: 0 }],
  [
    'what no recipe on offer does',
    {
      ...RECIPES['seed-v2'].recipe,
      epochs: 2,
      latent: 4,
      latentActivation: 'unit',
      latentSkip: true,
      projection: null,
      contrastiveSelf: false,
      reconstruction: 'shape',
      labels: 'neighbours',
      sampling: 'balanced',
      split: 'row',
      validation: 0.1,
      stopPatience: 5,
      madeUp: 1,
      exchange: 0.5,
      drawnBands: 0.3,
      weightDecay: 0.01,
      beta2: 0.98,
      otherRows: true,
      schedule: 'cosine',
    },
  ],
  [
    'masked silent bands',
    {
      ...RECIPES['seed-v2'].recipe,
      epochs: 2,
      reconstruction: 'mae',
      input: 'response',
      audit: warmbright.audit,
    },
  ],
];

const SEED_V2 = 'Seed V2, noisy';
const NOISY: readonly [string, Recipe][] = [
  ['Warmbright, five epochs', { ...ALL, epochs: 5 }],
  [SEED_V2, { ...RECIPES['seed-v2'].recipe, epochs: 5 }],
  [
    'flowEQ, noisy',
    { ...RECIPES['flow-eq-2'].recipe, hidden: [64], epochs: 5, batchSize: 32, klFrom: 0 },
  ],
];

describe.skipIf(!torch)('train.py in PyTorch (skipped where /usr/bin/python3 has no torch)', () => {
  const ours: TrainingCheckpoint[] = [];

  beforeAll(async () => {
    const starts: string[][] = [];
    for (const [name, recipe] of COMPARED) {
      const checkpoint = await train(await tenSteps(recipe));
      ours.push(checkpoint);
      starts.push(await writeScript(name, checkpoint));
    }
    // Half of the run by our engine, the other half by PyTorch.
    const plan = await tenSteps(ALL);
    const half = await train(plan, 1);
    const resumed = await writeScript('resumed', half);
    mkdirSync(folder.at('resumed/trained'));
    folder.write('resumed/trained/model.safetensors', writeCheckpoint(half.model, half.progress));
    starts.push([...resumed, '--resume']);
    // With dropout and a latent's noise.
    for (const [name, recipe] of NOISY) {
      starts.push(await writeScript(name, await train(await planOf(recipe), 1)));
    }
    starts.push([
      ...[folder.at(join(SEED_V2, 'train.py')), '--data', dataFile, '--precision', '32'],
      ...['--out', folder.at(join('32 bits', 'trained'))],
    ]);
    await runPython(['-c', ONE_AFTER_THE_OTHER, JSON.stringify(starts)]);
  }, 2 * TORCH_DEADLINE_MS);

  it.each(COMPARED.map(([name], i) => [name, i] as const))(
    'takes the ten steps that our engine takes: %s',
    (name, i) => {
      const { model, progress } = trainedIn(name);
      const expected = ours[i];
      if (expected === undefined || progress === null) throw new Error('Nothing to compare.');
      expect(progress.step).toBe(STEPS);
      expect(farthest(model.weights, expected.model.weights)).toBeLessThan(1e-4);
      progress.history.forEach((record, epoch) => {
        const own = expected.progress.history[epoch];
        // Seed V1's are millions, in square hertz.
        expect(Math.abs(record.total - (own?.total ?? NaN))).toBeLessThan(
          5e-5 * Math.max(1, record.total),
        );
        expect(record.learningRate).toBeCloseTo(own?.learningRate ?? NaN, 12);
        expect(record.validation ?? 0).toBeCloseTo(own?.validation ?? 0, 4);
      });
    },
  );

  it('goes on from a checkpoint of ours, optimiser and all', () => {
    const { model, progress } = trainedIn('resumed');
    expect(progress?.step).toBe(STEPS);
    expect(farthest(model.weights, ours[0]?.model.weights ?? new Float32Array())).toBeLessThan(
      1e-4,
    );
  });

  it('writes a file that says what ours says', () => {
    const { document, map } = trainedIn('the default recipe').model;
    const own = ours[0]?.model;
    if (document.run === null || own === undefined || map === null) throw new Error('No model.');
    expect(document.spec).toEqual(own.document.spec);
    expect(document.normaliser).toEqual(own.document.normaliser);
    expect(document.run).toEqual({ ...own.document.run, engine: 'pytorch', scoreboard: null });
    document.words.forEach(({ word, rows, centroid }, i) => {
      const expected = own.document.words[i];
      expect([word, rows]).toEqual([expected?.word, expected?.rows]);
      centroid?.forEach((value, d) => {
        expect(value).toBeCloseTo(expected?.centroid?.[d] ?? NaN, 3);
      });
    });
    expect(map.labels).toEqual(own.map?.labels);
    expect(map.heldOut).toEqual(own.map?.heldOut);
  });

  it.each(NOISY.map(([name]) => name))(
    'ends where five seeds of ours end: %s',
    async (name) => {
      const recipe = NOISY.find(([of]) => of === name)?.[1] ?? ALL;
      const { set } = await planOf(recipe);
      const seeds = [1, 2, 3, 4, 5];
      const ends: number[] = [];
      for (const seed of seeds) {
        const plan = { ...(await planOf({ ...recipe, seed })), set };
        ends.push((await train(plan)).progress.history.at(-1)?.total ?? NaN);
      }
      const mean = ends.reduce((sum, end) => sum + end, 0) / ends.length;
      const squares = ends.reduce((sum, end) => sum + (end - mean) ** 2, 0);
      const deviation = Math.sqrt(squares / (ends.length - 1));
      const total = trainedIn(name).progress?.history.at(-1)?.total ?? NaN;
      expect(Math.abs(total - mean)).toBeLessThan(2 * deviation);
      // The noise is counted, so that its own seed's end is nearly the same.
      expect(total).toBeCloseTo(ends[seeds.indexOf(recipe.seed)] ?? NaN, 2);
    },
    TORCH_DEADLINE_MS,
  );

  it('trains with numbers of 32 bits, too', () => {
    const [here, there] = [SEED_V2, '32 bits'].map(
      (name) => trainedIn(name).progress?.history.at(-1)?.total ?? NaN,
    );
    expect(there).not.toBe(here);
    expect(there).toBeCloseTo(here ?? NaN, 3);
  });

  it.each(['the default recipe', SEED_V2])(
    'trains the same model in two processes as in one: %s',
    async (name) => {
      const out = folder.at(join(name, 'by-two'));
      await runTogether(2, [folder.at(join(name, 'train.py')), '--data', dataFile, '--out', out]);
      const two = readCheckpoint(readFileSync(join(out, 'model.safetensors')));
      const one = trainedIn(name);
      expect(two.progress?.step).toBe(one.progress?.step);
      expect(farthest(two.model.weights, one.model.weights)).toBeLessThan(1e-4);
    },
    TORCH_DEADLINE_MS + 10_000,
  );
});
