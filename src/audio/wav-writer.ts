/**
 * WAV files, written piece by piece.
 *
 * Source: as for wav-reader.ts. Samples of 16 bits are dithered with triangular noise of two steps
 * from end to end (S. P. Lipshitz, R. A. Wannamaker, J. Vanderkooy, "Quantization and dither: a
 * theoretical survey", J. AES 40, 1992); those of 24 are not, whose steps lie at −144 dB, below
 * the noise of anything that plays them.
 */
import { InputError } from '../base/input-error';
import { Stream, threefry2x32 } from '../math/threefry';

/** How the samples are written, as people choose it. */
export const WAV_FORMATS = ['16', '24', '32-float'] as const;
export type WavFormat = (typeof WAV_FORMATS)[number];

export interface WavShape {
  readonly format: WavFormat;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** See Sound; left out: the usual ones of so many channels. */
  readonly speakers?: number | undefined;
}

const BYTES: Readonly<Record<WavFormat, number>> = { '16': 2, '24': 3, '32-float': 4 };
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Refuses what no WAV file can hold.
 *
 * @throws InputError where the file would be over 4 GB
 */
function checkLength(shape: WavShape, frames: number): void {
  if (fileBytes(shape, frames) > MOST_BYTES) {
    throw new InputError(
      'The result would be over 4 GB, more than a WAV file holds: choose fewer bits or a shorter file.',
    );
  }
}

/** Whether the format is spelt out, as more than two channels or unusual speakers ask for. */
const isExtensible = (shape: WavShape): boolean =>
  shape.channels > 2 || speakersOf(shape) !== (SPEAKERS[shape.channels] ?? 0);

/** Bytes before the samples: the heads of RIFF, fmt, fact and data, and what the first three hold. */
const headerBytes = (shape: WavShape): number => 12 + (isExtensible(shape) ? 48 : 24) + 12 + 8;

function fileBytes(shape: WavShape, frames: number): number {
  const bytes = frames * shape.channels * BYTES[shape.format];
  return headerBytes(shape) + bytes + (bytes % 2);
}

/**
 * The file's first bytes; as many whatever the frames.
 *
 * @param frames that follow
 * @throws InputError where the file would be over 4 GB
 */
export function wavHeader(shape: WavShape, frames: number): Uint8Array<ArrayBuffer> {
  checkLength(shape, frames);
  const { format, sampleRateHz, channels } = shape;
  const bytes = new ByteWriter(headerBytes(shape));
  const bytesASample = BYTES[format];
  const tag = format === '32-float' ? 3 : 1;
  bytes
    .text('RIFF')
    .u32(fileBytes(shape, frames) - 8)
    .text('WAVE');
  bytes.text('fmt ').u32(isExtensible(shape) ? 40 : 16);
  bytes
    .u16(isExtensible(shape) ? 0xfffe : tag)
    .u16(channels)
    .u32(sampleRateHz);
  bytes.u32(sampleRateHz * channels * bytesASample).u16(channels * bytesASample);
  bytes.u16(bytesASample * 8);
  if (isExtensible(shape)) {
    bytes
      .u16(22)
      .u16(bytesASample * 8)
      .u32(speakersOf(shape));
    // The format's number, made an identifier by these bytes after it.
    bytes.u32(tag).u32(0x00100000).u32(0xaa000080).u32(0x719b3800);
  }
  bytes.text('fact').u32(4).u32(frames);
  return bytes.text('data').u32(frames * channels * bytesASample).bytes;
}

/** The usual places of so many channels, as bits; of others nothing is said. */
const SPEAKERS: Readonly<Record<number, number>> = {
  1: 0x4,
  2: 0x3,
  3: 0x7,
  4: 0x33,
  5: 0x37,
  6: 0x3f,
  7: 0x70f,
  8: 0x63f,
};

const speakersOf = ({ channels, speakers }: WavShape): number =>
  speakers ?? SPEAKERS[channels] ?? 0;

/** Puts numbers and letters one after the other, low bytes first. */
class ByteWriter {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  text(letters: string): this {
    for (const letter of letters) this.#view.setUint8(this.#at++, letter.charCodeAt(0));
    return this;
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }
}

/** The samples of a file as bytes, for sound that arrives in pieces; the same however it is cut. */
export class WavEncoder {
  readonly #shape: WavShape;
  #frames = 0;
  #clipped = 0;

  constructor(shape: WavShape) {
    this.#shape = shape;
  }

  /** Frames so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Samples so far that went past full scale and were clipped to it; none of floats. */
  get clipped(): number {
    return this.#clipped;
  }

  /**
   * The next samples.
   *
   * @throws InputError where the file would now be over 4 GB, or a sample is no finite number
   */
  encode(piece: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
    const { format, channels } = this.#shape;
    const frames = piece[0]?.length ?? 0;
    checkLength(this.#shape, this.#frames + frames);
    piece.forEach((samples, channel) => {
      this.#checkFinite(samples, channel);
    });
    const stride = channels * BYTES[format];
    const view = new DataView(new ArrayBuffer(frames * stride));
    piece.forEach((samples, channel) => {
      this.#put(samples, channel, view);
    });
    this.#frames += frames;
    return new Uint8Array(view.buffer);
  }

  /** What ends the file: RIFF's chunks have even lengths. */
  end(): Uint8Array<ArrayBuffer> {
    const { format, channels } = this.#shape;
    return new Uint8Array((this.#frames * channels * BYTES[format]) % 2);
  }

  #checkFinite(samples: Float32Array, channel: number): void {
    const at = samples.findIndex((sample) => !Number.isFinite(sample));
    if (at < 0) return;
    const seconds = (this.#frames + at) / this.#shape.sampleRateHz;
    throw new InputError(
      `The sound of channel ${String(channel + 1)} is no finite number at ${seconds.toFixed(3)} s, which no WAV file can hold: the file that is read, or its filters, are at fault.`,
    );
  }

  #put(samples: Float32Array, channel: number, view: DataView): void {
    const { format, channels } = this.#shape;
    const stride = channels * BYTES[format];
    let at = channel * BYTES[format];
    if (format === '32-float') {
      for (let i = 0; i < samples.length; i++, at += stride) {
        view.setFloat32(at, samples[i] ?? 0, true);
      }
    } else if (format === '24') {
      for (let i = 0; i < samples.length; i++, at += stride) {
        const step = this.#whole((samples[i] ?? 0) * 2 ** 23, 2 ** 23);
        view.setUint16(at, step & 0xffff, true);
        view.setInt8(at + 2, step >> 16);
      }
    } else {
      const dither = new Dither(channel);
      for (let i = 0; i < samples.length; i++, at += stride) {
        const value = (samples[i] ?? 0) * 2 ** 15 + dither.at(this.#frames + i);
        view.setInt16(at, this.#whole(value, 2 ** 15), true);
      }
    }
  }

  /** @param limit full scale: −limit to limit − 1 can be written */
  #whole(value: number, limit: number): number {
    const rounded = Math.round(value);
    if (rounded >= -limit && rounded < limit) return rounded;
    // Full scale itself, and the dither on it, lose a step at most.
    if (Math.abs(rounded) > limit + 1) this.#clipped++;
    return rounded < 0 ? -limit : limit - 1;
  }
}

/** Triangular noise of −1 to 1 steps that depends on the sample's place alone. */
class Dither {
  readonly #channel: number;
  /** The pair of frames that the block is of. */
  #pair = -1;
  #block: [number, number] = [0, 0];

  constructor(channel: number) {
    this.#channel = channel;
  }

  at(frame: number): number {
    // One block of random bits makes the noise of two frames, of 16 bits twice each.
    if (frame >> 1 !== this.#pair) {
      this.#pair = frame >> 1;
      this.#block = threefry2x32(0, Stream.dither, this.#channel, this.#pair);
    }
    const bits = this.#block[frame % 2] ?? 0;
    return ((bits >>> 16) - (bits & 0xffff)) / 2 ** 16;
  }
}
