/** The work that all peers take: the Seed V2 recipe on 1,283 rows. */
import { readFileSync } from 'node:fs';
import { parseSafeCsv } from '../src/data/parse-safe-csv';
import type { SafeRow } from '../src/data/rows';
import { syntheticCsv } from '../src/data/synthetic';
import { makeTrainingSet } from '../src/data/training-set';
import { countWords } from '../src/data/words';
import type { Examples } from '../src/engines/engine';
import { PARAMETER_COUNT } from '../src/eq/parameters';
import { initialWeights } from '../src/model/initialise';
import { fitNormaliser, normalise } from '../src/model/normaliser';
import type { ModelSpec } from '../src/recipe/model-spec';
import { sharedFile } from '../src/testing/shared-files';
import { specOf } from '../src/recipe/recipe';
import { RECIPES } from '../src/recipe/recipes';
import { beginningAgain } from './protocol';
import type { Task } from './trainer';

/** Rows of the Seed V2 run: of the real file, those of words with five rows or more. */
const ROWS = 1283;
const MIN_ROWS = 5;

/** Of the Seed V2 run. */
export const { recipe: RECIPE } = RECIPES['seed-v2'];

export interface Data {
  readonly examples: Examples;
  readonly words: number;
  /** The real file's rows, or augmented ones. */
  readonly real: boolean;
}

/** What of the base task a measurement changes. */
export interface Changes {
  readonly spec?: Partial<ModelSpec>;
  readonly batchSize?: number;
  readonly rows?: number;
}

/** Rows beyond those there are begin again at the first. */
export function makeTask({ examples }: Data, changes: Changes = {}): Task {
  const spec = { ...specOf(RECIPE, 0), ...changes.spec };
  const { dropout, temperature, contrastiveSelf, seed } = RECIPE;
  const batchSize = changes.batchSize ?? RECIPE.batchSize;
  return {
    spec,
    settings: {
      batchSize,
      dropout,
      temperature,
      contrastiveSelf,
      reconstruction: 'mse',
      columns: [],
      weightDecay: 0,
      beta2: 0.999,
      seed,
    },
    examples: repeated(examples, changes.rows ?? examples.rows),
    distinct: Math.min(examples.rows, changes.rows ?? examples.rows),
    weights: initialWeights(spec, seed),
  };
}

/** Full batches of an epoch. */
export function fullBatches({ examples, settings }: Task): number {
  return Math.max(1, Math.floor(examples.rows / settings.batchSize));
}

/** The real file where it lies beside the repository, else rows of the synthetic sample. */
export async function readData(): Promise<Data> {
  const path = sharedFile('data/SAFEEqualiserUserData.csv');
  return path === null ? augmentedData() : dataOf(await rowsOf(readFileSync(path)), true);
}

/** As many rows as the real file's, out of samples of several seeds. */
export async function augmentedData(): Promise<Data> {
  const rows: SafeRow[] = [];
  for (let seed = 1; rows.length < ROWS; seed++) {
    rows.push(...(await rowsOf(new TextEncoder().encode(syntheticCsv(seed)))));
  }
  return dataOf(rows.slice(0, ROWS), false);
}

/** Rows of the words that have enough of them. */
async function rowsOf(csv: Uint8Array): Promise<readonly SafeRow[]> {
  const data = await parseSafeCsv(csv, { synthetic: false });
  const frequent = countWords(data).filter(({ rows }) => rows >= MIN_ROWS);
  const words = frequent.map(({ word }) => word);
  return (await makeTrainingSet(data, words, { holdout: 0, seed: 1 })).rows;
}

function dataOf(rows: readonly SafeRow[], real: boolean): Data {
  const settings = rows.map(({ setting }) => setting);
  const words = [...new Set(rows.map(({ word }) => word))].sort();
  return {
    examples: {
      rows: rows.length,
      inputs: normalise(settings, fitNormaliser('data', settings)),
      labels: Int32Array.from(rows, ({ word }) => words.indexOf(word)),
    },
    words: words.length,
    real,
  };
}

function repeated({ inputs, labels }: Examples, wanted: number): Examples {
  return {
    rows: wanted,
    inputs: Float32Array.from(beginningAgain(inputs, wanted * PARAMETER_COUNT)),
    labels: Int32Array.from(beginningAgain(labels, wanted)),
  };
}
