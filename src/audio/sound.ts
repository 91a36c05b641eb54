/** Sound as everything here takes it: in pieces, so that no length needs more memory. */
import { InputError } from '../base/input-error';

/** Frames of a piece: over a second, so that what a piece costs besides is small. */
export const PIECE_FRAMES = 65_536;

/** One array for each channel, equally long, full scale 1. */
export type Piece = readonly Float32Array<ArrayBuffer>[];

/** Sound that can be heard from its start as often as one likes. */
export interface Sound {
  readonly sampleRateHz: number;
  readonly channels: number;
  /**
   * The speakers that the channels are for, one after the other, as bits of a WAV file's channel
   * mask; left out where the file does not say.
   */
  readonly speakers?: number;
  /** How long it is; what a compressed file says may be a little off. */
  readonly frames: number;
  /**
   * The sound from its start. The pieces are the reader's, to change at will.
   *
   * @throws InputError where a file breaks off or cannot be decoded
   */
  pieces(): AsyncIterable<Piece> | Iterable<Piece>;
  /**
   * What of the file was not there or no sound, as sentences: complete once all pieces have been
   * taken. Left out where nothing can be.
   */
  readonly faults?: () => readonly string[];
}

/** The lowest and highest rate that loudness is defined well for and files come in. */
const RATES_HZ = { min: 4000, max: 768_000 };
const MOST_CHANNELS = 32;

/**
 * @param sampleRateHz as a file gives it
 * @param channels     as a file gives them
 * @throws InputError where the equaliser cannot work with them
 */
export function checkShape(sampleRateHz: number, channels: number): void {
  if (!(sampleRateHz >= RATES_HZ.min && sampleRateHz <= RATES_HZ.max)) {
    throw new InputError(
      `The sample rate is ${String(sampleRateHz)} Hz, outside ${String(RATES_HZ.min)} to ${String(RATES_HZ.max)} Hz.`,
    );
  }
  if (!(channels >= 1 && channels <= MOST_CHANNELS)) {
    throw new InputError(
      `The file has ${String(channels)} channels, not 1 to ${String(MOST_CHANNELS)}.`,
    );
  }
}

/**
 * Sound that is decoded already.
 *
 * @param channels equally long, full scale 1
 * @throws InputError where the shape is nothing to work with
 */
export function decodedSound(channels: readonly Float32Array[], sampleRateHz: number): Sound {
  checkShape(sampleRateHz, channels.length);
  const frames = channels[0]?.length ?? 0;
  if (channels.some(({ length }) => length !== frames)) {
    throw new InputError('The channels are not equally long.');
  }
  return {
    sampleRateHz,
    channels: channels.length,
    frames,
    *pieces() {
      for (let at = 0; at < frames; at += PIECE_FRAMES) {
        yield channels.map((samples) => samples.slice(at, at + PIECE_FRAMES));
      }
    },
  };
}
