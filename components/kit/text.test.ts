import { describe, expect, it } from 'vitest';
import { signed } from '../../src/base/number-text';
import { clockText, durationText, frequencyText, gainText } from './text';

describe('numbers as people read them', () => {
  it('keeps durations short', () => {
    expect([0.2, 59, 61, 3599, 3600, 7320].map(durationText)).toEqual([
      '1 s',
      '59 s',
      '1 min 01 s',
      '59 min 59 s',
      '1 h 0 min',
      '2 h 2 min',
    ]);
  });

  it('tells places in a sound to the hundredth of a second', () => {
    expect([0, 2.404, 59.999, 725].map(clockText)).toEqual([
      '0:00.00',
      '0:02.40',
      '1:00.00',
      '12:05.00',
    ]);
  });

  it('gives frequencies three significant figures', () => {
    expect([22, 112.92, 999.6, 1000, 3173.5, 20_000, 1.6e6, -150].map(frequencyText)).toEqual([
      '22.0 Hz',
      '113 Hz',
      '1.00 kHz',
      '1.00 kHz',
      '3.17 kHz',
      '20.0 kHz',
      '1.60 MHz',
      '−150 Hz',
    ]);
  });

  it('signs gains, but not a zero', () => {
    expect([5.46, -0.23, 0.04, -0.04].map(gainText)).toEqual([
      '+5.5 dB',
      '−0.2 dB',
      '0.0 dB',
      '0.0 dB',
    ]);
    expect(signed(-0.5535, 3)).toBe('−0.553');
  });
});
