import { describe, expect, it } from 'vitest';
import { fitProjection, project } from '../analysis/projection';
import { silhouette } from '../analysis/metrics/silhouette';
import { randomNormal } from '../math/normal';
import { Stream } from '../math/threefry';
import type { ModelMap } from '../model/model';
import { mapApart, type ApartMap } from './apart-map';
import { AMOUNTS, drawnApart, pullOf } from './draw-apart';

const ROWS = 200;
const WIDTH = 4;
/** Two words that part along the third dimension, which varies least. */
const labels = Int32Array.from({ length: ROWS }, (_, row) => row % 2);
const latents = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => {
  const [row, d] = [Math.floor(i / WIDTH), i % WIDTH];
  const spread = [3, 2, 0.5, 0.5][d] ?? 0;
  return spread * randomNormal(5, Stream.wordDraws, row, d) + (d === 2 ? 2 * (row % 2) - 1 : 0);
});
const head = {
  weight: [
    [0, 0, -1.5, 0],
    [0, 0, 1.5, 0],
  ],
  bias: [0, 0],
};
const heldOut = Uint8Array.from({ length: ROWS }, (_, row) => Number(row % 10 === 0));
const projection = fitProjection(latents, WIDTH, null);
const map: ModelMap = {
  points: project(latents, projection),
  labels,
  heldOut,
  schools: new Uint8Array(ROWS),
  ...projection,
};

function apartBy(amount: number, by = head): ApartMap {
  const pull = pullOf(by, amount, 3);
  if (pull === null) throw new Error('This head tells words apart.');
  return mapApart(map, latents, pull);
}

/** The cosine between all points of two maps, 1 where one is the other made larger. */
function likeness(a: Float32Array, b: Float32Array): number {
  let [product, left, right] = [0, 0, 0];
  a.forEach((value, i) => {
    product += value * (b[i] ?? 0);
    left += value * value;
    right += (b[i] ?? 0) ** 2;
  });
  return product / Math.sqrt(left * right);
}

describe('a map with its words drawn apart', () => {
  it('parts words that the model tells apart and its own map does not', () => {
    const of = (points: Float32Array) => silhouette(points, 2, labels) ?? Number.NaN;
    expect(of(map.points)).toBeLessThan(0.1);
    expect(of(apartBy(20).points)).toBeGreaterThan(0.7);
    expect(of(apartBy(200).points)).toBeGreaterThan(of(apartBy(20).points));
  });

  it('has every point where its latent is drawn', () => {
    const { points, pull, ...axes } = apartBy(50);
    for (const row of [0, 7, 199]) {
      const place = drawnApart(latents.subarray(row * WIDTH, (row + 1) * WIDTH), pull);
      const [x = 0, y = 0] = project(Float32Array.from(place), axes);
      expect(points[2 * row]).toBeCloseTo(x, 4);
      expect(points[2 * row + 1]).toBeCloseTo(y, 4);
    }
  });

  it('is the model’s own where nothing is drawn apart', () => {
    const whole = { ...map, heldOut: new Uint8Array(ROWS) };
    const pull = { ...apartBy(20).pull, amount: 0 };
    mapApart(whole, latents, pull).points.forEach((value, i) => {
      expect(value).toBeCloseTo(map.points[i] ?? Number.NaN, 4);
    });
  });

  it('takes its axes from the training rows', () => {
    const changed = latents.slice();
    changed.subarray(0, WIDTH).fill(1000);
    const pull = apartBy(20).pull;
    expect(mapApart(map, changed, pull).axes).toEqual(mapApart(map, latents, pull).axes);
  });

  it('keeps the words on their sides from one amount to the next', () => {
    // Along both axes of the model's own map; principal components alone would swap and turn over.
    const along = {
      weight: [
        [0.3, -0.6, 0, 0],
        [-0.3, 0.6, 0, 0],
      ],
      bias: [0, 0],
    };
    let before = map.points;
    for (const amount of AMOUNTS.slice(1)) {
      const { points } = apartBy(amount, along);
      expect(likeness(before, points)).toBeGreaterThan(0.8);
      before = points;
    }
  });
});
