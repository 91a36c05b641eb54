/**
 * A file's bytes to text: UTF-8, the UTF-16 that spreadsheets save as "Unicode text", or the code page
 * that they save CSV in on Windows in the west.
 */
import { InputError } from '../base/input-error';
import { binaryKind } from './binary-kind';

/** Memory that a page can count on, of the 4 GiB that browsers give a worker at most. */
const MEMORY_BYTES = 2 * 2 ** 30;
/**
 * Memory that reading, auditing and training take for each byte of a file of SAFE-DB's kind, 160 bytes
 * a row: `npm run bench:rows` measured 348 MiB more than before it was read for one of 15.3 MiB.
 */
const MEMORY_PER_BYTE = 23;
const MAX_MEGABYTES = Math.floor(MEMORY_BYTES / MEMORY_PER_BYTE / 2 ** 20);

/** Bytes that are looked at to tell UTF-16 without a byte order mark. */
const SAMPLED_BYTES = 4096;
/** Of UTF-16 that is mostly Latin, every other byte is zero; other letters make that fewer. */
const ZERO_SHARE = 0.4;
const STRAY_SHARE = 0.05;

const UTF_32_LE = [0xff, 0xfe, 0, 0];
const UTF_32_BE = [0, 0, 0xfe, 0xff];

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * The text without its byte order mark. Bytes that are no text in its encoding become U+FFFD and so
 * spoil their own row only.
 *
 * @throws InputError when the file would take more memory than can be counted on, or is
 *   no text: by its first bytes, or by a zero byte
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const megabytes = bytes.length / 2 ** 20;
  if (megabytes > MAX_MEGABYTES) {
    const memory = ((megabytes * MEMORY_PER_BYTE) / 1024).toFixed(1);
    throw new InputError(
      `The file has ${megabytes.toFixed(1)} MB, and to train on it would take about ${memory} GB of memory; at most ${String(MAX_MEGABYTES)} MB (2 GB of memory) can be read, so leave rows out.`,
    );
  }
  const kind = binaryKind(bytes);
  if (kind !== null) throw new InputError(kind);
  if (startsWith(bytes, UTF_32_LE) || startsWith(bytes, UTF_32_BE)) {
    throw new InputError('The file is encoded as UTF-32; save it as UTF-8.');
  }
  const encoding = encodingOf(bytes);
  const zero = encoding === 'utf-8' ? bytes.indexOf(0) : -1;
  if (zero !== -1) {
    throw new InputError(
      `The file is neither UTF-8 nor UTF-16 text: byte ${String(zero + 1)} is zero, as in binary files; save it as CSV.`,
    );
  }
  const text = new TextDecoder(encoding).decode(bytes);
  if (encoding !== 'utf-8' || !isCodePage(text, bytes)) return { text, encoding };
  return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
}

/** Whether none of the letters beyond ASCII is UTF-8: in a file that is only damaged some are. */
function isCodePage(text: string, bytes: Uint8Array): boolean {
  if (!text.includes('\ufffd') || /[\u0080-\ufffc]/.test(text)) return false;
  try {
    // The sign for what cannot be decoded may itself stand in a file.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return false;
  } catch {
    return true;
  }
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte);
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const pairs = Math.floor(Math.min(bytes.length, SAMPLED_BYTES) / 2);
  const zeros = [0, 0];
  for (let i = 0; i < 2 * pairs; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [first = 0, second = 0] = zeros.map((count) => count / pairs);
  if (second >= ZERO_SHARE && first <= STRAY_SHARE) return 'utf-16le';
  if (first >= ZERO_SHARE && second <= STRAY_SHARE) return 'utf-16be';
  return 'utf-8';
}
