/** `warmbright build-model`: the ready-made model that the page ships, with its replay and its card. */
import { join } from 'node:path';
import { checked } from '../../src/base/checked-json';
import { InputError } from '../../src/base/input-error';
import { sha256Hex } from '../../src/base/sha256';
import { cleanData } from '../../src/data/audit/clean';
import type { SafeData } from '../../src/data/rows';
import { packApartMaps } from '../../src/ready/apart-maps';
import { modelCardSchema, type ModelCard } from '../../src/ready/model-card';
import { READY_AMOUNTS } from '../../src/explore/draw-apart';
import { packCheaply, type Packed } from '../../src/ready/ready-made';
import { recipeSchema, type Recipe } from '../../src/recipe/recipe';
import { DEFAULT_RECIPE, RECIPES } from '../../src/recipe/recipes';
import { runName } from '../../src/recipe/run-name';
import { timelineEpochs, type TimelineFrame } from '../../src/timeline/timeline';
import { packTimeline, unpackTimeline } from '../../src/timeline/timeline-file';
import { trainingSetFor } from '../../src/training/rows/as-chosen';
import type { RunPlan } from '../../src/training/run-plan';
import { chooseWords } from '../options/choose-words';
import { DATA_HELP, DATA_OPTIONS } from '../options/data-options';
import { readData } from '../options/files';
import { makeFolder } from '../options/make-folder';
import { needed, numberOr, readOptions } from '../options/options';
import type { Output } from '../output';
import { checkFolder, checkOutput, writeWhole } from '../output-file';
import { untilSignal } from '../signals';
import { MADE_UP, READY_LICENCE, SAFE_CITATION } from '../../src/exports/card-sections';
import { modelCardText } from '../../src/exports/model-card-text';
import { trainInNode } from './train-in-node';
import { progressListener, type Trained } from './trained';

const MODEL_FILE = 'model.bin';
const REPLAY_FILE = 'replay.bin';
const APART_FILE = 'apart.bin';
const CARD_FILE = 'card.json';
const CARD_TEXT_FILE = 'card.md';

/** Of all files together: what a page can load beside everything else. */
const MOST_BYTES = 300 * 1024;
/** More are not told apart in the second or two that a replay takes. */
const FRAMES = 24;
const ENGINE = 'wasm-1';

const HELP = `npm run cli -- build-model --data FILE --out DIR [options]

Trains the model that the page has ready, by the recipe ${DEFAULT_RECIPE} and on its words, and writes
  DIR/${MODEL_FILE}    weights, words and map, in few bits
  DIR/${REPLAY_FILE}   where the map's points lay, and what the words did, after ${String(FRAMES)} of the epochs,
                the start counted as one
  DIR/${APART_FILE}    its map with the words drawn apart, by each of a few amounts
  DIR/${CARD_FILE}    how it was made, what it reaches and what the few bits cost
  DIR/${CARD_TEXT_FILE}      the same for people
of at most ${String(MOST_BYTES / 1024)} KiB together. The same file, seed and version of Node give the same bytes: it trains
by the engine fused-wasm, on one thread. No row's setting, label or contributor goes into the files.

  --data FILE       the SAFE-DB file (CSV)
  --out DIR         where the files go; made if it is not there
  --seed N          of weights, order of rows and split (default 1)
  --epochs N        instead of the recipe's
${DATA_HELP}`;

/** Runs the command: results go to files, progress to standard error. */
export async function buildModel(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    {
      data: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string' },
      epochs: { type: 'string' },
      ...DATA_OPTIONS,
    },
    output,
  );
  if (options === null) return;
  const dataPath = needed('--data', options.data);
  const out = needed('--out', options.out);
  const recipe = recipeOf(options);
  const data = await readData(dataPath, options, output);
  const plan = await planOf(recipe, data, output);
  const paths = [MODEL_FILE, REPLAY_FILE, APART_FILE, CARD_FILE, CARD_TEXT_FILE].map((name) =>
    join(out, name),
  );
  makeFolder(out);
  checkFolder(out);
  for (const path of paths) checkOutput(path, [dataPath]);

  output.note(`Learning ${plan.set.words.join(', ')} from ${String(plan.set.rows.length)} rows.`);
  const { trained, frames } = await trainWatched(plan, output);
  const packed = await packCheaply(trained.model, plan.set, data);
  const replay = await packTimeline({ frames, scoreboards: [] });
  const rows = packed.model.map?.labels.length ?? 0;
  const kept = await unpackTimeline(replay, { rows, words: plan.set.words.length });
  const epochs = kept.frames.map(({ epoch }) => epoch);
  const apart = await packApartMaps(packed.model, plan.set.rows);
  const drawn = { replay, epochs, apart };
  const card = await cardOf(plan, data, trained.engine, packed, drawn, options);
  const contents = [
    packed.bytes,
    replay,
    apart,
    ...[`${JSON.stringify(card, null, 2)}\n`, modelCardText(card)].map((text) =>
      new TextEncoder().encode(text),
    ),
  ];
  const total = contents.reduce((sum, { length }) => sum + length, 0);
  if (total > MOST_BYTES) {
    throw new InputError(
      `The files would be ${String(total)} bytes together, more than the ${String(MOST_BYTES)} that the page can ship; nothing was written.`,
    );
  }
  for (const [i, path] of paths.entries()) {
    await writeWhole(path, [dataPath], contents[i] ?? new Uint8Array());
  }
  output.print(summaryOf(packed, paths, contents, total));
}

function recipeOf({
  seed,
  epochs,
}: {
  readonly seed?: string | undefined;
  readonly epochs?: string | undefined;
}): Recipe {
  const { recipe } = RECIPES[DEFAULT_RECIPE];
  const changed = {
    ...recipe,
    seed: numberOr(1, '--seed', seed),
    epochs: numberOr(recipe.epochs, '--epochs', epochs),
  };
  return checked(recipeSchema, changed, 'The recipe');
}

async function planOf(recipe: Recipe, data: SafeData, output: Output): Promise<RunPlan> {
  const meant = RECIPES[DEFAULT_RECIPE].words;
  const cleaned = cleanData(data, recipe.audit);
  const words = chooseWords(cleaned, undefined, meant, meant.atLeast, output);
  const set = await trainingSetFor(recipe, data, words);
  return { name: runName(recipe), recipe, data, set };
}

/** Trains, and keeps the map and the words of some epochs. */
async function trainWatched(
  plan: RunPlan,
  output: Output,
): Promise<{ trained: Trained; frames: TimelineFrame[] }> {
  const kept = new Set(timelineEpochs(plan.recipe.epochs, FRAMES));
  const frames: TimelineFrame[] = [];
  const trained = await untilSignal((asked) =>
    trainInNode(plan, ENGINE, 1, progressListener(plan.recipe, output), {
      asked,
      watch: async (run) => {
        if (run.finished || kept.has(run.history.length)) frames.push(await run.snapshot());
      },
    }),
  );
  return { trained, frames };
}

/** What there is of the map beside the model's own. */
interface BuiltMaps {
  readonly replay: Uint8Array;
  /** Of the replay. */
  readonly epochs: readonly number[];
  /** With the words drawn apart. */
  readonly apart: Uint8Array;
}

async function cardOf(
  { recipe, set }: RunPlan,
  data: SafeData,
  { device }: Trained['engine'],
  { model, bytes, bits, cost }: Packed,
  { replay, epochs, apart }: BuiltMaps,
  options: Readonly<Record<string, string | boolean | undefined>>,
): Promise<ModelCard> {
  const { words, run } = model.document;
  const file = async (name: string, content: Uint8Array): Promise<ModelCard['files'][number]> => ({
    name,
    bytes: content.length,
    sha256: await sha256Hex(content),
  });
  const card = {
    version: 1,
    name: data.synthetic ? 'Warmbright on its sample, ready-made' : 'Warmbright, ready-made',
    recipe,
    engine: run?.engine,
    device,
    epochs: run?.epochs,
    parameters: model.weights.length,
    words: words.map(({ word, rows }, label) => ({
      word,
      rows,
      people: run?.scoreboard?.words[label]?.contributors,
    })),
    data: {
      sha256: data.sha256,
      synthetic: data.synthetic,
      rows: data.rows.length,
      trainingRows: run?.trainingRows,
      heldOutRows: run?.heldOutRows,
      splitHash: set.splitHash,
      citation: data.synthetic ? MADE_UP : SAFE_CITATION,
      licence: data.synthetic
        ? 'MIT, as the code has.'
        : 'None is stated for the data set; it is not part of these files.',
    },
    scoreboard: run?.scoreboard,
    packing: { bits, ...cost },
    replay: { epochs },
    drawnApart: { amounts: READY_AMOUNTS },
    files: [
      await file(MODEL_FILE, bytes),
      await file(REPLAY_FILE, replay),
      await file(APART_FILE, apart),
    ],
    licence: READY_LICENCE,
    command: commandOf(recipe, options),
  };
  return checked(modelCardSchema, card, 'The card');
}

/** What makes the same files again; without names of anybody's files and folders. */
function commandOf(
  { seed, epochs }: Recipe,
  options: Readonly<Record<string, string | boolean | undefined>>,
): string {
  const given = Object.keys(DATA_OPTIONS).flatMap((name) => {
    const value = options[name];
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name} ${JSON.stringify(value)}`];
  });
  const changed =
    epochs === RECIPES[DEFAULT_RECIPE].recipe.epochs ? [] : [`--epochs ${String(epochs)}`];
  const first = `npm run cli -- build-model --data FILE --out DIR --seed ${String(seed)}`;
  return [first, ...changed, ...given].join(' ');
}

function summaryOf(
  { bits, cost }: Packed,
  paths: readonly string[],
  contents: readonly Uint8Array[],
  total: number,
): string {
  const { before, after } = cost.responseErrorDb;
  return [
    `Weights in ${String(bits)} bits: response error ${after.toFixed(4)} dB instead of ${before.toFixed(4)} dB, word curves moved by ${cost.wordCurvesDb.toFixed(4)} dB at the most.`,
    ...paths.map((path, i) => `${path}: ${String(contents[i]?.length ?? 0)} bytes`),
    `All together: ${String(total)} bytes of at most ${String(MOST_BYTES)}.`,
    '',
  ].join('\n');
}
