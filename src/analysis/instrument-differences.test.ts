import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import { randomUniform } from '../math/threefry';
import { instrumentDifference } from './instrument-differences';
import { curvesOf, logSpectralDistance } from './metrics/curves';

interface Given {
  readonly contributor: number;
  readonly instrument?: string;
  readonly gain: number;
}

const shelf = (gain: number): number[] => FLAT_SETTING.with(0, gain);
const rowsOf = (given: readonly Given[]) =>
  given.map(({ gain, ...row }) => ({ ...row, word: 'warm', setting: shelf(gain) }));
const differ = (given: readonly Given[]) => instrumentDifference(rowsOf(given), 'warm', 'guitar');

/** People of one to four rows, half of them on guitar, whose gains the two make. */
function people(count: number, gain: (onGuitar: boolean, person: number) => number): Given[] {
  return Array.from({ length: count }, (_, person) => {
    const onGuitar = person % 2 === 0;
    return Array.from({ length: 1 + (person % 4) }, () => ({
      contributor: person,
      instrument: onGuitar ? 'guitar' : 'piano',
      gain: gain(onGuitar, person),
    }));
  }).flat();
}

describe('a word on an instrument', () => {
  it('differs where people do something else there', () => {
    const { distanceDb, p, ...found } = differ(
      people(16, (onGuitar, person) => (onGuitar ? 6 : -6) + randomUniform(1, 99, 0, person)),
    );
    expect(found).toEqual({ word: 'warm', instrument: 'guitar', people: 8, otherPeople: 8 });
    expect(p).toBeLessThan(0.01);
    expect(distanceDb).toBeGreaterThan(1);
  });

  it('does not where people differ, but not by the instrument', () => {
    const chances = Array.from({ length: 20 }, (_, trial) => {
      const { p } = differ(people(12, (_, person) => 12 * randomUniform(2, 99, trial, person) - 6));
      return p ?? Number.NaN;
    });
    // Fewer than one in five of twenty chances below a twentieth, and half of them below a half or so.
    expect(chances.filter((p) => p < 0.05).length).toBeLessThan(4);
    expect(chances.filter((p) => p < 0.5).length).toBeGreaterThan(4);
    expect(chances.filter((p) => p < 0.5).length).toBeLessThan(16);
  });

  it('cannot be told of few people, however many their rows', () => {
    const few = Array.from({ length: 200 }, (_, i) => ({
      contributor: i % 10,
      instrument: i % 10 < 3 ? 'guitar' : 'piano',
      gain: i % 10 < 3 ? 9 : -9,
    }));
    expect(differ(few)).toMatchObject({ people: 3, otherPeople: 7, distanceDb: null, p: null });
  });

  it('is measured by the energy distance, each person counted once', () => {
    // Persons' gains on guitar, one of them with two rows; elsewhere; and rows of no side.
    const guitar = [[1, 3], [2], [2], [2]];
    const others = [[-1], [-2], [-3], [-4]];
    const given = [guitar, others].flatMap((side, i) =>
      side.flatMap((gains, person) =>
        gains.map((gain) => ({
          contributor: 10 * i + person,
          instrument: i === 0 ? 'guitar' : 'sax',
          gain,
        })),
      ),
    );
    const lsd = (a: number, b: number): number =>
      logSpectralDistance(curvesOf([shelf(a)]), curvesOf([shelf(b)]));
    const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
    const between = (a: readonly number[][], b: readonly number[][]): number =>
      mean(a.flatMap((x) => b.map((y) => mean(x.flatMap((g) => y.map((h) => lsd(g, h)))))));
    const wanted = 2 * between(guitar, others) - between(guitar, guitar) - between(others, others);
    const noSide = [
      { contributor: 99, gain: 12 },
      { contributor: 0, instrument: 'sax', gain: 12 },
    ];
    expect(differ([...given, ...noSide]).distanceDb).toBeCloseTo(wanted, 5);
  });
});
