/** Points of a GraphicEQ, as Equalizer APO, AutoEq and Wavelet have them: "20 -1.5; 30 -1.2; …". */
import type { CurvePoint } from '../eq/curve';
import { readNumber } from './filter-lines';
import { isLevel } from './preset';

const MOST_POINTS = 2000;
/** Where a point may lie, in Hz; those above what is heard bend the curve below them. */
const LOWEST_HZ = 0.001;
const HIGHEST_HZ = 1_000_000;

type GraphicEq =
  | {
      /** In the order of frequencies, one or more. */
      readonly curve: readonly CurvePoint[];
      /** Points whose frequency no curve can have, as they are written. */
      readonly outside: readonly string[];
    }
  /** A sentence without its full stop. */
  | { readonly fault: string };

/**
 * What follows "GraphicEQ:": numbers by twos, whatever stands between them. Where no number has a
 * point, commas are the decimal sign.
 */
export function readGraphicEq(parameters: string): GraphicEq {
  const text = parameters.includes('.') ? parameters : parameters.replaceAll(',', '.');
  const numbers = text.match(/[-+0-9.eE]+/g) ?? [];
  if (numbers.length === 0 || numbers.length > 2 * MOST_POINTS) {
    return { fault: 'a GraphicEQ needs 1 to 2,000 points, as in "100 -1.5; 200 2"' };
  }
  const curve: CurvePoint[] = [];
  const outside: string[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    const [frequency = '', gain = ''] = numbers.slice(i, i + 2);
    const point = { frequencyHz: readNumber(frequency), gainDb: readNumber(gain) };
    const named = `${frequency} ${gain}`.trim().slice(0, 30);
    if (!isLevel(point.gainDb)) {
      return { fault: `the gain must be a number from −100 to 100 dB in the point "${named}"` };
    }
    const { frequencyHz } = point;
    if (frequencyHz >= LOWEST_HZ && frequencyHz <= HIGHEST_HZ) curve.push(point);
    else outside.push(named);
  }
  if (curve.length === 0) {
    return { fault: 'no point of the GraphicEQ lies between 0.001 and 1,000,000 Hz' };
  }
  return { curve: curve.sort((a, b) => a.frequencyHz - b.frequencyHz), outside };
}
