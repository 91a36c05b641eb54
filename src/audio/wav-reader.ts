/**
 * WAV files, read piece by piece.
 *
 * Source: Microsoft, "Multiple channel audio data and WAVE files", 2007 (WAVE_FORMAT_EXTENSIBLE);
 * IBM and Microsoft, "Multimedia programming interface and data specifications 1.0", 1991 (RIFF).
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

/** How samples are written. */
interface Layout {
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly bytesASample: number;
  readonly read: (view: DataView, at: number) => number;
}

const FORMAT = { pcm: 1, float: 3, extensible: 0xfffe };
/** The rest of the identifiers of sub-formats that begin with one of the numbers above. */
const SUB_FORMAT_REST = '00000000001000800000aa00389b71';

const READERS: Readonly<Record<string, Layout['read']>> = {
  'pcm 8': (view, at) => (view.getUint8(at) - 2 ** 7) / 2 ** 7,
  'pcm 16': (view, at) => view.getInt16(at, true) / 2 ** 15,
  'pcm 24': (view, at) => (view.getInt8(at + 2) * 2 ** 16 + view.getUint16(at, true)) / 2 ** 23,
  'pcm 32': (view, at) => view.getInt32(at, true) / 2 ** 31,
  'float 32': (view, at) => view.getFloat32(at, true),
  'float 64': (view, at) => view.getFloat64(at, true),
};

/** More chunks before the sound than any program writes. */
const MOST_CHUNKS = 10_000;

/** Whether the bytes begin as a WAV file does, of any size or age. */
export async function isWav(bytes: ByteSource): Promise<boolean> {
  const start = await bytes.read(0, 12);
  return ['RIFF', 'RIFX', 'RF64', 'BW64'].includes(ascii(start, 0)) && ascii(start, 8) === 'WAVE';
}

/**
 * The sound of a WAV file: whole numbers of 8, 16, 24 or 32 bits, or floats of 32 or 64.
 *
 * Of a file that was broken off, or whose writer never came to put its length in, all there is is
 * read.
 *
 * @throws InputError saying what the file is, if not that
 */
export async function openWav(bytes: ByteSource): Promise<Sound> {
  const start = ascii(await bytes.read(0, 12), 0);
  if (start === 'RF64' || start === 'BW64') {
    throw new InputError('The file is an RF64 file, of which none are read: keep it below 4 GB.');
  }
  if (start === 'RIFX' || !(await isWav(bytes))) throw new InputError('The file is no WAV file.');
  const { layout, dataStart, dataEnd } = await readChunks(bytes);
  const { sampleRateHz, channels, bytesASample } = layout;
  const bytesAFrame = channels * bytesASample;
  const frames = Math.floor((dataEnd - dataStart) / bytesAFrame);
  return {
    sampleRateHz,
    channels,
    frames,
    async *pieces() {
      for (let at = 0; at < frames; at += PIECE_FRAMES) {
        const end = Math.min(frames, at + PIECE_FRAMES);
        const read = await bytes.read(dataStart + at * bytesAFrame, dataStart + end * bytesAFrame);
        if (read.length < (end - at) * bytesAFrame) {
          throw new InputError('The file became shorter while it was read.');
        }
        yield decode(layout, new DataView(read.buffer, read.byteOffset, read.length));
      }
    },
  };
}

function decode({ channels, bytesASample, read }: Layout, view: DataView): Piece {
  const frames = view.byteLength / (channels * bytesASample);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let i = 0; i < frames; i++) {
      const value = read(view, (i * channels + channel) * bytesASample);
      // One sample that is no number would silence all that comes after it in a filter.
      samples[i] = Number.isFinite(value) ? value : 0;
    }
    return samples;
  });
}

interface Chunks {
  readonly layout: Layout;
  readonly dataStart: number;
  readonly dataEnd: number;
}

async function readChunks(bytes: ByteSource): Promise<Chunks> {
  let layout: Layout | null = null;
  let at = 12;
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const head = await bytes.read(at, at + 8);
    if (head.length < 8) break;
    const size = new DataView(head.buffer, head.byteOffset).getUint32(4, true);
    const from = at + 8;
    const name = ascii(head, 0);
    if (name === 'fmt ') {
      layout = readFormat(await bytes.read(from, from + Math.min(size, 64)));
    }
    if (name === 'data') {
      if (layout === null) throw new InputError('The file has sound before it says of what kind.');
      // Writers to a stream leave 0 or the largest number for what they cannot know.
      const end = size === 0 ? bytes.size : Math.min(bytes.size, from + size);
      return { layout, dataStart: from, dataEnd: end };
    }
    at = from + size + (size % 2);
  }
  throw new InputError(
    layout === null
      ? 'The file does not say what kind of sound it holds (it has no “fmt” chunk).'
      : 'The file holds no sound (it has no “data” chunk).',
  );
}

function readFormat(chunk: Uint8Array): Layout {
  if (chunk.length < 16) {
    throw new InputError('The file does not say what kind of sound it holds (“fmt” is cut short).');
  }
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const channels = view.getUint16(2, true);
  const sampleRateHz = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  const kind = kindOf(view);
  checkShape(sampleRateHz, channels);
  const read = READERS[`${kind} ${String(bits)}`];
  if (read === undefined) {
    throw new InputError(
      `The file holds samples of ${String(bits)} bits in a form (${kind}) that is not read here.`,
    );
  }
  const bytesASample = bits / 8;
  if (frameBytes !== channels * bytesASample) {
    throw new InputError(
      `The file says that ${String(channels)} samples of ${String(bits)} bits take ${String(frameBytes)} bytes.`,
    );
  }
  return { sampleRateHz, channels, bytesASample, read };
}

/** Of the samples: "pcm", "float", or the number of another format. */
function kindOf(format: DataView): string {
  let tag = format.getUint16(0, true);
  if (tag === FORMAT.extensible && format.byteLength >= 40) {
    const rest = Array.from({ length: 14 }, (_, i) => format.getUint8(26 + i));
    const known = rest.map((byte) => byte.toString(16).padStart(2, '0')).join('');
    if (`00${SUB_FORMAT_REST}`.endsWith(known)) tag = format.getUint16(24, true);
  }
  if (tag === FORMAT.pcm) return 'pcm';
  return tag === FORMAT.float ? 'float' : `format ${String(tag)}`;
}

function ascii(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
