/**
 * A library in one file: a zip with the files of all runs as they are kept, and what is known of them
 * beside that. Data sets are not in it.
 */
import { strFromU8, strToU8, zipSync, type Zippable } from 'fflate';
import * as v from 'valibot';
import { count, lineOfText, numberWithin } from '../base/bounds';
import { checked, checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { sha256Hex } from '../base/sha256';
import { libraryFolder } from '../imports/library-zip';
import { zipEntry } from '../imports/unzip';
import { LIBRARY_LIST } from '../model/file-names';
import { quoted } from '../model/safetensors';
import { readCheckpoint } from '../training/checkpoint';
import { LIBRARY_BOUNDS, MOST_RUNS } from '../base/library-bounds';
import { noteSchema, type RunSummary } from './run-summary';
import { summaryOf } from './summary-of';

const WHAT = 'The library';
/** The latest moment that a Date can be. */
const LAST_MOMENT = 8.64e15;
/** As early as a zip can say: equal libraries give equal bytes, whenever. */
const NO_DATE = new Date(1980, 0, 1);

const runSchema = v.strictObject({
  file: v.pipe(
    v.string(),
    v.regex(/^runs\/\d{1,6}\.safetensors$/, 'it is no name of a run’s file'),
  ),
  /** Of the file, in hex. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')),
  name: lineOfText(200),
  savedAt: numberWithin(0, LAST_MOMENT),
  plannedEpochs: count,
  finished: v.boolean(),
  note: v.exactOptional(noteSchema),
});

const listSchema = v.strictObject({
  format: v.literal('warmbright-library'),
  version: v.literal(1, 'it is of a later version of Warmbright'),
  runs: v.pipe(
    v.array(runSchema),
    v.maxLength(MOST_RUNS, `it holds more than ${String(MOST_RUNS)} runs`),
    v.check(
      (runs) => new Set(runs.map(({ file }) => file)).size === runs.length,
      'it names a file twice',
    ),
  ),
});

type ListedRun = v.InferOutput<typeof runSchema>;

/** A run as it is kept. */
export interface LibraryRun {
  readonly summary: RunSummary;
  /** Its model file or checkpoint. */
  readonly bytes: Uint8Array;
}

/**
 * The file of a library; equal libraries give equal bytes.
 *
 * @throws InputError where it could not be read again
 */
export async function writeLibrary(runs: readonly LibraryRun[]): Promise<Uint8Array<ArrayBuffer>> {
  const files: Zippable = {};
  const listed: ListedRun[] = [];
  for (const [i, { summary, bytes }] of runs.entries()) {
    const file = `runs/${String(i + 1).padStart(4, '0')}.safetensors`;
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
  const list = checked(
    listSchema,
    { format: 'warmbright-library', version: 1, runs: listed },
    WHAT,
  );
  const text = strToU8(JSON.stringify(list, null, 1));
  return zipSync({ [LIBRARY_LIST]: text, ...files }, { mtime: NO_DATE });
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

/**
 * The runs in a library's file. Each is read as a checkpoint is, and its figures are those of its
 * file, whatever the list says.
 *
 * @throws InputError naming the run, or the place in the list, at fault
 */
export async function readLibrary(bytes: Uint8Array): Promise<ReadRun[]> {
  const folder = libraryFolder(bytes);
  if (folder === null) {
    throw new InputError(
      'This zip is no library of runs: choose the file that “Export all” has saved.',
    );
  }
  const entry = (file: string): Uint8Array => zipEntry(bytes, `${folder}${file}`, LIBRARY_BOUNDS);
  const { runs } = checkedJson(listSchema, strFromU8(entry(LIBRARY_LIST)), WHAT);
  const read: ReadRun[] = [];
  for (const run of runs) {
    try {
      read.push(await readRun(entry, run));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(
        `${WHAT} cannot be imported, and nothing of it was: its run ${quoted(run.name)} (${run.file}) is damaged: ${error.message}`,
        { cause: error },
      );
    }
  }
  return read;
}

async function readRun(entry: (file: string) => Uint8Array, run: ListedRun): Promise<ReadRun> {
  const { file, sha256, name, savedAt, plannedEpochs, finished, note } = run;
  const unpack = (): Uint8Array => entry(file);
  const bytes = unpack();
  if ((await sha256Hex(bytes)) !== sha256) {
    throw new InputError('Its bytes are not those that were saved.');
  }
  const { model } = readCheckpoint(bytes);
  const kept = { savedAt, plannedEpochs, finished, bytes: bytes.length };
  return {
    summary: {
      ...summaryOf(model, kept),
      name,
      ...(note !== undefined && note !== '' && { note }),
    },
    sha256,
    bytes: unpack,
  };
}

/** A name may hold anything; in the list it stands in one line. */
function lineFrom(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
