import { describe, expect, it } from 'vitest';
import { counted, plural, thousands, signed, withMinus } from './number-text';

describe('numbers with a real minus', () => {
  it('have one for each hyphen', () => {
    expect(withMinus('-3.5 to -1')).toBe('−3.5 to −1');
    expect(withMinus(String(-12))).toBe('−12');
  });

  it('are signed, unless they are written as zero', () => {
    expect([5.46, -0.23, 0.04, -0.04].map((value) => signed(value, 1))).toEqual([
      '+5.5',
      '−0.2',
      '0.0',
      '0.0',
    ]);
  });
});

describe('counts', () => {
  it('have a comma before each three digits', () => {
    expect([0, 7, 999, 1000, 12_345, 100_000, 1_234_567].map(thousands)).toEqual([
      '0',
      '7',
      '999',
      '1,000',
      '12,345',
      '100,000',
      '1,234,567',
    ]);
  });

  it('count one thing as one', () => {
    expect([0, 1, 2].map((count) => plural(count, 'row'))).toEqual(['rows', 'row', 'rows']);
    expect([0, 1, 2].map((count) => counted(count, 'row'))).toEqual(['0 rows', '1 row', '2 rows']);
    expect(counted(12_345, 'row')).toBe('12,345 rows');
    expect([1, 2].map((count) => counted(count, 'person', 'people'))).toEqual([
      '1 person',
      '2 people',
    ]);
  });
});
