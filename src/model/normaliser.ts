/** Settings in dB, Hz and Q ↔ the numbers around 0–1 that a model sees. */
import {
  clampToBounds,
  EQ_PARAMETERS,
  PARAMETER_COUNT,
  type EqSetting,
  type ParameterKind,
} from '../eq/parameters';
import { InputError } from '../input-error';
import type { Normaliser } from './model';

/** Added to a frequency before its logarithm, as in the reference model. */
const FREQUENCY_OFFSET_HZ = 1;

/** A range narrower than this (all values equal, but for rounding) cannot be divided by. */
const NARROWEST_RANGE = 1e-6;

/**
 * The reference model's normaliser (Seed V2): gains from ±12 dB, the logarithms of all
 * frequencies together and of all Qs together from the smallest and largest value in the data.
 * A range that has no width becomes one decade around its value.
 *
 * @throws InputError when there are no settings
 */
export function fitNormaliser(settings: readonly EqSetting[]): Normaliser {
  if (settings.length === 0) throw new InputError('There are no rows to fit a normaliser to.');
  return {
    gainDb: [-12, 12],
    frequencyLog10: rangeOf(settings, 'frequency', (hz) => Math.log10(hz + FREQUENCY_OFFSET_HZ)),
    frequencyOffsetHz: FREQUENCY_OFFSET_HZ,
    qLog10: rangeOf(settings, 'q', Math.log10),
  };
}

/**
 * Normalised parameters of settings.
 *
 * @returns shape [rows, 13], row-major; outside 0–1 where a value is outside the fitted range
 */
export function normalise(settings: readonly EqSetting[], normaliser: Normaliser): Float32Array {
  const values = new Float32Array(settings.length * PARAMETER_COUNT);
  settings.forEach((setting, row) => {
    EQ_PARAMETERS.forEach(({ kind }, i) => {
      const [low, high] = rangeFor(kind, normaliser);
      const scaled = toScale(setting[i] ?? Number.NaN, kind, normaliser);
      values[row * PARAMETER_COUNT + i] = (scaled - low) / (high - low);
    });
  });
  return values;
}

/**
 * The setting of one normalised row, moved inside the plug-in's bounds.
 *
 * @param values [rows, 13], row-major
 */
export function denormalise(values: ArrayLike<number>, normaliser: Normaliser, row = 0): EqSetting {
  return clampToBounds(
    EQ_PARAMETERS.map(({ kind }, i) => {
      const [low, high] = rangeFor(kind, normaliser);
      const value = values[row * PARAMETER_COUNT + i] ?? Number.NaN;
      return fromScale(low + value * (high - low), kind, normaliser);
    }),
  );
}

function rangeOf(
  settings: readonly EqSetting[],
  kind: ParameterKind,
  scale: (value: number) => number,
): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const setting of settings) {
    setting.forEach((value, i) => {
      if (EQ_PARAMETERS[i]?.kind !== kind) return;
      low = Math.min(low, scale(value));
      high = Math.max(high, scale(value));
    });
  }
  return high - low < NARROWEST_RANGE ? [low - 0.5, low + 0.5] : [low, high];
}

function rangeFor(kind: ParameterKind, normaliser: Normaliser): readonly [number, number] {
  if (kind === 'gain') return normaliser.gainDb;
  return kind === 'frequency' ? normaliser.frequencyLog10 : normaliser.qLog10;
}

function toScale(value: number, kind: ParameterKind, { frequencyOffsetHz }: Normaliser): number {
  if (kind === 'gain') return value;
  return Math.log10(kind === 'frequency' ? value + frequencyOffsetHz : value);
}

function fromScale(scaled: number, kind: ParameterKind, { frequencyOffsetHz }: Normaliser): number {
  if (kind === 'gain') return scaled;
  return kind === 'frequency' ? 10 ** scaled - frequencyOffsetHz : 10 ** scaled;
}
