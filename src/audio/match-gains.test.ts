import { describe, expect, it } from 'vitest';
import { matchGains } from './match-gains';

const bypass = { integratedLufs: -20, truePeakDb: -6 };

describe('loudness matching', () => {
  it('brings every setting to the loudness of the bypass', () => {
    const { gainsLu, loweredDb } = matchGains(bypass, [
      { integratedLufs: -17, truePeakDb: -4 },
      { integratedLufs: -21.5, truePeakDb: -8 },
    ]);
    expect(gainsLu).toEqual([-3, 1.5]);
    expect(loweredDb).toBe(0);
  });

  it('lowers all together by what the highest peak would be too high', () => {
    const { gainsLu, loweredDb } = matchGains(bypass, [
      { integratedLufs: -26, truePeakDb: -3.5 },
      { integratedLufs: -20, truePeakDb: -1 },
    ]);
    expect(gainsLu).toEqual([6, 0]);
    expect(loweredDb).toBe(2.5);
  });

  it('lowers all where the material itself is over full scale', () => {
    const hot = { integratedLufs: -3, truePeakDb: 2 };
    expect(matchGains(hot, [hot])).toEqual({ gainsLu: [0], loweredDb: 2 });
  });

  it('leaves alone what is too quiet or too short to have a loudness', () => {
    const silent = { integratedLufs: -Infinity, truePeakDb: -Infinity };
    expect(matchGains(silent, [silent])).toEqual({ gainsLu: [0], loweredDb: 0 });
    expect(matchGains(bypass, [silent]).gainsLu).toEqual([0]);
  });
});
