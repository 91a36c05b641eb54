/** A model's recipe as a PyTorch script: train.py, and what lies beside it. */
import { InputError } from '../../base/input-error';
import { sha256Hex } from '../../base/sha256';
import type { SafeData, SafeRow, TrainingSet } from '../../data/rows';
import { SAFE_MAPPING } from '../../data/safe-row';
import { EQ_BANDS, EQ_PARAMETERS, type EqSetting } from '../../eq/parameters';
import type { ModelDocument } from '../../model/model';
import { trainingSetFor } from '../../training/rows/as-chosen';
import { checkSameRun } from '../../training/run-plan';
import { pythonBlock, type Constant } from './python-block';

/** The files by name, all of them text. */
export type TrainScript = Readonly<Record<'train.py' | 'rows.json' | 'requirements.txt', string>>;

const REQUIREMENTS = 'numpy>=1.24\ntorch>=1.13\n';

/** Hex digits of a row's hash: enough to tell any row from another of the same line. */
const HASH_DIGITS = 16;
const NO_WORD = -1;

/**
 * What trains a model's recipe anew in PyTorch, on the same rows, or goes on from its file.
 *
 * rows.json names the rows by their lines in the data set's file, with hashes, so that cleaning and
 * split are the very same; no label and no number of the data is in it.
 *
 * @param document of a model that was trained here
 * @param data     the data set it was trained on, as it was read
 * @param template text of src/exports/pytorch/train.py
 * @throws InputError where the model was trained elsewhere, on other data, or on rows that the
 *   script could not read in a file
 */
export async function trainScript(
  document: ModelDocument,
  data: SafeData,
  template: string,
): Promise<TrainScript> {
  const { run, words } = document;
  if (run === null) {
    throw new InputError(
      'The model does not say what it was trained on, so there is no script that trains it again.',
    );
  }
  const set = await trainingSetFor(
    run.recipe,
    data,
    words.map(({ word }) => word),
  );
  checkSameRun({ name: run.name, recipe: run.recipe, data, set }, document);
  const columns = columnsOf(data);
  const choices = data.reading?.choices ?? {};
  const constants: Constant[] = [
    { name: 'RUN_NAME', value: run.name },
    { name: 'RECIPE', value: run.recipe },
    { name: 'WORDS', value: set.words },
    {
      name: 'NORMALISER',
      comment: 'Scale, offset, and what becomes 0 and 1, of each of the 13 parameters.',
      value: document.normaliser.columns.map(({ scale, offset, from, to }) => [
        scale,
        offset,
        from,
        to,
      ]),
    },
    {
      name: 'COLUMNS',
      comment: 'Column of each parameter in the file, from 0; None where it has none.',
      value: columns,
    },
    { name: 'DATA_SHA256', value: data.sha256 },
    {
      name: 'READING_CHOICES',
      comment: 'What was chosen of how the file is read, as JSON; empty for nothing.',
      value: Object.keys(choices).length === 0 ? '' : JSON.stringify(choices),
    },
    { name: 'SYNTHETIC', value: data.synthetic },
    { name: 'SPLIT_SHA256', value: set.splitHash },
  ];
  return {
    'train.py': withConstants(template, constants),
    'rows.json': await rowsJson(set),
    'requirements.txt': REQUIREMENTS,
  };
}

/** @throws InputError where the settings are not in columns of one file */
function columnsOf({ own, reading }: SafeData): (number | null)[] {
  if (own !== undefined) {
    throw new InputError(
      'The data set has rows that were added here and are in no file, so a script could not read them; train on the file alone to take a script along.',
    );
  }
  if (reading?.format === 'socialfx') {
    throw new InputError(
      'The file holds curves, to which settings were fitted here, so a script could not read them; there is a script for files whose columns are settings.',
    );
  }
  const { parameters } = reading?.choices.mapping ?? SAFE_MAPPING;
  return EQ_PARAMETERS.map(({ band }, i) => {
    // Without a gain the band is flat, whatever else is said of it.
    const flat = (parameters[EQ_BANDS[band].gain] ?? null) === null;
    return flat ? null : (parameters[i] ?? null);
  });
}

const BEGIN = '# --- Constants of this run ---\n';
const END = '# --- End of the constants ---\n';

function withConstants(template: string, constants: readonly Constant[]): string {
  const begin = template.indexOf(BEGIN);
  const end = template.indexOf(END);
  if (begin < 0 || end < begin) throw new RangeError('train.py has no place for constants');
  return `${template.slice(0, begin)}${BEGIN}${pythonBlock(constants)}${template.slice(end)}`;
}

type Part = 'training' | 'held-out' | 'validation' | 'other';

/** The set's rows in their order, then other words' rows that are learnt from; one a line. */
async function rowsJson({
  rows,
  labels,
  heldOut,
  validation,
  others,
}: TrainingSet): Promise<string> {
  const partOf = (row: number): Part => {
    if (heldOut[row] === 1) return 'held-out';
    return validation[row] === 1 ? 'validation' : 'training';
  };
  const listed = await Promise.all([
    ...rows.map((row, i) => rowEntry(row, labels[i] ?? NO_WORD, partOf(i))),
    ...others.map((row) => rowEntry(row, NO_WORD, 'other')),
  ]);
  const columns = JSON.stringify(['line', 'word', 'part', 'hash']);
  return `{\n"columns": ${columns},\n"rows": [\n${listed.join(',\n')}\n]\n}\n`;
}

async function rowEntry({ line, setting }: SafeRow, word: number, part: Part): Promise<string> {
  return JSON.stringify([line, word, part, await rowHash(word, setting)]);
}

/** Of the index of its word as 32 bits and its 13 numbers as float64, all little-endian. */
async function rowHash(word: number, setting: EqSetting): Promise<string> {
  const bytes = new DataView(new ArrayBuffer(4 + 8 * setting.length));
  bytes.setInt32(0, word, true);
  setting.forEach((value, i) => {
    bytes.setFloat64(4 + 8 * i, value, true);
  });
  return (await sha256Hex(new Uint8Array(bytes.buffer))).slice(0, HASH_DIGITS);
}
