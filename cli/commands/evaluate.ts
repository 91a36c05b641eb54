/** `warmbright evaluate`: how well a model does on a data set, and what its words sound like. */
import { wordCentroids } from '../../src/analysis/metrics/centroids';
import { coverageOfWords } from '../../src/analysis/word-clusters/cluster-coverage';
import type { SafeData } from '../../src/data/rows';
import type { Model, Scoreboard } from '../../src/model/model';
import { decodeSetting, offeredClusters } from '../../src/model/word-settings';
import { evaluateOn } from '../../src/training/evaluate-model';
import { dataAsTrained } from '../../src/training/rows/as-chosen';
import { DATA_HELP, DATA_OPTIONS } from '../options/data-options';
import { readData, readModel } from '../options/files';
import { needed, readOptions } from '../options/options';
import type { Output } from '../output';
import { coverageText, type WordCoverage } from '../text/cluster-report';
import { scoreboardText } from '../../src/exports/score-report';
import { wordReport, wordTable, type WordReport } from '../text/word-report';

const HELP = `npm run cli -- evaluate --model FILE --data FILE [--json] [--skip-bad-rows]

Measures a model on the rows of a SAFE-DB file whose word the model knows, cleaned as the model's
recipe says.

  --model FILE      a model of ours, or the published Seed V2 weights (safetensors)
  --data FILE       the SAFE-DB file (CSV)
  --json            print one JSON document instead of a table
${DATA_HELP}
Where the model says which rows it held out, and the file is the one it was trained on, the figures
are on those rows: beside them stand the same on its training rows, and what anyone could do with the
training rows and without a model. Else they are on all rows, which the model may have trained on.
`;

interface Evaluation {
  readonly dataSha256: string;
  readonly scoreboard: Scoreboard;
  /** Why the figures are on all rows: a sentence; null where they are not. */
  readonly note: string | null;
  /** How near clusters come to held-out people, a word each; null where no rows are held out. */
  readonly coverage: readonly WordCoverage[] | null;
  readonly words: readonly WordReport[];
}

/** Runs the command; the result goes to standard output. */
export async function evaluate(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    {
      model: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      ...DATA_OPTIONS,
    },
    output,
  );
  if (options === null) return;
  const modelPath = needed('--model', options.model);
  const dataPath = needed('--data', options.data);
  const model = await readModel(modelPath);
  const data = dataAsTrained(model.document, await readData(dataPath, options, output));
  const evaluation = await evaluateModel(model, data);
  const text = options.json ? JSON.stringify(evaluation, null, 2) : asText(evaluation);
  output.print(`${text}\n`);
}

/** @throws InputError when no row has a word of the model */
async function evaluateModel(model: Model, data: SafeData): Promise<Evaluation> {
  const { known, set, scoreboard, note } = await evaluateOn(model, data);
  const { labels, latents } = known;
  const { spec, words } = model.document;
  // Files of other programs keep no centroids: there the data's rows say where a word lies.
  const centroids = wordCentroids(latents, spec.latent, labels, words.length);
  const covered = set.heldOut.includes(1) ? coverageOfWords(set) : null;
  return {
    dataSha256: data.sha256,
    scoreboard,
    note,
    coverage:
      covered?.map((coverage, label) => ({ word: words[label]?.word ?? '', coverage })) ?? null,
    words: words.map(({ word, centroid, schools }, label) => {
      const count = labels.reduce((total, of) => (of === label ? total + 1 : total), 0);
      const latent = centroid ?? centroids[label] ?? null;
      return wordReport(
        word,
        count,
        latent === null ? null : decodeSetting(model, latent),
        offeredClusters(model.document, schools),
      );
    }),
  };
}

function asText({ scoreboard, note, coverage, words }: Evaluation): string {
  return [
    ...(note === null ? [] : [note]),
    scoreboardText(scoreboard),
    ...(coverage === null ? [] : [coverageText(coverage)]),
    wordTable(words),
  ].join('\n\n');
}
