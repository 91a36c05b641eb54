/** Whether people do something else by a word where they play another instrument. */
import { groupBy } from '../base/group-by';
import type { SafeRow } from '../data/rows';
import { mean } from '../math/mean';
import { randomPermutation, Stream } from '../math/threefry';
import { curvesOf } from './metrics/curves';
import { CurveDistances } from './metrics/energy-score';

export interface InstrumentDifference {
  readonly word: string;
  readonly instrument: string;
  /** Who mostly used the word on the instrument, and who on others. */
  readonly people: number;
  readonly otherPeople: number;
  /** Energy distance of the two groups' curves, each person counted once, dB; null with too few people. */
  readonly distanceDb: number | null;
  /** Chance of such a distance or more were it all one to people what they play; null likewise. */
  readonly p: number | null;
}

/** On either side. With three and three, no chance could be below 1 in 20. */
export const FEWEST_PEOPLE = 4;

const PERMUTATIONS = 1999;

/**
 * Compares the curves that people made by a word on an instrument with those that others made by it
 * on other instruments. Rows that name no instrument are on neither side, and who is on both is on
 * that where most of their rows are, with these alone. People, not rows, are permuted between the
 * sides: rows of one person are alike.
 *
 * Source: G. J. Székely, M. L. Rizzo, "Testing for equal distributions in high dimension", InterStat
 * 5, 2004 (energy distance 2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖, and its permutation test).
 */
export function instrumentDifference(
  rows: readonly Pick<SafeRow, 'word' | 'contributor' | 'setting' | 'instrument'>[],
  word: string,
  instrument: string,
): InstrumentDifference {
  const named = rows.filter((row) => row.word === word && row.instrument !== undefined);
  const isOn = (row: (typeof named)[number]): boolean => row.instrument === instrument;
  const sided = [...groupBy(named, ({ contributor }) => contributor).values()].map((own) => {
    const on = own.filter(isOn);
    const off = own.filter((row) => !isOn(row));
    return on.length >= off.length ? { on: true, rows: on } : { on: false, rows: off };
  });
  const people = sided.filter(({ on }) => on).length;
  const found = { word, instrument, people, otherPeople: sided.length - people };
  if (Math.min(found.people, found.otherPeople) < FEWEST_PEOPLE) {
    return { ...found, distanceDb: null, p: null };
  }
  const apart = meanDistances(sided.map((person) => person.rows.map(({ setting }) => setting)));
  const sides = sided.map(({ on }) => on);
  const distanceDb = energyDistance(apart, sides);
  const asFar = Array.from({ length: PERMUTATIONS }, (_, step) => {
    const order = randomPermutation(0, Stream.permutation, step, sides.length);
    return energyDistance(
      apart,
      Array.from(order, (person) => sides[person] === true),
    );
    // Equal sums can differ in their last digits.
  }).filter((distance) => distance >= distanceDb - 1e-9);
  return { ...found, distanceDb, p: (1 + asFar.length) / (1 + PERMUTATIONS) };
}

/** Mean distances between rows of people, each to each, [people][people]. */
function meanDistances(people: readonly SafeRow['setting'][][]): number[][] {
  const distances = new CurveDistances(curvesOf(people.flat()));
  let next = 0;
  const numbers = people.map((own) => own.map(() => next++));
  return numbers.map((one) =>
    numbers.map((other) => mean(one.map((row) => mean(distances.from(row, other))))),
  );
}

/** @param sides of each person, both there */
function energyDistance(apart: readonly number[][], sides: readonly boolean[]): number {
  const between = (one: boolean, other: boolean): number =>
    mean(
      apart.flatMap((row, person) =>
        sides[person] === one ? row.filter((_, to) => sides[to] === other) : [],
      ),
    );
  return 2 * between(true, false) - between(true, true) - between(false, false);
}
