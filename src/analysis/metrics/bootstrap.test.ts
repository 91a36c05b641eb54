import { describe, expect, it } from 'vitest';
import { randomUniform, Stream } from '../../math/threefry';
import { Median, Resamples, weightedMean } from './bootstrap';
import { median } from './word-distances';

const values = Float64Array.from({ length: 40 }, (_, i) => randomUniform(2, Stream.sample, 0, i));

describe('Resamples', () => {
  it('has the width that the spread of a mean promises', () => {
    const alone = new Resamples([...values.keys()]);
    const [low = 0, high = 0] = alone.interval((weights) => weightedMean(values, weights)) ?? [];
    const centre = values.reduce((sum, value) => sum + value, 0) / 40;
    const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 40;
    const half = 1.96 * Math.sqrt(variance / 40);
    expect(low).toBeCloseTo(centre - half, 1.3);
    expect(high).toBeCloseTo(centre + half, 1.3);
    expect((high - low) / (2 * half)).toBeGreaterThan(0.8);
    expect((high - low) / (2 * half)).toBeLessThan(1.2);
  });

  it('draws whole people: rows that are copies make no figure surer', () => {
    const four = [0, 10, 20, 30].flatMap((person) => Array<number>(10).fill(person));
    const copies = Float64Array.from(four, (person) => person);
    const by = (groups: readonly number[]): number => {
      const [low = 0, high = 0] =
        new Resamples(groups).interval((weights) => weightedMean(copies, weights)) ?? [];
      return high - low;
    };
    const people = by(four);
    expect(people).toBeCloseTo(
      (() => {
        const [low = 0, high = 0] =
          new Resamples([1, 2, 3, 4]).interval((weights) =>
            weightedMean(Float64Array.of(0, 10, 20, 30), weights),
          ) ?? [];
        return high - low;
      })(),
      12,
    );
    expect(people).toBeGreaterThan(2 * by([...copies.keys()]));
  });

  it('tells nothing of fewer than four people', () => {
    expect(new Resamples([7, 8, 9, 7]).interval(() => 1)).toBeNull();
    expect(new Resamples([7, 8, 9, 6]).interval(() => 1)).toEqual([1, 1]);
  });
});

describe('Median', () => {
  it('is that of each value repeated as often as it weighs', () => {
    const of = new Median(values);
    for (let step = 0; step < 30; step++) {
      const weights = Uint16Array.from(values, (_, i) =>
        Math.floor(3 * randomUniform(4, Stream.sample, step, i)),
      );
      const repeated = [...values].flatMap((value, i) =>
        Array<number>(weights[i] ?? 0).fill(value),
      );
      expect(of.of(weights)).toBe(median(repeated));
    }
  });
});
