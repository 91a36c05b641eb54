import { describe, expect, it } from 'vitest';
import { randomUniform, Stream } from '../../math/threefry';
import fc from '../../testing/fast-check';
import { BitStates, RangeDecoder, RangeEncoder } from './range-coder';

const CONTEXTS = 4;
const symbol = fc.oneof(
  fc.record({ context: fc.nat({ max: CONTEXTS - 1 }), bit: fc.nat({ max: 1 }) }),
  fc.record({ bits: fc.integer({ min: 1, max: 24 }), value: fc.nat({ max: 2 ** 24 - 1 }) }),
);

describe('the range coder', () => {
  it('gives back what was coded, whatever it was, and ends where the bytes do', () => {
    fc.assert(
      fc.property(fc.array(symbol, { maxLength: 3000 }), fc.boolean(), (symbols, skewed) => {
        const encoder = new RangeEncoder();
        const states = new BitStates(CONTEXTS);
        const coded = symbols.map((one) =>
          'bit' in one ? { ...one, bit: skewed && one.context > 0 ? 1 : one.bit } : one,
        );
        for (const one of coded) {
          if ('bit' in one) encoder.bit(states, one.context, one.bit);
          else encoder.even(one.value, one.bits);
        }
        const decoder = new RangeDecoder(encoder.finish());
        const learnt = new BitStates(CONTEXTS);
        for (const one of coded) {
          if ('bit' in one) expect(decoder.bit(learnt, one.context)).toBe(one.bit);
          else expect(decoder.even(one.bits)).toBe(one.value % 2 ** one.bits);
        }
        expect(decoder.ended).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('carries through bytes that it holds back', () => {
    // Ones that are all but certain leave the low end just below a carry, for long.
    for (let length = 1; length < 400; length++) {
      const encoder = new RangeEncoder();
      const states = new BitStates(1);
      for (let i = 0; i < length; i++) encoder.bit(states, 0, i % 97 === 96 ? 0 : 1);
      encoder.even(2 ** 24 - 1, 24);
      const decoder = new RangeDecoder(encoder.finish());
      const learnt = new BitStates(1);
      for (let i = 0; i < length; i++) {
        expect(decoder.bit(learnt, 0)).toBe(i % 97 === 96 ? 0 : 1);
      }
      expect(decoder.even(24)).toBe(2 ** 24 - 1);
    }
  });

  it.each([0.5, 0.1, 0.01])(
    'comes within 3 %% of the entropy of bits of which the share %s are 1',
    (ones) => {
      const count = 200_000;
      const encoder = new RangeEncoder();
      const states = new BitStates(1);
      let seen = 0;
      for (let i = 0; i < count; i++) {
        const bit = randomUniform(1, Stream.sample, 0, i) < ones ? 1 : 0;
        seen += bit;
        encoder.bit(states, 0, bit);
      }
      const share = seen / count;
      const entropy = -share * Math.log2(share) - (1 - share) * Math.log2(1 - share);
      expect((8 * encoder.finish().length) / count).toBeLessThan(1.03 * entropy);
    },
  );

  it('knows that bytes are missing', () => {
    const encoder = new RangeEncoder();
    for (let i = 0; i < 100; i++) encoder.even(i, 8);
    const decoder = new RangeDecoder(encoder.finish().subarray(0, 50));
    for (let i = 0; i < 100; i++) decoder.even(8);
    expect(decoder.beyond).toBe(true);
    expect(decoder.ended).toBe(false);
  });
});
