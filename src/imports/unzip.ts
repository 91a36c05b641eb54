/** A zip's files, unpacked only where its own directory promises little. */
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { InputError } from '../base/input-error';
import { quoted } from '../model/safetensors';

/** A study has eight. */
const MOST_ENTRIES = 64;
/** As large as any file that the page takes. */
const MOST_BYTES = 256 * 2 ** 20;
/** What deflate makes of a byte at most. */
const MOST_RATIO = 1032;

/** @throws InputError where the zip is damaged, or has too many files or too large ones */
export function zipNames(bytes: Uint8Array): readonly string[] {
  const names: string[] = [];
  unzip(bytes, ({ name }) => {
    if (names.includes(name)) {
      throw new InputError(`The zip holds two files named ${quoted(name)}, so neither is opened.`);
    }
    names.push(name);
    return false;
  });
  return names;
}

/** @throws InputError as {@link zipNames} does, and where there is no such file */
export function zipEntry(bytes: Uint8Array, wanted: string): Uint8Array {
  const entry = unzip(bytes, ({ name }) => name === wanted)[wanted];
  if (entry === undefined) throw new InputError(`The zip holds no ${wanted}.`);
  return entry;
}

/** Looks at each entry of the directory before the entry's memory is taken. */
function unzip(
  bytes: Uint8Array,
  choose: (entry: UnzipFileInfo) => boolean,
): Readonly<Record<string, Uint8Array>> {
  let entries = 0;
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: (entry) => {
        entries++;
        if (entries > MOST_ENTRIES) {
          throw new InputError(
            `The zip holds more than ${String(MOST_ENTRIES)} files, so it is no export of a model.`,
          );
        }
        const { name, size, originalSize } = entry;
        total += originalSize;
        if (total > MOST_BYTES) {
          throw new InputError(
            `The zip would unpack to more than ${String(MOST_BYTES / 2 ** 20)} MB, so it is not opened.`,
          );
        }
        if (size > bytes.length || originalSize > MOST_RATIO * (size + 1)) {
          throw new InputError(
            `The zip is damaged: its file ${quoted(name)} cannot unpack to ${String(originalSize)} bytes.`,
          );
        }
        return choose(entry);
      },
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('The zip is damaged, or was cut short: save it again.', { cause: error });
  }
}
