/** A file through the equaliser: measured, and written as a WAV file. */
import type { EqSetting } from '../eq/parameters';
import { EqFilter } from './biquad';
import { LoudnessMeter } from './loudness';
import type { Loudness } from './match-gains';
import { PeakMeter } from './peak';
import type { Sound } from './sound';
import { WavEncoder, wavHeader, type WavFormat } from './wav-writer';

/** How loud a sound is; −Infinity of what is silent, or too quiet to count. */
export interface Measured extends Loudness {
  /** dB of full scale. */
  readonly samplePeakDb: number;
}

/** What changes sound in place that arrives in pieces, one array for each channel. */
export interface SoundFilter {
  process(piece: readonly Float32Array[]): void;
}

/** What sound goes through: a setting, or a filter that is made anew for each pass. */
export type Through = EqSetting | ((channels: number) => SoundFilter);

function filterOf(through: Through | null, { sampleRateHz, channels }: Sound): SoundFilter | null {
  if (through === null) return null;
  return typeof through === 'function'
    ? through(channels)
    : new EqFilter(through, sampleRateHz, channels);
}

/**
 * Called after each piece, with how much is done, 0 to 1. The work goes on when what it gives has
 * settled, and ends with what it throws.
 */
export type Pace = (share: number) => Promise<void> | void;

/**
 * The loudness of a sound through each of some settings, in one pass.
 *
 * @param settings null for the sound as it is
 */
export async function measureSound(
  sound: Sound,
  settings: readonly (Through | null)[],
  pace: Pace,
): Promise<Measured[]> {
  const { sampleRateHz, channels, speakers, frames } = sound;
  const meters = settings.map((setting) => ({
    filter: filterOf(setting, sound),
    loudness: new LoudnessMeter(sampleRateHz, channels, speakers),
    peak: new PeakMeter(channels),
  }));
  let done = 0;
  for await (const piece of sound.pieces()) {
    for (const { filter, loudness, peak } of meters) {
      const heard = piece.map((samples) => samples.slice());
      filter?.process(heard);
      loudness.add(heard);
      peak.add(heard);
    }
    done += piece[0]?.length ?? 0;
    await pace(shareOf(done, frames));
  }
  return meters.map(({ loudness, peak }) => ({
    integratedLufs: loudness.integratedLufs(),
    truePeakDb: peak.truePeakDb(),
    samplePeakDb: peak.samplePeakDb(),
  }));
}

export interface RenderChoices {
  /** Null for the sound as it is. */
  readonly setting: Through | null;
  readonly format: WavFormat;
  /** Whether the result is brought to the loudness of the sound as it is. */
  readonly match: boolean;
}

/** Where the file goes. */
export interface WavTarget {
  /** The file's first bytes, before all others; and once more at the end, when all is known. */
  begin(header: Uint8Array<ArrayBuffer>): Promise<void> | void;
  /** The next bytes. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void> | void;
}

export interface RenderOutcome {
  readonly frames: number;
  /** What was added to match the loudness, in dB. */
  readonly gainDb: number;
  /** What the listener should know of the result, as sentences; null where nothing. */
  readonly note: string | null;
}

/**
 * Puts a sound through a setting into a WAV file of the same rate and channels, piece by piece;
 * where loudness is matched, the sound is read twice.
 *
 * @throws InputError where the sound cannot be read to its end, or the file would be over 4 GB
 */
export async function renderSound(
  sound: Sound,
  { setting, format, match }: RenderChoices,
  target: WavTarget,
  pace: Pace,
): Promise<RenderOutcome> {
  const { sampleRateHz, channels, speakers, frames } = sound;
  const shape = { format, sampleRateHz, channels, speakers };
  const header = wavHeader(shape, frames);
  const half: Pace = (share) => pace(share / 2);
  const [before, after] = match ? await measureSound(sound, [null, setting], half) : [];
  const matched =
    before === undefined || after === undefined
      ? { gainDb: 0, note: null }
      : matchingGain(before, after, format);
  const factor = 10 ** (matched.gainDb / 20);
  const filter = filterOf(setting, sound);
  const encoder = new WavEncoder(shape);
  await target.begin(header);
  for await (const piece of sound.pieces()) {
    filter?.process(piece);
    if (factor !== 1) for (const samples of piece) scale(samples, factor);
    await target.write(encoder.encode(piece));
    const share = shareOf(encoder.frames, frames);
    await pace(match ? (1 + share) / 2 : share);
  }
  await target.write(encoder.end());
  await target.begin(wavHeader(shape, encoder.frames));
  const notes = [...(sound.faults?.() ?? []), matched.note, clippingNote(encoder.clipped)].filter(
    (note) => note !== null,
  );
  return {
    frames: encoder.frames,
    gainDb: matched.gainDb,
    note: notes.length === 0 ? null : notes.join(' '),
  };
}

function scale(samples: Float32Array, factor: number): void {
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) * factor;
}

/** What compressed files say of their length may be too little. */
function shareOf(done: number, frames: number): number {
  return frames === 0 ? 1 : Math.min(1, done / frames);
}

/** Lowers by less than this are not worth a sentence. */
const AUDIBLE_DB = 0.05;

/**
 * The gain that brings a sound to the loudness it had, lowered where its peak would pass full
 * scale or, if that was higher already, its own peak before.
 *
 * @param before the sound as it is
 * @param after  the sound as it became
 */
export function matchingGain(
  before: Measured,
  after: Measured,
  format: WavFormat,
): { readonly gainDb: number; readonly note: string | null } {
  const wanted = before.integratedLufs - after.integratedLufs;
  if (!Number.isFinite(wanted)) {
    return {
      gainDb: 0,
      note: 'The sound is too quiet to have a loudness, so its level was left as it is.',
    };
  }
  const over = Math.max(
    after.truePeakDb + wanted - Math.max(0, before.truePeakDb),
    // Whole numbers cannot pass full scale, whatever was there before.
    format === '32-float' ? -Infinity : after.samplePeakDb + wanted,
    0,
  );
  const note =
    over < AUDIBLE_DB
      ? null
      : `At the same loudness the peak would be ${over.toFixed(1)} dB too high, so the file is that much quieter than the original.`;
  return { gainDb: wanted - over, note };
}

function clippingNote(samples: number): string | null {
  if (samples === 0) return null;
  const what = samples === 1 ? '1 sample' : `${String(samples)} samples`;
  return `${what} went past full scale and were clipped: match the loudness, or choose 32-bit float.`;
}
