/** What a curve does, in a few words. */
import { mean } from '../../math/mean';
import { logFrequencies } from '../../eq/response';
import { CURVE_POINTS } from '../metrics/curves';

/** Parts of the spectrum, each from its frequency up to the next one's. */
const REGIONS = [
  { name: 'low', fromHz: 0 },
  { name: 'low-mid', fromHz: 120 },
  { name: 'mid', fromHz: 500 },
  { name: 'high-mid', fromHz: 2000 },
  { name: 'top', fromHz: 6000 },
] as const;

/** Region of each point, [256]. */
const REGION_OF = Array.from(logFrequencies(CURVE_POINTS), (hz) =>
  REGIONS.findLastIndex(({ fromHz }) => hz >= fromHz),
);

/** Less than this, in dB from the curve's level, is not worth a word. */
const AUDIBLE_DB = 1.5;
/** A further region is named when it is moved at least this share of what the first is. */
const FURTHER_SHARE = 0.5;

/** A curve that comes so near to 0 dB with a quarter of its points has no level. */
const NO_LEVEL_DB = 1;

/** For two, three and four of a name, from least to most. */
const STRENGTHS = [
  ['mild', 'strong'],
  ['mild', 'medium', 'strong'],
  ['faint', 'mild', 'strong', 'extreme'],
] as const;
const LEVELS = [
  ['quieter', 'louder'],
  ['quiet', 'middling', 'loud'],
  ['quietest', 'quieter', 'louder', 'loudest'],
] as const;

/**
 * Names for a word's curves by what they do apart from making all louder: "low-mid lift", "low
 * lift and top cut", or "gentle" where nothing stands out. A name tells the one or two regions
 * that are moved most. Where curves would share it, a third region is told; where that does not
 * part them, their strength does, or their level. No two names are equal.
 *
 * @param curves up to four, each [256] dB, 20 Hz–20 kHz
 */
export function nameCurves(curves: readonly Float64Array[]): string[] {
  const short = curves.map((curve) => nameOf(curve, 2));
  const names = curves.map((curve, i) =>
    alikeIn(short, short[i]).length > 1 ? nameOf(curve, 3) : (short[i] ?? ''),
  );
  return names.map((name, i) => {
    const alike = alikeIn(names, name);
    return alike.length > 1 ? apart(name, curves, alike, i) : name;
  });
}

function alikeIn(names: readonly string[], name: string | undefined): number[] {
  return names.flatMap((other, i) => (other === name ? [i] : []));
}

function nameOf(curve: Float64Array, mostRegions: number): string {
  const moved = movedDb(curve);
  const byMove = REGIONS.map((_, i) => i).sort((a, b) => size(moved, b) - size(moved, a));
  const least = Math.max(AUDIBLE_DB, FURTHER_SHARE * size(moved, byMove[0] ?? 0));
  const told = byMove
    .slice(0, mostRegions)
    .filter((region) => size(moved, region) >= least)
    .sort((a, b) => a - b);
  if (told.length === 0) return 'gentle';
  // Neighbours that are moved the same way share the word for it: "low and low-mid lift".
  const parts: { regions: string[]; way: string }[] = [];
  for (const region of told) {
    const way = (moved[region] ?? 0) > 0 ? 'lift' : 'cut';
    const name = REGIONS[region]?.name ?? '';
    const last = parts.at(-1);
    if (last?.way === way) last.regions.push(name);
    else parts.push({ regions: [name], way });
  }
  const joint = told.length > 2 ? ', ' : ' and ';
  return parts.map(({ regions, way }) => `${listed(regions)} ${way}`).join(joint);
}

/** "low", "low and mid", "low, mid and top". */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}

/** Mean of the level-free curve in each region, dB. */
function movedDb(curve: Float64Array): number[] {
  const free = levelFree(curve);
  return REGIONS.map((_, region) => {
    const inside = free.filter((_, i) => REGION_OF[i] === region);
    return mean(inside);
  });
}

/**
 * The curve less its level: what it does apart from making all louder. A curve
 * whose quartiles have 0 dB between them, or nearly so, has no level: its lifts and cuts are what
 * they look like. The level of others is their median; their mean would have a wide lift in one place pass for
 * cuts in all others.
 */
function levelFree(curve: Float64Array): Float64Array {
  const sorted = curve.toSorted();
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? 0;
  const around0 = at(0.25) < NO_LEVEL_DB && at(0.75) > -NO_LEVEL_DB;
  const level = around0 ? 0 : at(0.5);
  return curve.map((db) => db - level);
}

function size(moved: readonly number[], region: number): number {
  return Math.abs(moved[region] ?? 0);
}

/** The name of one of several curves that do the same, with how much or how loud. */
function apart(
  name: string,
  curves: readonly Float64Array[],
  alike: readonly number[],
  index: number,
): string {
  const of = (i: number): Float64Array => curves[i] ?? new Float64Array(CURVE_POINTS);
  const levels = alike.map((i) => mean(of(i)));
  const strengths = alike.map((i) => Math.sqrt(mean(levelFree(of(i)).map((db) => db * db))));
  const byStrength = spreadOf(strengths) >= spreadOf(levels);
  const values = byStrength ? strengths : levels;
  const own = alike.indexOf(index);
  const rank = values.filter(
    (value, i) => value < (values[own] ?? 0) || (value === values[own] && i < own),
  ).length;
  const word = (byStrength ? STRENGTHS : LEVELS)[alike.length - 2]?.[rank] ?? String(rank + 1);
  return byStrength ? `${word} ${name}` : `${name}, ${word}`;
}

function spreadOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
