import { expect, it } from 'vitest';
import { allowRelaxedSimd } from '../cli/threads/wasm-builds';
import { hasRelaxedSimd } from '../src/engines/wasm/builds';
import { peakModule } from './peak';

it('adds a quarter to each sum in each step', async () => {
  allowRelaxedSimd();
  expect(hasRelaxedSimd()).toBe(true);
  const { instance } = await WebAssembly.instantiate(peakModule());
  const run = instance.exports.run as (steps: number) => number;
  // Twelve sums.
  expect(run(1)).toBe(12 * 0.25);
  expect(run(1000)).toBe(12 * 250);
});
