import { describe, expect, it } from 'vitest';
import { partsOf } from './share';

describe('the share of work that is done', () => {
  it('is the parts’, by what they cost', () => {
    const shares: number[] = [];
    const [first, second] = partsOf((share) => shares.push(share), [3, 1]);
    first?.(0.5);
    second?.(1);
    first?.(1);
    expect(shares).toEqual([0.375, 0.625, 1]);
  });

  it('is all where nothing costs anything', () => {
    const shares: number[] = [];
    const [only] = partsOf((share) => shares.push(share), [0]);
    only?.(1);
    expect(shares).toEqual([1]);
  });
});
