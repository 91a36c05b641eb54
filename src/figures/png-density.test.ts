import { expect, it } from 'vitest';
import { withDensity } from './png-density';

it('puts 300 dots an inch behind the head, with the sum that readers check', () => {
  const png = Uint8Array.from({ length: 60 }, (_, i) => i);
  const dense = withDensity(png, 300);
  const chunk = dense.subarray(33, 54);
  // 11 811 dots a metre; every PNG of 300 dots an inch has these 21 bytes.
  expect(Buffer.from(chunk).toString('hex')).toBe('000000097048597300002e2300002e230178a53f76');
  expect(dense.subarray(0, 33)).toEqual(png.subarray(0, 33));
  expect(dense.subarray(54)).toEqual(png.subarray(33));
});
