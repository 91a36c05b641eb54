import { expect, it } from 'vitest';
import { crc32 } from './crc32';

it('is the known check value of the nine digits, and 0 of nothing', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf4_3926);
  expect(crc32(new Uint8Array())).toBe(0);
});
