import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS } from '../../src/eq/parameters';
import { fieldLabel, fieldText, typedNumber } from './band-fields';

describe('a typed number', () => {
  it('is read with a comma or a real minus, too', () => {
    expect(typedNumber(2, ' 4,5 ')).toEqual({ value: 4.5 });
    expect(typedNumber(0, '−12')).toEqual({ value: -12 });
    expect(typedNumber(12, '20000')).toEqual({ value: 20_000 });
  });

  it.each(['1k', '1.0 kHz', '1,0K'])('of a frequency is read in kHz, too (%j)', (typed) => {
    expect(typedNumber(3, typed)).toEqual({ value: 1000 });
  });

  it.each([
    [0, '12.1', 'Low shelf gain in dB must be a number from −12 to 12 dB.'],
    [3, '10', 'Bell 1 frequency in Hz must be a number from 82 to 3,900 Hz.'],
    [4, '', 'Bell 1 Q must be a number from 0.1 to 10.'],
    [4, '1k', 'Bell 1 Q must be a number from 0.1 to 10.'],
    [3, '1.2.3k', 'Bell 1 frequency in Hz must be a number from 82 to 3,900 Hz.'],
    [12, 'high', 'High shelf frequency in Hz must be a number from 580 to 20,000 Hz.'],
    [12, 'NaN', 'High shelf frequency in Hz must be a number from 580 to 20,000 Hz.'],
  ])('out of bounds or none is refused with a sentence (%i, %j)', (index, typed, problem) => {
    expect(typedNumber(index, typed)).toEqual({ problem });
  });

  it('is shown as exactly as anybody hears', () => {
    const shown = [-3.26, 82.46, 0.714].map((value, i) => {
      const parameter = EQ_PARAMETERS[i + 2];
      return parameter === undefined ? '' : fieldText(value, parameter);
    });
    expect(shown).toEqual(['-3.3', '82.5', '0.71']);
    const [gain] = EQ_PARAMETERS;
    expect(gain && [-0.04, -0.05, 0].map((value) => fieldText(value, gain))).toEqual([
      ...['0.0', '-0.1', '0.0'],
    ]);
    expect(EQ_PARAMETERS.map(fieldLabel)[4]).toBe('Bell 1 Q');
  });
});
