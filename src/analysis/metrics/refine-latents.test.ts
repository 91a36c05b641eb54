import { describe, expect, it } from 'vitest';
import { InputError } from '../../base/input-error';
import { randomUniform, Stream } from '../../math/threefry';
import { refineLatents } from './refine-latents';

const draw = (count: number, step: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => 2 * randomUniform(5, Stream.sample, step, i) - 1);

/** Rows of `latents` through `curve`. */
const decoderOf =
  (dimensions: number, points: number, curve: (latent: Float32Array) => number[]) =>
  (latents: Float32Array): Promise<Float64Array> => {
    const rows = latents.length / dimensions;
    const made = new Float64Array(rows * points);
    for (let row = 0; row < rows; row++) {
      made.set(curve(latents.subarray(row * dimensions, (row + 1) * dimensions)), row * points);
    }
    return Promise.resolve(made);
  };

describe('refineLatents', () => {
  it('gives the least-squares projection where the decoder is linear', async () => {
    // Columns (1, 1, 0, 0) and (0, 1, 1, 1): the normal equations are 2a + b = p, a + 3b = q.
    const decode = decoderOf(2, 4, ([a = 0, b = 0]) => [a, a + b, b, b]);
    const wanted = Float64Array.of(1, 2, 3, -1, 0, 5, 0, 0);
    const latents = await refineLatents({
      latents: Float32Array.of(0.3, -0.2, 4, 4),
      dimensions: 2,
      wanted,
      decode,
      steps: 12,
    });
    const expected = [3, 4, 5, 5].map((_, i) => {
      const [p, q] = i < 2 ? [3, 4] : [5, 5];
      return i % 2 === 0 ? (3 * p - q) / 5 : (2 * q - p) / 5;
    });
    latents.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? NaN, 4);
    });
  });

  it('finds its way on a curved surface, and never makes a row worse', async () => {
    const points = 12;
    const decode = decoderOf(2, points, ([a = 0, b = 0]) =>
      Array.from({ length: points }, (_, i) => Math.sin(a * (1 + i / 4)) * 3 + Math.tanh(b * i)),
    );
    const rows = 20;
    const truth = Float32Array.from(draw(rows * 2, 1));
    const wanted = await decode(truth);
    const start = Float32Array.from(truth, (value, i) => value + 0.3 * (i % 3) - 0.3);
    const errorsFrom = async (latents: Float32Array): Promise<number[]> => {
      const made = await decode(latents);
      return Array.from({ length: rows }, (_, row) =>
        Math.hypot(
          ...made
            .subarray(row * points, (row + 1) * points)
            .map((value, i) => value - (wanted[row * points + i] ?? NaN)),
        ),
      );
    };
    const before = await errorsFrom(start);
    const refined = await refineLatents({
      latents: start,
      dimensions: 2,
      wanted,
      decode,
      steps: 12,
    });
    const after = await errorsFrom(refined);
    after.forEach((error, row) => {
      expect(error).toBeLessThanOrEqual((before[row] ?? NaN) + 1e-12);
    });
    expect(after.filter((error) => error < 1e-3).length).toBeGreaterThan(rows * 0.8);
    expect(before.filter((error) => error < 1e-3).length).toBeLessThan(rows / 2);
  });

  it('leaves the latents that it is given as they are, and takes none', async () => {
    const decode = decoderOf(1, 2, ([a = 0]) => [a, 2 * a]);
    const latents = Float32Array.of(0);
    const wanted = Float64Array.of(1, 2);
    await refineLatents({ latents, dimensions: 1, wanted, decode, steps: 3 });
    expect([...latents]).toEqual([0]);
    const none = { latents: new Float32Array(0), wanted: new Float64Array(0) };
    expect(await refineLatents({ ...none, dimensions: 3, decode, steps: 3 })).toHaveLength(0);
  });

  it('refuses curves that are not of the latents', async () => {
    const decode = decoderOf(2, 2, ([a = 0, b = 0]) => [a, b]);
    const latents = Float32Array.of(1, 2, 3);
    await expect(
      refineLatents({ latents, dimensions: 2, wanted: new Float64Array(4), decode, steps: 1 }),
    ).rejects.toThrow(InputError);
  });
});
