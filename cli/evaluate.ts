/** `warmbright evaluate`: how well a model does on a data set, and what its words sound like. */
import { parseArgs } from 'node:util';
import { wordCentroids } from '../src/analysis/centroids';
import { encodeKnownRows } from '../src/analysis/place-words';
import { responseFigures, type ResponseFigures } from '../src/analysis/response-figures';
import { scoreboard } from '../src/analysis/scoreboard';
import type { SafeData } from '../src/data/rows';
import { makeTrainingSet } from '../src/data/training-set';
import { InputError } from '../src/input-error';
import { decodeRows } from '../src/model/inference';
import type { Model, Scoreboard } from '../src/model/model';
import { denormalise } from '../src/model/normaliser';
import { decodeSetting } from '../src/model/word-settings';
import { readData, readModel } from './files';
import { needed, readOptions } from './options';
import { listeningText, type HeardWord } from './listening-report';
import { wordReport, wordTable, type WordReport } from './word-report';

const HELP = `npm run cli -- evaluate --model FILE --data FILE [--json] [--skip-bad-rows]

Measures a model on the rows of a SAFE-DB file whose word the model knows.

  --model FILE      a model of ours, or the published Seed V2 weights (safetensors)
  --data FILE       the SAFE-DB file (CSV)
  --json            print one JSON document instead of a table
  --skip-bad-rows   leave out rows that cannot be used, instead of stopping at the first

Figures on all rows include rows the model may have trained on. Figures on held-out rows are given
where the model says which rows it held out, and the file is the one it was trained on; beside them
stands what anyone could do with the training rows and without a model.
`;

type Figures = Omit<Scoreboard, 'on'>;

interface Evaluation {
  readonly dataSha256: string;
  /** On every row of the model's words, those it trained on included. */
  readonly allRows: Figures;
  /** null where the rows that were held out cannot be told. */
  readonly heldOutRows: Figures | null;
  /** A sentence that says which rows the held-out figures are on, or why there are none. */
  readonly heldOutNote: string;
  /** Of held-out response curves, beside baselines; null like `heldOutRows`. */
  readonly listening: (Omit<ResponseFigures, 'words'> & { words: readonly HeardWord[] }) | null;
  readonly words: readonly WordReport[];
}

/** Runs the command; the result goes to standard output. */
export async function evaluate(args: readonly string[]): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    (args) =>
      parseArgs({
        args,
        options: {
          model: { type: 'string' },
          data: { type: 'string' },
          json: { type: 'boolean', default: false },
          'skip-bad-rows': { type: 'boolean', default: false },
        },
      }).values,
  );
  if (options === null) return;
  const modelPath = needed('--model', options.model);
  const dataPath = needed('--data', options.data);
  const model = await readModel(modelPath);
  const data = await readData(dataPath, options['skip-bad-rows']);
  const evaluation = await evaluateModel(model, data);
  const text = options.json ? JSON.stringify(evaluation, null, 2) : asText(evaluation);
  process.stdout.write(`${text}\n`);
}

/** @throws InputError when no row has a word of the model */
async function evaluateModel(model: Model, data: SafeData): Promise<Evaluation> {
  const { spec, words } = model.document;
  const { rows, labels, parameters, latents } = encodeKnownRows(model, data);
  if (rows.length === 0) throw new InputError("No row of the data has a word of the model's.");
  const reconstruction = decodeRows(spec, model.weights, latents);
  const centroids = wordCentroids(latents, spec.latent, labels, words.length);
  const figures = (heldOut: Uint8Array): Figures => {
    const board = scoreboard({ latents, inputs: parameters, reconstruction, labels, heldOut });
    const { rows, silhouette, daviesBouldin, reconstruction: error } = board;
    return { rows, silhouette, daviesBouldin, reconstruction: error };
  };
  const held = await heldOutRows(model, data);
  const settings = words.map(({ centroid }, label) => {
    // Files of other programs keep no centroids: there the data's rows say where a word lies.
    const latent = centroid ?? centroids[label] ?? null;
    return latent === null ? null : decodeSetting(model, latent);
  });
  const { normaliser } = model.document;
  const listen = (heldOut: Uint8Array): Evaluation['listening'] => {
    const { words: distances, ...figures } = responseFigures({
      settings: rows.map(({ setting }) => setting),
      decoded: rows.map((_, row) => denormalise(reconstruction, normaliser, row)),
      latents,
      labels,
      heldOut,
      normaliser,
      wordSettings: settings,
    });
    return {
      ...figures,
      words: words.map(({ word }, label) => ({ word, distances: distances[label] ?? null })),
    };
  };
  return {
    dataSha256: data.sha256,
    allRows: figures(new Uint8Array(rows.length)),
    heldOutRows: typeof held === 'string' ? null : figures(held),
    heldOutNote:
      typeof held === 'string' ? held : 'Rows of contributors the model has never trained on.',
    listening: typeof held === 'string' ? null : listen(held),
    words: words.map(({ word }, label) => {
      const count = labels.reduce((total, of) => (of === label ? total + 1 : total), 0);
      return wordReport(word, count, settings[label] ?? null);
    }),
  };
}

/** Which rows of the model's words its run held out, [rows]; or why that cannot be told. */
async function heldOutRows(
  { document: { run, words } }: Model,
  data: SafeData,
): Promise<Uint8Array | string> {
  if (run === null) return 'The model does not say which rows it was trained on.';
  if (run.dataSha256 !== data.sha256) return 'The model was trained on another file.';
  if (run.heldOutRows === 0) return 'The model was trained on all rows.';
  const chosen = words.map(({ word }) => word);
  const set = await makeTrainingSet(data, chosen, run.recipe);
  if (set.splitHash !== run.splitHash) {
    return 'The rows the model held out cannot be told again with this version.';
  }
  return set.heldOut;
}

function asText({ allRows, heldOutRows, heldOutNote, listening, words }: Evaluation): string {
  return [
    figuresText('All rows (the model may have trained on them)', allRows),
    heldOutRows === null
      ? `No figures on held-out rows. ${heldOutNote}`
      : figuresText(`Held-out rows. ${heldOutNote}`, heldOutRows),
    ...(listening === null ? [] : [listeningText(listening)]),
    wordTable(words),
  ].join('\n\n');
}

function figuresText(title: string, figures: Figures): string {
  const { rows, silhouette, daviesBouldin, reconstruction } = figures;
  return [
    title,
    `  rows                       ${String(rows)}`,
    `  silhouette                 ${silhouette?.toFixed(4) ?? 'none: fewer than two words'}`,
    `  Davies–Bouldin index       ${daviesBouldin?.toFixed(3) ?? 'none'}`,
    `  reconstruction error (MSE) ${reconstruction.toFixed(5)}`,
  ].join('\n');
}
