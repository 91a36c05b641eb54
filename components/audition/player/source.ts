/** What is listened to: a file that the browser decodes, or a sound made here. */
import type { AudioHeader } from '../../../src/audio/container-header';
import { InputError } from '../../../src/base/input-error';
import { durationText } from '../../kit/text';

export interface Source {
  readonly name: string;
  readonly buffer: AudioBuffer;
  /** null for what is made here. */
  readonly file: File | null;
  /** The file's own; null where it could not be told. The buffer has its own rate. */
  readonly fileRateHz: number | null;
  readonly channels: number;
}

/** Reads what a file says of its sound; null where its kind is not known. */
export type ReadHeader = (file: File) => Promise<AudioHeader | null>;

export type BuiltIn = 'pink-noise' | 'loop';

export const BUILT_IN_NAMES: Readonly<Record<BuiltIn, string>> = {
  'pink-noise': 'Pink noise',
  loop: 'Drums, bass and chords',
};

/** Rate of what is made here, and of what cannot be decoded at its own. */
const USUAL_RATE_HZ = 48_000;
/** The equaliser's highest band, at 20 kHz, must lie below half the rate. */
const LEAST_RATE_HZ = 44_100;
/** As 32-bit floats, all channels together; browsers hold little more in one sound. */
const MOST_BYTES = 2 ** 31;

/** Makes the sound. @throws what stands in the way of loading its maker */
export async function builtInSource(which: BuiltIn): Promise<Source> {
  const channels = await channelsOf(which);
  const buffer = new AudioBuffer({
    length: channels[0].length,
    numberOfChannels: channels.length,
    sampleRate: USUAL_RATE_HZ,
  });
  channels.forEach((samples, i) => {
    buffer.copyToChannel(Float32Array.from(samples), i);
  });
  return {
    name: BUILT_IN_NAMES[which],
    buffer,
    file: null,
    fileRateHz: USUAL_RATE_HZ,
    channels: channels.length,
  };
}

async function channelsOf(which: BuiltIn): Promise<readonly [Float32Array, ...Float32Array[]]> {
  if (which === 'loop') {
    return (await import('../../../src/audio/synthetic-loop')).syntheticLoop(USUAL_RATE_HZ);
  }
  return [(await import('../../../src/audio/pink-noise')).pinkNoise(USUAL_RATE_HZ)];
}

/**
 * Decodes a file at its own rate where that can be told and the equaliser works at it, otherwise
 * at 48 kHz.
 *
 * @throws InputError for what is no audio the browser decodes, and for what is too long
 */
export async function openSource(file: File, readHeader: ReadHeader): Promise<Source> {
  // The browser may know what the reader does not.
  const header = await readHeader(file).catch(() => null);
  const rateHz = header?.rateHz ?? null;
  const decodedBytes =
    header === null
      ? file.size
      : 4 * header.seconds * header.channels * Math.max(header.rateHz, LEAST_RATE_HZ);
  if (decodedBytes > MOST_BYTES) {
    const how = header === null ? 'is too large' : `lasts ${durationText(header.seconds)}`;
    throw new InputError(
      `${file.name} ${how}, which is more than the page can hold; cut a part out of it.`,
    );
  }
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    throw new InputError(`${file.name} could not be read from the disk: choose it again.`);
  }
  const usable = rateHz !== null && rateHz >= LEAST_RATE_HZ;
  const buffer = await decode(file.name, bytes, usable ? rateHz : USUAL_RATE_HZ);
  return {
    name: file.name,
    buffer,
    file,
    fileRateHz: rateHz,
    channels: buffer.numberOfChannels,
  };
}

async function decode(name: string, bytes: ArrayBuffer, rateHz: number): Promise<AudioBuffer> {
  let context: OfflineAudioContext;
  try {
    context = new OfflineAudioContext(1, 1, rateHz);
  } catch {
    // The browser does not work at this rate.
    context = new OfflineAudioContext(1, 1, USUAL_RATE_HZ);
  }
  let buffer: AudioBuffer;
  try {
    buffer = await context.decodeAudioData(bytes);
  } catch {
    throw new InputError(`${name} holds no audio that this browser can decode.`);
  }
  if (buffer.length < 2) throw new InputError(`${name} holds no sound.`);
  return buffer;
}
