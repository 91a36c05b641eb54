/** Trains the sample once, for the journeys that need a trained model and not its training. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { trainInNode } from '../../cli/commands/train-in-node';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { countWords, defaultWords } from '../../src/data/words';
import { writeModelFile } from '../../src/model/model-file';
import { DEFAULT_RECIPE, RECIPES } from '../../src/recipe/recipes';
import { runName } from '../../src/recipe/run-name';
import { trainingSetFor } from '../../src/training/rows/as-chosen';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a model file: the sample after {@link EPOCHS} epochs of the page's first recipe. */
    trainedSample: string;
  }
}

/** Enough for words to come apart. */
const EPOCHS = 20;

export default async function trainSample({ provide }: TestProject): Promise<() => void> {
  const sample = readFileSync(fileURLToPath(new URL('../../public/sample.csv', import.meta.url)));
  const data = await parseSafeCsv(sample, { synthetic: true });
  const { recipe: preset, words } = RECIPES[DEFAULT_RECIPE];
  const recipe = { ...preset, epochs: EPOCHS };
  const set = await trainingSetFor(recipe, data, defaultWords(countWords(data), words.atLeast));
  const plan = { name: runName(recipe), recipe, data, set };
  const { model } = await trainInNode(plan, 'wasm', 1, {
    onEpoch: () => undefined,
    note: () => undefined,
  });
  const folder = mkdtempSync(join(tmpdir(), 'warmbright-sample-'));
  const path = join(folder, 'trained-sample.safetensors');
  writeFileSync(path, writeModelFile(model));
  provide('trainedSample', path);
  return () => {
    rmSync(folder, { recursive: true });
  };
}
