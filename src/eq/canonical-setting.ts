/** The setting that an engineer would make for a curve: no band works against another. */
import { dot } from '../math/linear-algebra';
import { dampedStep, normalEquations } from '../math/marquardt';
import { BELLS, clampToBounds, EQ_BANDS, EQ_PARAMETERS, type EqSetting } from './parameters';
import { responseOn } from './response';
import { GRID, GRID_POINTS } from './response-grid';
import { fromScale, responseSlopes, toScale } from './setting-scale';

/** Steps of the two stages: gains are drawn to 0, then the curve is restored from there. */
const STEPS = { drawing: 12, restoring: 8 } as const;
/** Damping of the steps, and what is added to its diagonal. */
const DAMPING = 0.01;
const FLOOR = 1e-3 * GRID_POINTS;
/** Steps are shortened as they come near this size: in dB, and in the logarithm of Hz or Q. */
const LONGEST = { gain: 3, shape: 0.35 } as const;
/** A step all of whose parts are shorter changes nothing that anybody sees. */
const SETTLED = 1e-3;

/** Price of a dB of gain, in dB² of the curve's mean square; of its square, below about SOFT_DB. */
const GAIN = 0.003;
const SOFT_DB = 0.5;
/** Price of the squared way from where a stage begins: what the curve leaves open stays put. */
const WAY = 0.003;
/** Price of the square of what {@link conflict} says. */
const CONFLICT = 0.2;
/** Bands of opposite sign are to be this far apart, or one of them this weak: a little more than
 *  what counts as fighting. */
const APART = { octaves: 1.3, db: 1.2 } as const;
/** With a curve this far from the wanted one, root of the mean square in dB, bands may fight a
 *  little, and with one that far as much as they will. */
const BENT_DB = { little: 0.2, much: 0.4 } as const;
/** Farther away it is not the same curve. */
const MOST_ERROR_DB = 0.25;

const PAIRS = EQ_BANDS.flatMap((one, i) => EQ_BANDS.slice(i + 1).map((other) => ({ one, other })));
const IS_GAIN = EQ_PARAMETERS.map(({ kind }) => kind === 'gain');

/**
 * A setting with the same curve, less gain and no bands that cancel each other, as far as its curve
 * lets it; bells in the order of their frequencies. Where the curve would be more than 0.25 dB away,
 * the setting itself, its bells in order. What the curve leaves open stays where it is, so settings
 * that are near each other stay so, nearly always.
 *
 * Damped least squares on the curve at 64 points, the gains, bands that work against each other, and
 * the way from the start. A few steps and no choice between them: each is a continuous function of
 * where it starts.
 *
 * @param setting inside the plug-in's bounds
 * @returns inside them, too
 */
export function canonicalSetting(setting: EqSetting): EqSetting {
  const start = sortedBells(setting);
  const wanted = responseOn(GRID, start);
  const drawn = descend(start, wanted, { gain: GAIN, conflict: CONFLICT }, STEPS.drawing);
  const bent = (errorDb(wanted, drawn) - BENT_DB.little) / (BENT_DB.much - BENT_DB.little);
  const conflict = CONFLICT * (1 - Math.min(1, Math.max(0, bent)));
  const found = descend(drawn, wanted, { gain: 0, conflict }, STEPS.restoring);
  return errorDb(wanted, found) > MOST_ERROR_DB ? start : sortedBells(found);
}

function sortedBells(setting: EqSetting): EqSetting {
  const bells = BELLS.map((band) => setting.slice(EQ_BANDS[band].gain, EQ_BANDS[band].gain + 3));
  bells.sort(([, a = 0], [, b = 0]) => a - b);
  return [...setting.slice(0, 2), ...bells.flat(), ...setting.slice(11)];
}

function errorDb(wanted: Float64Array, setting: EqSetting): number {
  const missing = missingOf(wanted, setting);
  return Math.sqrt(dot(missing, missing) / GRID_POINTS);
}

function missingOf(wanted: Float64Array, setting: EqSetting): Float64Array {
  const response = responseOn(GRID, setting);
  return wanted.map((db, i) => db - (response[i] ?? 0));
}

/** In dB² of the curve's mean square: of a dB of gain, and of a dB² of conflict. */
interface Prices {
  readonly gain: number;
  readonly conflict: number;
}

/** Where so many steps lead to, or fewer where the last changes nothing. */
function descend(start: EqSetting, wanted: Float64Array, prices: Prices, steps: number): EqSetting {
  const from = toScale(start);
  let setting = start;
  for (let step = 0; step < steps; step++) {
    const at = toScale(setting);
    const by = shortened(stepFrom(setting, { at, from, wanted, prices }));
    if (by.every((part) => Math.abs(part) < SETTLED)) break;
    setting = clampToBounds(fromScale(at.map((value, i) => value + (by[i] ?? 0))));
  }
  return setting;
}

interface Place {
  /** The setting in its scale, and the one that its ways are from. */
  readonly at: readonly number[];
  readonly from: readonly number[];
  /** Curve in dB, [64]. */
  readonly wanted: Float64Array;
  readonly prices: Prices;
}

/** The next change of each parameter in its scale, [13]. */
function stepFrom(setting: EqSetting, { at, from, wanted, prices }: Place): Float64Array {
  const slopes = responseSlopes(setting, at, GRID);
  const equations = normalEquations(slopes, missingOf(wanted, setting));
  const { matrix, right } = equations;
  // Each price is one more point, which is wanted to be 0: of a parameter alone, or of a pair of bands.
  const add = (i: number, j: number, slopesByWeight: number): void => {
    const row = matrix[i];
    if (row !== undefined && j <= i) row[j] = (row[j] ?? 0) + slopesByWeight;
  };
  at.forEach((value, i) => {
    const gain = IS_GAIN[i] === true ? weightOf(prices.gain) / Math.hypot(value, SOFT_DB) : 0;
    const way = weightOf(WAY);
    add(i, i, gain + way);
    right[i] = (right[i] ?? 0) - gain * value - way * (value - (from[i] ?? 0));
  });
  const weight = weightOf(prices.conflict);
  for (const { one, other } of PAIRS) {
    const here = conflict(at, one, other);
    for (const [i, slope] of here.slopes) {
      for (const [j, beside] of here.slopes) add(i, j, weight * slope * beside);
      right[i] = (right[i] ?? 0) - weight * slope * here.db;
    }
  }
  return dampedStep(equations, DAMPING, FLOOR);
}

/** Residuals are of 64 points, prices of their mean. */
function weightOf(price: number): number {
  return GRID_POINTS * price;
}

type Band = (typeof EQ_BANDS)[number];

interface Conflict {
  readonly db: number;
  /** How that changes with a parameter: its index among the 13, and dB a unit of its scale. */
  readonly slopes: readonly (readonly [number, number])[];
}

/**
 * How much two bands work against each other: nothing where they are of one sign or far enough
 * apart; else about the weaker one's gain, a·b / √(a² + b²), less what it may have, and fading out
 * over the last octave.
 */
function conflict(at: readonly number[], one: Band, other: Band): Conflict {
  const [a = 0, b = 0] = [at[one.gain], at[other.gain]];
  const way = (at[one.frequency] ?? 0) - (at[other.frequency] ?? 0);
  const short = APART.octaves - Math.abs(way) / Math.LN2;
  const size = Math.hypot(a, b);
  const over = Math.abs(a * b) / size - APART.db;
  if (a * b >= 0 || short <= 0 || over <= 0) return { db: 0, slopes: [] };
  const near = Math.min(1, short);
  const closing = short < 1 ? -Math.sign(way) / Math.LN2 : 0;
  return {
    db: over * near,
    slopes: [
      [one.gain, (near * Math.sign(a) * Math.abs(b) ** 3) / size ** 3],
      [other.gain, (near * Math.sign(b) * Math.abs(a) ** 3) / size ** 3],
      [one.frequency, over * closing],
      [other.frequency, -over * closing],
    ],
  };
}

/** A step in the same direction that is not longer than the longest. */
function shortened(by: Float64Array): Float64Array {
  const squares = by.reduce((sum, part, i) => {
    return sum + (part / (IS_GAIN[i] === true ? LONGEST.gain : LONGEST.shape)) ** 2;
  }, 0);
  return by.map((part) => part / Math.sqrt(1 + squares));
}
