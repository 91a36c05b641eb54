/** A zip's files, unpacked only where its own directory promises little. */
import { unzipSync, type UnzipFileInfo } from 'fflate';
import { crc32 } from '../base/crc32';
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

/**
 * One file of the zip, as it was packed by its CRC-32, which the unpacker leaves unread.
 *
 * @throws InputError as {@link zipNames} does, and where there is no such file, or it is damaged
 */
export function zipEntry(bytes: Uint8Array, wanted: string, bounds = OF_A_MODEL): Uint8Array {
  let [entries, place] = [0, 0];
  const entry = unzip(bytes, bounds, ({ name }) => {
    if (name === wanted) place = entries;
    entries++;
    return name === wanted;
  })[wanted];
  if (entry === undefined) throw new InputError(`The zip holds no ${wanted}.`);
  if (crc32(entry) !== packedCrc(bytes, place)) {
    throw new InputError(
      `The zip is damaged: its file ${quoted(wanted)} is not what was packed, by its CRC-32; save it again.`,
    );
  }
  return entry;
}

/**
 * The checksum that the directory has of one of its entries.
 *
 * Source: PKWARE's APPNOTE.TXT 6.3.10, 4.3.12 to 4.3.16
 *
 * @param bytes a zip whose directory has been walked over
 * @param place of the entry in the directory, from 0
 */
function packedCrc(bytes: Uint8Array, place: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x0605_4b50) end--;
  let at = view.getUint32(end + 16, true);
  // A zip that was written as one of more than 4 GB names a second end, which has the place.
  if (end >= 20 && view.getUint32(end - 20, true) === 0x0706_4b50) {
    const large = view.getUint32(end - 12, true);
    if (view.getUint32(large, true) === 0x0606_4b50) at = view.getUint32(large + 48, true);
  }
  for (let before = 0; before < place; before++) {
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    at += lengths.reduce((sum, length) => sum + length, 46);
  }
  return view.getUint32(at + 16, true);
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
