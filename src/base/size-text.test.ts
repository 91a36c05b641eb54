import { expect, it } from 'vitest';
import { sizeText } from './size-text';

it('sizes are in kB and MB', () => {
  expect([565_540, 1_740_000].map(sizeText)).toEqual(['566 kB', '1.7 MB']);
});
