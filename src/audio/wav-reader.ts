/**
 * WAV files, read piece by piece.
 *
 * Source: Microsoft, "Multiple channel audio data and WAVE files", 2007 (WAVE_FORMAT_EXTENSIBLE);
 * IBM and Microsoft, "Multimedia programming interface and data specifications 1.0", 1991 (RIFF, and
 * RIFX, its form with high bytes first); EBU Tech 3306, "RF64", 2009, and Recommendation ITU-R
 * BS.2088 (BW64).
 */
import { InputError } from '../base/input-error';
import { checkShape, PIECE_FRAMES, type Piece, type Sound } from './sound';

/** Bytes that can be read from anywhere: a Blob, or a file on a disk. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from one place to before another; fewer where the source ends before. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** The bytes of a Blob or File, read as they are needed. */
export function blobBytes(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
  };
}

/** The forms of WAV files by how they begin, and whether the low byte of a number comes first. */
const LOW_BYTE_FIRST: Readonly<Record<string, boolean>> = {
  RIFF: true,
  RIFX: false,
  RF64: true,
  BW64: true,
};

/** How samples are written. */
interface Layout {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Bits of the speakers that the channels are for; left out where the file does not say. */
  readonly speakers?: number;
  readonly bytesASample: number;
  /** The sample at a place of bytes in the file's order. */
  readonly read: (view: DataView, at: number) => number;
}

const FORMAT = { pcm: 1, float: 3, extensible: 0xfffe };
/** How the identifiers of sub-formats end that begin with one of the numbers above. */
const SUB_FORMAT_END = 0x80_00_00_aa_00_38_9b_71n;

/** `low`: whether the low byte comes first. */
const READERS: Readonly<Record<string, (view: DataView, at: number, low: boolean) => number>> = {
  'pcm 8': (view, at) => (view.getUint8(at) - 2 ** 7) / 2 ** 7,
  'pcm 16': (view, at, low) => view.getInt16(at, low) / 2 ** 15,
  'pcm 24': (view, at, low) =>
    (view.getInt8(low ? at + 2 : at) * 2 ** 16 + view.getUint16(low ? at : at + 1, low)) / 2 ** 23,
  'pcm 32': (view, at, low) => view.getInt32(at, low) / 2 ** 31,
  'float 32': (view, at, low) => view.getFloat32(at, low),
  'float 64': (view, at, low) => view.getFloat64(at, low),
};

/** More chunks before the sound than any program writes. */
const MOST_CHUNKS = 10_000;

/** Whether the bytes begin as a WAV file does, of any size or age. */
export async function isWav(bytes: ByteSource): Promise<boolean> {
  const start = await bytes.read(0, 12);
  return Object.hasOwn(LOW_BYTE_FIRST, ascii(start, 0)) && ascii(start, 8) === 'WAVE';
}

/**
 * The sound of a WAV file: whole numbers of 8, 16, 24 or 32 bits, or floats of 32 or 64, in a file
 * of any length and either order of bytes.
 *
 * Of a file that was broken off, or whose writer never came to put its length in, all there is is
 * read.
 *
 * @throws InputError saying what the file is, if not that
 */
export async function openWav(bytes: ByteSource): Promise<Sound> {
  if (!(await isWav(bytes))) throw new InputError('The file is no WAV file; convert it to one.');
  const { layout, dataStart, dataEnd, announced } = await readChunks(bytes);
  const { sampleRateHz, channels, speakers, bytesASample } = layout;
  const bytesAFrame = channels * bytesASample;
  const frames = Math.floor((dataEnd - dataStart) / bytesAFrame);
  let strays = 0;
  return {
    sampleRateHz,
    channels,
    ...(speakers === undefined ? {} : { speakers }),
    frames,
    faults: () => [
      ...cutNotes(announced, dataEnd - dataStart, bytesAFrame * sampleRateHz),
      ...strayNotes(strays),
    ],
    async *pieces() {
      strays = 0;
      for (let at = 0; at < frames; at += PIECE_FRAMES) {
        const end = Math.min(frames, at + PIECE_FRAMES);
        const read = await bytes.read(dataStart + at * bytesAFrame, dataStart + end * bytesAFrame);
        if (read.length < (end - at) * bytesAFrame) {
          throw new InputError('The file became shorter while it was read.');
        }
        const piece = decode(layout, new DataView(read.buffer, read.byteOffset, read.length));
        strays += silenceStrays(piece);
        yield piece;
      }
    },
  };
}

function decode({ channels, bytesASample, read }: Layout, view: DataView): Piece {
  const frames = view.byteLength / (channels * bytesASample);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let i = 0; i < frames; i++) {
      samples[i] = read(view, (i * channels + channel) * bytesASample);
    }
    return samples;
  });
}

/**
 * One sample that is no number would silence all that comes after it in a filter.
 *
 * @returns how many there were
 */
function silenceStrays(piece: Piece): number {
  let strays = 0;
  for (const samples of piece) {
    for (let i = 0; i < samples.length; i++) {
      if (Number.isFinite(samples[i])) continue;
      samples[i] = 0;
      strays++;
    }
  }
  return strays;
}

function strayNotes(strays: number): string[] {
  if (strays === 0) return [];
  const what =
    strays === 1 ? '1 sample of the file is' : `${String(strays)} samples of the file are`;
  return [`${what} no finite number, and played as silence.`];
}

/** @param announced bytes that the file says it has; NaN where it does not */
function cutNotes(announced: number, found: number, bytesASecond: number): string[] {
  if (!(announced > found)) return [];
  const [whole, part] = [announced, found].map((bytes) => (bytes / bytesASecond).toFixed(3));
  return [
    `The file breaks off: it announces ${whole ?? ''} s, of which ${part ?? ''} s are there.`,
  ];
}

interface Chunks {
  readonly layout: Layout;
  readonly dataStart: number;
  readonly dataEnd: number;
  /** Bytes that the sound has by the file's own account; NaN where the file knows none. */
  readonly announced: number;
}

async function readChunks(bytes: ByteSource): Promise<Chunks> {
  const head = await bytes.read(0, 12);
  const form = ascii(head, 0);
  const low = LOW_BYTE_FIRST[form] ?? true;
  const riffSize = viewOf(head).getUint32(4, low);
  let layout: Layout | null = null;
  let long: LongSizes | null = null;
  for await (const { name, size, from } of chunksOf(bytes, 12, low)) {
    if (name === 'ds64') long = readLongSizes(await bytes.read(from, from + Math.min(size, 16)));
    if (name === 'fmt ')
      layout = readFormat(await bytes.read(from, from + Math.min(size, 64)), low);
    if (name === 'data') {
      if (layout === null) throw new InputError('The file has sound before it says of what kind.');
      // RF64 says here that the length stands elsewhere; a writer to a stream, that it knows none.
      const length = size === UNKNOWN_SIZE ? (long?.data ?? size) : size;
      const riffEnd = 8 + (riffSize === UNKNOWN_SIZE ? (long?.riff ?? riffSize) : riffSize);
      const unknown = length === 0 && !(await onlyChunks(bytes, from, riffEnd, low));
      const end = unknown ? bytes.size : Math.min(bytes.size, from + length);
      const known = !unknown && length !== UNKNOWN_SIZE && length < MOST_BYTES;
      return { layout, dataStart: from, dataEnd: end, announced: known ? length : Number.NaN };
    }
  }
  throw new InputError(
    layout === null
      ? 'The file does not say what kind of sound it holds (it has no “fmt” chunk).'
      : 'The file holds no sound (it has no “data” chunk).',
  );
}

/** What stands in place of a length that is not known, or does not fit. */
const UNKNOWN_SIZE = 2 ** 32 - 1;
/** More than any file has: an RF64 whose length is not known says so by a number like this. */
const MOST_BYTES = 2 ** 53;

interface ChunkHead {
  readonly name: string;
  /** Of what the chunk holds, as it says itself. */
  readonly size: number;
  /** Where that begins. */
  readonly from: number;
}

/** The heads of the chunks from a place on, to the end of the file. */
async function* chunksOf(
  bytes: ByteSource,
  start: number,
  low: boolean,
): AsyncGenerator<ChunkHead, void> {
  let at = start;
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const head = await bytes.read(at, at + 8);
    if (head.length < 8) return;
    const size = viewOf(head).getUint32(4, low);
    yield { name: ascii(head, 0), size, from: at + 8 };
    at += 8 + size + (size % 2);
  }
}

/**
 * Whether the bytes from a place to the end that the file's head gives are chunks, at least one.
 * After a data chunk of length 0 that tells an empty one from one whose writer broke off, or wrote
 * to a stream, before the length was known.
 */
async function onlyChunks(
  bytes: ByteSource,
  start: number,
  riffEnd: number,
  low: boolean,
): Promise<boolean> {
  if (riffEnd <= start || riffEnd > bytes.size) return false;
  for await (const { name, size, from } of chunksOf(bytes, start, low)) {
    if (!/^[ -~]{4}$/.test(name)) return false;
    // Not every writer counts the byte that makes the last chunk's length even.
    if (from + size === riffEnd || from + size + (size % 2) === riffEnd) return true;
    if (from + size > riffEnd) return false;
  }
  return false;
}

/** The lengths of an RF64 file, which may be over 4 GB. */
interface LongSizes {
  readonly riff: number;
  readonly data: number;
}

function readLongSizes(chunk: Uint8Array): LongSizes {
  if (chunk.length < 16) {
    throw new InputError('The file does not say how long it is (“ds64” is cut short).');
  }
  const view = viewOf(chunk);
  const at = (place: number): number => Number(view.getBigUint64(place, true));
  return { riff: at(0), data: at(8) };
}

function readFormat(chunk: Uint8Array, low: boolean): Layout {
  if (chunk.length < 16) {
    throw new InputError('The file does not say what kind of sound it holds (“fmt” is cut short).');
  }
  const view = viewOf(chunk);
  const channels = view.getUint16(2, low);
  const sampleRateHz = view.getUint32(4, low);
  const frameBytes = view.getUint16(12, low);
  const bits = view.getUint16(14, low);
  const { kind, speakers } = kindOf(view, low);
  checkShape(sampleRateHz, channels);
  const read = READERS[`${kind} ${String(bits)}`];
  if (read === undefined) {
    throw new InputError(
      `The file holds samples of ${String(bits)} bits in a form (${kind}) that is not read here; save it as PCM of 8, 16, 24 or 32 bits.`,
    );
  }
  const bytesASample = bits / 8;
  if (frameBytes !== channels * bytesASample) {
    throw new InputError(
      `The file says that ${String(channels)} samples of ${String(bits)} bits take ${String(frameBytes)} bytes.`,
    );
  }
  return {
    sampleRateHz,
    channels,
    ...(speakers === undefined ? {} : { speakers }),
    bytesASample,
    read: (samples, at) => read(samples, at, low),
  };
}

/** What the samples are ("pcm", "float", or the number of another format), and for which speakers. */
function kindOf(format: DataView, low: boolean): { kind: string; speakers?: number } {
  const tag = format.getUint16(0, low);
  if (tag !== FORMAT.extensible || format.byteLength < 40) return { kind: nameOf(tag) };
  const speakers = format.getUint32(20, low);
  // An identifier begins with a number of four bytes and two of two; its last eight have no order.
  const known =
    format.getUint16(low ? 26 : 24, low) === 0 &&
    format.getUint16(28, low) === 0 &&
    format.getUint16(30, low) === 0x10 &&
    format.getBigUint64(32, false) === SUB_FORMAT_END;
  return { kind: nameOf(known ? format.getUint16(low ? 24 : 26, low) : tag), speakers };
}

function nameOf(tag: number): string {
  if (tag === FORMAT.pcm) return 'pcm';
  return tag === FORMAT.float ? 'float' : `format ${String(tag)}`;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
