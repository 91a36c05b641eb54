/** A zip's files, unpacked only where its own directory promises little. */
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { InputError } from '../base/input-error';
import { quoted } from '../model/safetensors';

/** How much a zip may hold. */
interface ZipBounds {
  readonly entries: number;
  /** Unpacked. */
  readonly bytes: number;
  /** What has no more files than that. */
  readonly what: string;
}

/** A study has eight files, and is no larger than any file that the page takes. */
const OF_A_MODEL: ZipBounds = { entries: 64, bytes: 256 * 2 ** 20, what: 'export of a model' };
/** What deflate makes of a byte at most. */
const MOST_RATIO = 1032;

/** @throws InputError where the zip is damaged, or has too many files or too large ones */
export function zipNames(bytes: Uint8Array, bounds = OF_A_MODEL): readonly string[] {
  const names = new Set<string>();
  unzip(bytes, bounds, ({ name }) => {
    if (names.has(name)) {
      throw new InputError(`The zip holds two files named ${quoted(name)}, so neither is opened.`);
    }
    names.add(name);
    return false;
  });
  return [...names];
}

/** @throws InputError as {@link zipNames} does, and where there is no such file */
export function zipEntry(bytes: Uint8Array, wanted: string, bounds = OF_A_MODEL): Uint8Array {
  const entry = unzip(bytes, bounds, ({ name }) => name === wanted)[wanted];
  if (entry === undefined) throw new InputError(`The zip holds no ${wanted}.`);
  return entry;
}

/** Looks at each entry of the directory before the entry's memory is taken. */
function unzip(
  bytes: Uint8Array,
  bounds: ZipBounds,
  choose: (entry: UnzipFileInfo) => boolean,
): Readonly<Record<string, Uint8Array>> {
  let entries = 0;
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: (entry) => {
        entries++;
        if (entries > bounds.entries) {
          throw new InputError(
            `The zip holds more than ${String(bounds.entries)} files, so it is no ${bounds.what}.`,
          );
        }
        const { name, size, originalSize } = entry;
        total += originalSize;
        if (total > bounds.bytes) {
          throw new InputError(
            `The zip would unpack to more than ${String(bounds.bytes / 2 ** 20)} MB, so it is not opened.`,
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
