/** Settings in dB, Hz and Q ↔ the numbers, mostly 0–1, that a model sees. */
import { mean } from '../math/mean';
import {
  clampToBounds,
  EQ_PARAMETERS,
  PARAMETER_COUNT,
  type EqParameter,
  type EqSetting,
  type ParameterKind,
} from '../eq/parameters';
import { InputError } from '../base/input-error';
import type { Recipe } from '../recipe/recipe';
import { fromFounding, type ColumnScale, type Normaliser } from './normaliser-schema';

/** From each parameter's bounds in the plug-in, with the logarithms of frequencies and Qs. */
export const PLUG_IN_LOG: Normaliser = { columns: EQ_PARAMETERS.map(boundsInLog) };

/** Share of a range that the wide normaliser has beyond either end. */
const BEYOND = 0.05;

/** Below half the sample rate that responses are computed at, beyond which a filter has no frequency. */
const HIGHEST_HZ = 22_000;

/** The same with room beyond the bounds, since a sigmoid reaches its ends only at infinity. */
const PLUG_IN_LOG_WIDE: Normaliser = {
  columns: PLUG_IN_LOG.columns.map((column) => {
    const { scale, from, to } = column;
    const beyond = BEYOND * (to - from);
    const highest = scale === 'log10' ? Math.log10(HIGHEST_HZ) : Infinity;
    return { ...column, from: from - beyond, to: Math.min(to + beyond, highest) };
  }),
};

/** Added to a frequency before its logarithm, as in the reference model. */
const FREQUENCY_OFFSET_HZ = 1;

/** A range narrower than this (all values equal, but for rounding) cannot be divided by. */
const NARROWEST_RANGE = 1e-6;

/**
 * The normaliser of a recipe:
 *
 * - `data` (Seed V2): gains from ±12 dB, the logarithms of all frequencies together and of all Qs
 *   together from the smallest and largest value in the data. A range that has no width becomes
 *   one decade around its value.
 * - `z-score` (Seed V1): mean to 0 and mean + standard deviation (of the rows, not of what they
 *   are a sample of) to 1, column by column, in dB, Hz and Q. A column without spread counts as
 *   having a standard deviation of 1.
 * - `fixed-log` (Seed V3): gains from ±12 dB, logarithms of 20–20,000 Hz and of a Q of 0.1–10.
 * - `plug-in-linear` (flowEQ): each parameter from its own bounds in the plug-in.
 * - `plug-in-log`: the same with the logarithms of frequencies and Qs. Bells in the order of their
 *   frequencies stay in these bounds too: see {@link clampToBounds}.
 * - `plug-in-log-wide`: the same, and beyond either end 5 % of the range more, but no frequency above
 *   22 kHz. What a model says beyond the bounds is moved to them when it is decoded.
 *
 * @param settings those of the rows trained on; held-out rows have no say
 * @throws InputError when there are no settings
 */
export function fitNormaliser(
  kind: Recipe['normaliser'],
  settings: readonly EqSetting[],
): Normaliser {
  if (settings.length === 0) throw new InputError('There are no rows to fit a normaliser to.');
  switch (kind) {
    case 'data':
      return fromFounding({
        gainDb: [-12, 12],
        frequencyLog10: rangeOf(settings, 'frequency', (hz) =>
          Math.log10(hz + FREQUENCY_OFFSET_HZ),
        ),
        frequencyOffsetHz: FREQUENCY_OFFSET_HZ,
        qLog10: rangeOf(settings, 'q', Math.log10),
      });
    case 'z-score':
      return { columns: EQ_PARAMETERS.map((_, i) => zScore(settings.map((row) => row[i] ?? 0))) };
    case 'fixed-log':
      return fromFounding({
        gainDb: [-12, 12],
        frequencyLog10: [Math.log10(20), Math.log10(20_000)],
        frequencyOffsetHz: 0,
        qLog10: [-1, 1],
      });
    case 'plug-in-linear':
      return {
        columns: EQ_PARAMETERS.map(({ min, max }) => ({
          scale: 'linear',
          offset: 0,
          from: min,
          to: max,
        })),
      };
    case 'plug-in-log':
      return PLUG_IN_LOG;
    case 'plug-in-log-wide':
      return PLUG_IN_LOG_WIDE;
  }
}

/**
 * Normalised parameters of settings.
 *
 * @returns shape [rows, 13], row-major; outside 0–1 where a value is outside the fitted range
 */
export function normalise(settings: readonly EqSetting[], { columns }: Normaliser): Float32Array {
  const values = new Float32Array(settings.length * PARAMETER_COUNT);
  settings.forEach((setting, row) => {
    columns.forEach(({ scale, offset, from, to }, i) => {
      const value = setting[i] ?? Number.NaN;
      const scaled = scale === 'linear' ? value : Math.log10(value + offset);
      values[row * PARAMETER_COUNT + i] = (scaled - from) / (to - from);
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
  return clampToBounds(denormaliseFreely(values, normaliser, row));
}

/**
 * The setting of one normalised row as it comes, be it one that no equaliser has.
 *
 * @param values [rows, 13], row-major
 */
export function denormaliseFreely(
  values: ArrayLike<number>,
  { columns }: Normaliser,
  row = 0,
): EqSetting {
  return columns.map(({ scale, offset, from, to }, i) => {
    const value = values[row * PARAMETER_COUNT + i] ?? Number.NaN;
    const scaled = from + value * (to - from);
    return scale === 'linear' ? scaled : 10 ** scaled - offset;
  });
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

function zScore(values: readonly number[]): ColumnScale {
  const from = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - from) ** 2)));
  const to = from + (deviation < NARROWEST_RANGE ? 1 : deviation);
  return { scale: 'linear', offset: 0, from, to };
}

function boundsInLog({ kind, min, max }: EqParameter): ColumnScale {
  return kind === 'gain'
    ? { scale: 'linear', offset: 0, from: min, to: max }
    : { scale: 'log10', offset: 0, from: Math.log10(min), to: Math.log10(max) };
}
