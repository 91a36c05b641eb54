import { expect, it } from 'vitest';
import { measuringText } from './measuring-text';

it('says how far figures are, or which are missing', () => {
  expect(measuringText(0.409, null)).toBe('Measuring … 40 %');
  expect(measuringText('cancelled', null)).toBe('Not measured.');
  expect(measuringText('cancelled', 12)).toBe('Not measured since epoch 12.');
  expect(measuringText(null, 12)).toBe('');
});
