import { describe, expect, it } from 'vitest';
import { overviewOf } from './overview';

describe('the overview', () => {
  it('has the lowest and highest sample of each column, over all channels', () => {
    const left = Float32Array.of(0.1, -0.5, 0.2, 0.75);
    const right = Float32Array.of(0, 0.25, -1, 0);
    const { low, high } = overviewOf([left, right], 2);
    expect([...low]).toEqual([-0.5, -1]);
    expect([...high]).toEqual([0.25, 0.75]);
  });

  it('repeats samples where there are fewer than columns', () => {
    const { high } = overviewOf([Float32Array.of(0.5, 0.25)], 4);
    expect([...high]).toEqual([0.5, 0.5, 0.25, 0.25]);
  });
});
