import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from '../../testing/fast-check';
import { sharedFile } from '../../testing/shared-files';
import { daviesBouldin } from './davies-bouldin';
import { fitProjection, project } from '../projection';
import { silhouette, silhouetteOfTwoPoints } from './silhouette';

/** Seven places in the plane, in classes 7, 3 and 5, the last of one row. */
const POINTS = Float32Array.of(0, 0, 1, 0.5, 0.5, 2, 4, 4, 5, 3.5, 4.5, 6, 9, -1);
const LABELS = [7, 7, 7, 3, 3, 3, 5];

describe('silhouette', () => {
  it('agrees with the definition written out in NumPy, with and without a class of one', () => {
    expect(silhouette(POINTS, 2, LABELS)).toBeCloseTo(0.5843525023634993, 12);
    expect(silhouette(POINTS.subarray(0, 12), 2, LABELS.slice(0, 6))).toBeCloseTo(
      0.6817445860907493,
      12,
    );
  });

  it('is null with fewer than two classes, 0 when no two rows differ', () => {
    expect(silhouette(POINTS, 2, [1, 1, 1, 1, 1, 1, 1])).toBeNull();
    expect(silhouette(new Float32Array(0), 2, [])).toBeNull();
    expect(silhouette(new Float32Array(14), 2, LABELS)).toBe(0);
  });
});

describe('silhouetteOfTwoPoints', () => {
  it('agrees with scikit-learn', () => {
    const labels = Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1);
    const correct = Uint8Array.of(1, 1, 0, 1, 1, 1, 0, 1, 1);
    expect(silhouetteOfTwoPoints(correct, labels)).toBeCloseTo(0.31851851851851853, 12);
  });

  it('goes to (2 p − 1)² / p, and is null with one class', () => {
    const labels = Int32Array.from({ length: 2000 }, (_, row) => row % 2);
    const correct = Uint8Array.from(labels, (_, row) => Number(row % 20 >= 2));
    expect(silhouetteOfTwoPoints(correct, labels)).toBeCloseTo(0.8 ** 2 / 0.9, 2);
    expect(
      silhouetteOfTwoPoints(
        correct,
        labels.map(() => 1),
      ),
    ).toBeNull();
  });
});

describe('daviesBouldin', () => {
  it('agrees with the definition written out in NumPy, with and without a class of one', () => {
    expect(daviesBouldin(POINTS, 2, LABELS)).toBeCloseTo(0.3003521313901239, 12);
    expect(daviesBouldin(POINTS.subarray(0, 12), 2, LABELS.slice(0, 6))).toBeCloseTo(
      0.37254283436485675,
      12,
    );
  });

  it('is null with fewer than two classes or with all centroids in one place', () => {
    expect(daviesBouldin(POINTS, 2, [1, 1, 1, 1, 1, 1, 1])).toBeNull();
    expect(daviesBouldin(new Float32Array(0), 2, [])).toBeNull();
    expect(daviesBouldin(Float32Array.of(-1, 1, -2, 2), 1, [0, 0, 1, 1])).toBeNull();
  });

  it('passes over a pair with the same centroid', () => {
    // Classes 0 and 1 share centroid 0 with spreads 1 and 2; class 2 sits at 10 with spread 0.
    const points = Float32Array.of(-1, 1, -2, 2, 10);
    const index = (1 / 10 + 2 / 10 + 2 / 10) / 3;
    expect(daviesBouldin(points, 1, [0, 0, 1, 1, 2])).toBeCloseTo(index, 12);
  });
});

describe('both', () => {
  it('do not depend on scale, place or the names of classes; silhouettes lie in −1 … 1', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.nat(2)), {
      minLength: 2,
      maxLength: 24,
    });
    fc.assert(
      fc.property(rows, (pairs) => {
        const points = Float32Array.from(pairs, ([place]) => place);
        const labels = pairs.map(([, label]) => label);
        const moved = points.map((place) => 4 * place - 64);
        const renamed = labels.map((label) => 10 - 3 * label);
        const score = silhouette(points, 1, labels);
        const index = daviesBouldin(points, 1, labels);
        expect(score === null).toBe(new Set(labels).size < 2);
        if (score !== null) {
          expect(Math.abs(score)).toBeLessThanOrEqual(1);
          expect(silhouette(moved, 1, renamed)).toBeCloseTo(score, 9);
        }
        if (index !== null) {
          const again = daviesBouldin(moved, 1, renamed) ?? NaN;
          expect(Math.abs(again - index)).toBeLessThanOrEqual(1e-9 * index);
        }
      }),
    );
  });
});

interface Reference {
  points: number[][];
  labels: number[];
  silhouette: number;
  davies_bouldin: number;
  labels_with_singleton: number[];
  silhouette_with_singleton: number;
  pca_explained_variance_ratio: number[];
}

const shared = sharedFile('reference/cluster-metrics.json');

describe.skipIf(shared === null)('against scikit-learn (needs ../shared/reference)', () => {
  const load = (): Reference => JSON.parse(readFileSync(shared ?? '', 'utf8')) as Reference;

  it('silhouette and Davies–Bouldin index', () => {
    const reference = load();
    const points = Float32Array.from(reference.points.flat());
    expect(silhouette(points, 5, reference.labels)).toBeCloseTo(reference.silhouette, 7);
    expect(silhouette(points, 5, reference.labels_with_singleton)).toBeCloseTo(
      reference.silhouette_with_singleton,
      7,
    );
    expect(daviesBouldin(points, 5, reference.labels)).toBeCloseTo(reference.davies_bouldin, 7);
  });

  it('shares of the variance along the two axes of the map', () => {
    const reference = load();
    const points = Float32Array.from(reference.points.flat());
    const map = project(points, fitProjection(points, 5, null));
    const whole = columnVariances(points, 5).reduce((a, b) => a + b);
    columnVariances(map, 2).forEach((variance, axis) => {
      const share = reference.pca_explained_variance_ratio[axis] ?? NaN;
      expect(variance / whole).toBeCloseTo(share, 6);
    });
  });
});

/** Sums of squares of each column about its mean, [width]. */
function columnVariances(matrix: Float32Array, width: number): number[] {
  return Array.from({ length: width }, (_, column) => {
    const values = Array.from(matrix).filter((_, i) => i % width === column);
    const mean = values.reduce((a, b) => a + b) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
}
