/**
 * What can be asked for. `wasm-1` and `wasm-2` are the fused WebAssembly engine with so many
 * threads, `wasm` with as many as serve; the `tfjs-` ones are the plain engine the others are
 * checked against.
 */
export const ENGINE_CHOICES = [
  'auto',
  'webgpu',
  'wasm',
  'wasm-1',
  'wasm-2',
  'cpu',
  'tfjs-webgpu',
  'tfjs-wasm',
] as const;

export type EngineChoice = (typeof ENGINE_CHOICES)[number];
