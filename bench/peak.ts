/**
 * What one thread can do at most: multiplications and additions by WebAssembly's SIMD with nothing
 * to load, to store or to wait for.
 */
import { allowRelaxedSimd } from '../cli/threads/wasm-builds';
import { hasRelaxedSimd } from '../src/engines/wasm/builds';
import { spreadOf } from './statistics';

/** Sums that grow side by side: enough that none waits for the result of its last step. */
const SUMS = 12;

/** Numbers in a vector; a multiplication and an addition of each. */
const FLOP_A_STEP = SUMS * 4 * 2;

/** Steps of a turn: some milliseconds. */
const STEPS = 2_000_000;
const TURNS = 9;

/**
 * Operations a second, the median of some turns.
 *
 * @returns null where there is no fused multiplication and addition to be had
 */
export async function measurePeak(): Promise<number | null> {
  allowRelaxedSimd();
  if (!hasRelaxedSimd()) return null;
  const { instance } = await WebAssembly.instantiate(peakModule());
  const run = instance.exports.run as (steps: number) => number;
  run(STEPS);
  const speeds = Array.from({ length: TURNS }, () => {
    const start = performance.now();
    run(STEPS);
    return (STEPS * FLOP_A_STEP * 1000) / (performance.now() - start);
  });
  return spreadOf(speeds).median;
}

/** run(steps: i32): f32 takes so many steps of every sum, and gives a part of them all. */
export function peakModule(): Uint8Array<ArrayBuffer> {
  // Numbers of the instructions, from the WebAssembly specification.
  const SIMD = 0xfd;
  const get = (local: number): number[] => [0x20, local];
  const set = (local: number): number[] => [0x21, local];
  const splat = (bytes: readonly number[]): number[] => [0x43, ...bytes, SIMD, 0x13];
  const sums = Array.from({ length: SUMS }, (_, i) => 1 + i);
  const factor = 1 + SUMS;
  const grow = sums.flatMap((sum) => [
    ...[...get(factor), ...get(factor), ...get(sum)],
    // f32x4.relaxed_madd
    ...[SIMD, 0x85, 0x02],
    ...set(sum),
  ]);
  const code = [
    // One declaration of locals: vectors.
    ...[1, SUMS + 1, 0x7b],
    // 0.5: the sums grow by a quarter a step.
    ...splat([0, 0, 0, 0x3f]),
    ...set(factor),
    // loop: grow; steps - 1; again unless it is 0
    ...[0x03, 0x40],
    ...grow,
    ...[...get(0), 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0],
    0x0b,
    ...get(1),
    // f32x4.add
    ...sums.slice(1).flatMap((sum) => [...get(sum), SIMD, 0xe4, 0x01]),
    // f32x4.extract_lane 0
    ...[SIMD, 0x1f, 0],
    0x0b,
  ];
  const body = [...length(code.length), ...code];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, 0x7f, 1, 0x7d]),
    ...section(3, [1, 0]),
    ...section(7, [1, 3, ...Buffer.from('run'), 0, 0]),
    ...section(10, [1, ...body]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...length(content.length), ...content];
}

/** Below 16,384, in groups of seven bits. */
function length(bytes: number): number[] {
  return bytes < 128 ? [bytes] : [(bytes % 128) | 128, bytes >> 7];
}
