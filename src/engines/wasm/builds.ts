/** Which build of the WebAssembly module to run here. */

export const WASM_BUILDS = ['simd', 'relaxed', 'simd-threads', 'relaxed-threads'] as const;

export type WasmBuild = (typeof WASM_BUILDS)[number];

/** Whether this place can add and multiply in one instruction ("relaxed SIMD"). */
export function hasRelaxedSimd(): boolean {
  // prettier-ignore
  return WebAssembly.validate(Uint8Array.of(
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // magic number, version
    1, 4, 1, 0x60, 0, 0, // type 0: () → ()
    3, 2, 1, 0, // function 0 of type 0
    10, 20, 1, 18, 0, // one body of 18 bytes, no locals
    0x41, 0, 0xfd, 0x11, // i32.const 0, i32x4.splat
    0x41, 0, 0xfd, 0x11,
    0x41, 0, 0xfd, 0x11,
    0xfd, 0x85, 0x02, // f32x4.relaxed_madd
    0x1a, 0x0b, // drop, end
  ));
}
