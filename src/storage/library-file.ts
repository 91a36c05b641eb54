/**
 * A library in one file: a zip with the files of all runs and the data sets they learnt from, both as
 * they are kept, and what is known of the runs beside that. Nothing personal is in a data set.
 */
import { strFromU8, strToU8, zipSync, type Zippable } from 'fflate';
import * as v from 'valibot';
import { count, lineOfText, numberWithin } from '../base/bounds';
import { checked, checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { sha256Hex } from '../base/sha256';
import type { SafeData } from '../data/rows';
import { libraryFolder } from '../imports/library-zip';
import { zipEntry } from '../imports/unzip';
import { LIBRARY_LIST } from '../model/file-names';
import { quoted } from '../model/safetensors';
import { readCheckpoint } from '../training/checkpoint';
import { LIBRARY_BOUNDS, MOST_RUNS } from '../base/library-bounds';
import { readDataFile } from './data-file';
import { noteSchema, type RunSummary } from './run-summary';
import { summaryOf } from './summary-of';

const WHAT = 'The library';
/** The latest moment that a Date can be. */
const LAST_MOMENT = 8.64e15;
/** As early as a zip can say: equal libraries give equal bytes, whenever. */
const NO_DATE = new Date(1980, 0, 1);

const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'));

const runSchema = v.strictObject({
  file: v.pipe(
    v.string(),
    v.regex(/^runs\/\d{1,6}\.safetensors$/, 'it is no name of a run’s file'),
  ),
  /** Of the file, in hex. */
  sha256: sha256Schema,
  name: lineOfText(200),
  savedAt: numberWithin(0, LAST_MOMENT),
  plannedEpochs: count,
  finished: v.boolean(),
  note: v.exactOptional(noteSchema),
});

const dataSetSchema = v.strictObject({
  file: v.pipe(
    v.string(),
    v.regex(/^data\/\d{1,6}\.safetensors$/, 'it is no name of a data set’s file'),
  ),
  /** Of the file, in hex. */
  sha256: sha256Schema,
});

/** As many of them as there may be runs, each of another file. */
const listOf = <Entry extends { file: string }>(
  schema: v.GenericSchema<unknown, Entry>,
  what: string,
) =>
  v.pipe(
    v.array(schema),
    v.maxLength(MOST_RUNS, `it holds more than ${String(MOST_RUNS)} ${what}`),
    v.check(
      (entries) => new Set(entries.map(({ file }) => file)).size === entries.length,
      'it names a file twice',
    ),
  );

const FORMAT = 'warmbright-library';
const VERSION = 2;
const runs = listOf(runSchema, 'runs');
const listSchema = v.variant(
  'version',
  [
    v.strictObject({
      format: v.literal(FORMAT),
      version: v.literal(VERSION),
      runs,
      dataSets: listOf(dataSetSchema, 'data sets'),
    }),
    /** Of versions that left the data sets out. */
    v.strictObject({ format: v.literal(FORMAT), version: v.literal(1), runs }),
  ],
  'it is of a later version of Warmbright',
);

type ListedRun = v.InferOutput<typeof runSchema>;
type ListedDataSet = v.InferOutput<typeof dataSetSchema>;

/** A run as it is kept. */
export interface LibraryRun {
  readonly summary: RunSummary;
  /** Its model file or checkpoint. */
  readonly bytes: Uint8Array;
}

/**
 * The file of a library; equal libraries give equal bytes.
 *
 * @param dataSets each as {@link writeDataFile} makes it
 * @throws InputError where it could not be read again
 */
export async function writeLibrary(
  runs: readonly LibraryRun[],
  dataSets: readonly Uint8Array[],
): Promise<Uint8Array<ArrayBuffer>> {
  const files: Zippable = {};
  const listed: ListedRun[] = [];
  for (const [i, { summary, bytes }] of runs.entries()) {
    const file = fileName('runs', i);
    const { name, savedAt, plannedEpochs, finished, note } = summary;
    listed.push({
      file,
      sha256: await sha256Hex(bytes),
      name: lineFrom(name),
      savedAt: Math.max(0, Math.min(LAST_MOMENT, savedAt)),
      plannedEpochs,
      finished,
      ...(note !== undefined && { note }),
    });
    // Weights hardly get smaller, and take long to try.
    files[file] = [bytes, { level: 0 }];
  }
  const listedData: ListedDataSet[] = [];
  for (const [i, bytes] of dataSets.entries()) {
    const file = fileName('data', i);
    listedData.push({ file, sha256: await sha256Hex(bytes) });
    files[file] = bytes;
  }
  const list = checked(
    listSchema,
    { format: FORMAT, version: VERSION, runs: listed, dataSets: listedData },
    WHAT,
  );
  const text = strToU8(JSON.stringify(list, null, 1));
  return zipSync({ [LIBRARY_LIST]: text, ...files }, { mtime: NO_DATE });
}

function fileName(folder: 'runs' | 'data', index: number): string {
  return `${folder}/${String(index + 1).padStart(4, '0')}.safetensors`;
}

/** A run in a library's file, whole and checked. */
export interface ReadRun {
  /** Without an id, which whoever keeps it gives it. */
  readonly summary: Omit<RunSummary, 'id'>;
  /** Of its file, in hex. */
  readonly sha256: string;
  /** Unpacks its file once more, so that not all of them are held at once. */
  readonly bytes: () => Uint8Array;
}

/** A data set in a library's file, whole and checked. */
export interface ReadDataSet {
  /** The data set's own, by which runs know it. */
  readonly sha256: string;
  /** Unpacks it once more. */
  readonly data: () => SafeData;
}

export interface ReadLibrary {
  readonly runs: readonly ReadRun[];
  /** None in files of versions that left them out. */
  readonly dataSets: readonly ReadDataSet[];
}

/**
 * What a library's file holds. Each run is read as a checkpoint is, and its figures are those of its
 * file, whatever the list says.
 *
 * @throws InputError naming the run, the data set, or the place in the list, at fault
 */
export async function readLibrary(bytes: Uint8Array): Promise<ReadLibrary> {
  const folder = libraryFolder(bytes);
  if (folder === null) {
    throw new InputError(
      'This zip is no library of runs: choose the file that “Export all” has saved.',
    );
  }
  const entry = (file: string): Uint8Array => zipEntry(bytes, `${folder}${file}`, LIBRARY_BOUNDS);
  const list = checkedJson(listSchema, strFromU8(entry(LIBRARY_LIST)), WHAT);
  const runs: ReadRun[] = [];
  for (const run of list.runs) {
    const what = `its run ${quoted(run.name)} (${run.file})`;
    runs.push(await namingPart(what, () => readRun(entry, run)));
  }
  const dataSets: ReadDataSet[] = [];
  for (const dataSet of list.version === 1 ? [] : list.dataSets) {
    const what = `its data set (${dataSet.file})`;
    dataSets.push(await namingPart(what, () => readDataSet(entry, dataSet)));
  }
  return { runs, dataSets };
}

/** Puts before what is wrong which part of the library it is. */
async function namingPart<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `${WHAT} cannot be imported, and nothing of it was: ${what} is damaged: ${error.message}`,
      { cause: error },
    );
  }
}

type Entry = (file: string) => Uint8Array;

async function readRun(entry: Entry, run: ListedRun): Promise<ReadRun> {
  const { file, sha256, name, savedAt, plannedEpochs, finished, note } = run;
  const bytes = await asSaved(entry(file), sha256);
  const { model } = readCheckpoint(bytes);
  const kept = { savedAt, plannedEpochs, finished, bytes: bytes.length };
  return {
    summary: {
      ...summaryOf(model, kept),
      name,
      ...(note !== undefined && note !== '' && { note }),
    },
    sha256,
    bytes: () => entry(file),
  };
}

async function readDataSet(entry: Entry, { file, sha256 }: ListedDataSet): Promise<ReadDataSet> {
  const data = readDataFile(await asSaved(entry(file), sha256));
  return { sha256: data.sha256, data: () => readDataFile(entry(file)) };
}

/** @throws InputError where the hash of the bytes is another */
async function asSaved(bytes: Uint8Array, sha256: string): Promise<Uint8Array> {
  if ((await sha256Hex(bytes)) === sha256) return bytes;
  throw new InputError('Its bytes are not those that were saved.');
}

/** A name may hold anything; in the list it stands in one line. */
function lineFrom(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
