/** Reading what the options name, and saying which file is at fault. */
import { readFileSync } from 'node:fs';
import { ColumnsNeeded } from '../../src/data/column-mapping';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import type { SafeData } from '../../src/data/rows';
import { syntheticCsv } from '../../src/data/synthetic';
import { InputError } from '../../src/base/input-error';
import type { AwaitedOnShare } from '../../src/base/share';
import type { Model } from '../../src/model/model';
import { openModel } from '../../src/imports/open-model';
import type { Output } from '../output';
import { OutputError } from '../output-file';
import { mappingFrom, readChoices, type DataOptions } from './data-options';

/**
 * The data set in a file. One bad row makes the whole file unfit, unless they may be skipped: a
 * model should not be trained on part of a file by oversight.
 *
 * @throws InputError naming the file, and the line and column at fault
 */
export async function readData(
  path: string,
  options: DataOptions,
  output: Output,
): Promise<SafeData> {
  const bytes = await naming(path, () => readBytes(path));
  // The sample is made up whoever reads it, and models of it say so.
  const synthetic = Buffer.from(syntheticCsv()).equals(bytes);
  const choices = readChoices(options);
  const onShare = progressOf(path, bytes, output);
  const data = await naming(path, async () => {
    try {
      return await parseSafeCsv(bytes, { synthetic, ...choices }, onShare);
    } catch (error) {
      if (!(error instanceof ColumnsNeeded)) throw error;
      const mapping = mappingFrom(options, error);
      return parseSafeCsv(bytes, { synthetic, ...choices, mapping }, onShare);
    }
  });
  for (const note of data.reading?.notes ?? []) output.note(`${path}: ${note}`);
  for (const unused of unusedOptions(options, data)) output.note(`${path}: ${unused}`);
  const [first] = data.rejected;
  if (first === undefined) return data;
  const column = first.column === null ? '' : `, column ${String(first.column)}`;
  const fault = `${path}: line ${String(first.line)}${column}: ${first.reason}`;
  const others = data.rejectedTotal - 1;
  const more =
    others === 0
      ? ''
      : ` ${others === 1 ? '1 more row' : `${String(others)} more rows`} cannot be used either.`;
  if (!options['skip-bad-rows'])
    throw new InputError(`${fault}${more} --skip-bad-rows goes on without them.`);
  output.note(
    `${data.rejectedTotal === 1 ? '1 row' : `${String(data.rejectedTotal)} rows`} skipped, the first: ${fault}`,
  );
  return data;
}

/** Files of fewer bytes are read before anybody wonders. */
const LONG_BYTES = 2 ** 18;
/** From one line on how far the reading is to the next. */
const SAID_EVERY_MS = 2000;

/** Says how far the reading of a long file is, as where curves are to be fitted. */
function progressOf(path: string, bytes: Uint8Array, output: Output): AwaitedOnShare {
  let due = performance.now() + SAID_EVERY_MS;
  return (share) => {
    if (bytes.length >= LONG_BYTES && performance.now() >= due) {
      output.note(`${path}: ${String(Math.floor(100 * share))} % read`);
      due = performance.now() + SAID_EVERY_MS;
    }
    return Promise.resolve();
  };
}

/** What was asked for and has nothing to say of this file. */
function unusedOptions(
  { language, instrument, columns }: DataOptions,
  { reading }: SafeData,
): string[] {
  return [
    language !== undefined && reading?.format !== 'socialfx'
      ? 'It does not say the language of its words, so --language changes nothing.'
      : '',
    instrument !== undefined && reading?.format !== 'safe-db'
      ? 'It does not say what was played, so --instrument changes nothing.'
      : '',
    columns !== undefined && reading?.format !== 'columns'
      ? 'Its columns are known, so --columns changes nothing.'
      : '',
  ].filter(Boolean);
}

/** @throws InputError naming the file and what in it is at fault */
export function readModel(path: string): Promise<Model> {
  return naming(path, () => openModel(readBytes(path)));
}

/** @throws InputError when the file cannot be read */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw readError(error);
  }
}

/** The error of a failed system call as a sentence on the file; others as they are. */
export function readError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) return error;
  return new InputError(REASONS[code] ?? `It cannot be read (${code}).`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'It is a folder, not a file.',
  EACCES: 'It may not be read.',
  EPERM: 'It may not be read.',
  ENAMETOOLONG: 'Its name is too long.',
  ENOTDIR: 'A part of its path is a file, not a folder.',
  ELOOP: 'It is a symbolic link that leads nowhere.',
  EIO: 'The disk that it is on cannot be read.',
  ERR_FS_FILE_TOO_LARGE: 'It has 2 GB or more, which is too long to be read.',
};

/** Puts the file's name before what is wrong with it. */
export async function naming<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // What cannot be written names its own file.
    if (error instanceof InputError && !(error instanceof OutputError))
      throw new InputError(`${path}: ${error.message}`);
    throw error;
  }
}
