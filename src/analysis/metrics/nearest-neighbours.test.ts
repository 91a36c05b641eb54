import { describe, expect, it } from 'vitest';
import { randomBits, randomUniform, Stream } from '../../math/threefry';
import { balancedAccuracy, classifiedByNeighbours } from './nearest-neighbours';

const points = (...values: number[]): Float64Array => Float64Array.from(values);
const labels = (...values: number[]): Int32Array => Int32Array.from(values);
const filled = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);

/** Twenty points of class 0 around −1 and twenty of class 1 around 1, on a line. */
const known = {
  points: Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? -1 : 1) + (i % 20) / 100),
  labels: Int32Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)),
};

describe('toldByNeighbours', () => {
  it('asks fifteen neighbours', () => {
    const few = {
      points: points(0, 0.1, ...filled(13, 5)),
      labels: labels(1, 1, ...filled(13, 0)),
    };
    expect(classifiedByNeighbours(few, { points: points(0), labels: labels(0) }, 1)).toEqual(
      Uint8Array.of(1),
    );
    const more = {
      points: points(0, 0.1, ...filled(13, 5), 4),
      labels: labels(1, 1, ...filled(14, 0)),
    };
    expect(classifiedByNeighbours(more, { points: points(0), labels: labels(0) }, 1)?.[0]).toBe(1);
  });

  it('lets nearer neighbours settle a draw', () => {
    const draw = { points: points(1, 2, 3, 4), labels: labels(0, 1, 1, 0) };
    const correct = classifiedByNeighbours(
      draw,
      { points: points(0, 2.9), labels: labels(0, 1) },
      1,
    );
    expect(correct).toEqual(Uint8Array.of(1, 1));
  });

  it('tells each of the known rows by all others where none are unknown', () => {
    // Left to itself a row's nearest neighbour would be itself; of two rows only the other is left.
    const pair = { points: points(0, 1), labels: labels(0, 1) };
    expect(classifiedByNeighbours(pair, null, 1)).toEqual(Uint8Array.of(0, 0));
    expect(classifiedByNeighbours(known, null, 1)).toEqual(new Uint8Array(40).fill(1));
  });

  it('tells what sorting all distances tells, in any number of dimensions', () => {
    for (const dimensions of [1, 3, 16, 37]) {
      const cloud = (step: number, rows: number) => ({
        points: Float64Array.from({ length: rows * dimensions }, (_, i) =>
          randomUniform(5, Stream.sample, step, i),
        ),
        labels: Int32Array.from(
          { length: rows },
          (_, row) => randomBits(6, Stream.sample, step, row) % 3,
        ),
      });
      const [near, asked] = [cloud(0, 120), cloud(1, 50)];
      expect([...(classifiedByNeighbours(near, asked, dimensions) ?? [])]).toEqual(
        bySorting(near, asked, dimensions),
      );
    }
  });

  it('asks the first of rows that are equally near, as sorting does', () => {
    // Few places for many rows, so that the fifteenth neighbour is as near as the sixteenth.
    for (const dimensions of [1, 2, 5]) {
      const cloud = (step: number, rows: number) => ({
        points: Float64Array.from({ length: rows * dimensions }, (_, i) =>
          Math.floor(3 * randomUniform(7, Stream.sample, step, i)),
        ),
        labels: Int32Array.from(
          { length: rows },
          (_, row) => randomBits(8, Stream.sample, step, row) % 3,
        ),
      });
      const [near, asked] = [cloud(0, 200), cloud(1, 60)];
      expect([...(classifiedByNeighbours(near, asked, dimensions) ?? [])]).toEqual(
        bySorting(near, asked, dimensions),
      );
    }
  });

  it('tells rows that all lie in one point', () => {
    const same = {
      points: points(...filled(40, 2)),
      labels: labels(...filled(20, 1), ...filled(20, 0)),
    };
    // The first fifteen others are all of class 1.
    expect(classifiedByNeighbours(same, null, 1)).toEqual(
      Uint8Array.from([...filled(20, 1), ...filled(20, 0)]),
    );
  });

  it('is null where nothing can be told', () => {
    expect(classifiedByNeighbours(known, { points: points(), labels: labels() }, 1)).toBeNull();
    const one = { points: points(1, 2), labels: labels(0, 0) };
    expect(classifiedByNeighbours(one, one, 1)).toBeNull();
  });
});

describe('balancedAccuracy', () => {
  it('weighs classes alike, however many rows they have', () => {
    // Nine rows of class 0 told right, the one of class 2 told wrong; class 1 is not there.
    const right = Uint8Array.from([...filled(9, 1), 0]);
    const classes = labels(...filled(9, 0), 2);
    expect(balancedAccuracy(right, classes)).toBe(0.5);
  });

  it('counts rows as often as they weigh', () => {
    expect(balancedAccuracy(Uint8Array.of(1, 0, 0), labels(0, 0, 1), [3, 1, 0])).toBe(0.75);
    expect(balancedAccuracy(Uint8Array.of(1), labels(0), [0])).toBeNull();
  });
});

interface Cloud {
  readonly points: Float64Array;
  readonly labels: Int32Array;
}

/** The naive way. */
function bySorting(near: Cloud, asked: Cloud, dimensions: number): number[] {
  return Array.from(asked.labels, (label, row) => {
    const neighbours = Array.from(near.labels, (of, other) => {
      let squares = 0;
      for (let d = 0; d < dimensions; d++) {
        const a = asked.points[row * dimensions + d] ?? 0;
        squares += (a - (near.points[other * dimensions + d] ?? 0)) ** 2;
      }
      return { of, distance: Math.sqrt(squares) };
    })
      .sort((a, b) => a.distance - b.distance)
      .slice(0, 15);
    const scores = [0, 1, 2].map((of) => {
      const own = neighbours.filter((neighbour) => neighbour.of === of);
      return { of, votes: own.length, sum: own.reduce((sum, { distance }) => sum + distance, 0) };
    });
    const [winner] = scores.sort((a, b) => b.votes - a.votes || a.sum - b.sum);
    return Number(winner?.of === label);
  });
}
