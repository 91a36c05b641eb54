import { describe, expect, it } from 'vitest';
import { randomNormal } from '../../math/normal';
import { Stream } from '../../math/threefry';
import fc from '../../testing/fast-check';
import { FARTHEST, NumberDecoder, NumberEncoder } from './coded-numbers';
import { RangeDecoder, RangeEncoder } from './range-coder';

function coded(matrices: readonly { numbers: Int32Array; columns: number }[]): Uint8Array {
  const coder = new RangeEncoder();
  const encoder = new NumberEncoder(coder);
  for (const { numbers, columns } of matrices) encoder.matrix(numbers, columns);
  return coder.finish();
}

/** Bits of numbers of which nothing is known but how often each occurs. */
function entropyOf(numbers: Int32Array): number {
  const counts = new Map<number, number>();
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - count * Math.log2(count / numbers.length),
    0,
  );
}

const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: -FARTHEST, max: FARTHEST }),
  fc.constantFrom(FARTHEST, -FARTHEST),
);
const matrix = fc.record({
  numbers: fc.array(number, { maxLength: 200 }).map((all) => Int32Array.from(all)),
  columns: fc.integer({ min: 1, max: 12 }),
});

describe('coded numbers', () => {
  it('come back as they were, whatever they were', () => {
    fc.assert(
      fc.property(fc.array(matrix, { maxLength: 6 }), (matrices) => {
        const coder = new RangeDecoder(coded(matrices));
        const decoder = new NumberDecoder(coder);
        for (const { numbers, columns } of matrices) {
          expect(decoder.matrix(numbers.length, columns)).toEqual(numbers);
        }
        expect(coder.ended).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([1, 4, 20])(
    'of a normal distribution as wide as %i take at most 2 %% more than its entropy',
    (width) => {
      const numbers = Int32Array.from({ length: 60_000 }, (_, i) =>
        Math.round(width * randomNormal(1, Stream.sample, 1, i)),
      );
      const bits = 8 * coded([{ numbers, columns: 100 }]).length;
      expect(bits).toBeLessThan(1.02 * entropyOf(numbers));
      expect(bits).toBeGreaterThan(0.98 * entropyOf(numbers));
    },
  );

  it('cost less where rows and columns differ in size than their numbers do together', () => {
    const numbers = Int32Array.from({ length: 64 * 64 }, (_, i) =>
      Math.round(
        randomNormal(1, Stream.sample, 2, i) * (i % 64 < 32 ? 20 : 1) * (i < 32 * 64 ? 1 : 0.2),
      ),
    );
    const length = coded([{ numbers, columns: 64 }]).length;
    expect(8 * length).toBeLessThan(0.9 * entropyOf(numbers));
  });
});
