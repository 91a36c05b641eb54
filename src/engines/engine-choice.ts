/** What can be asked for; the `tfjs-` ones are the plain engine the others are checked against. */
export const ENGINE_CHOICES = [
  'auto',
  'webgpu',
  'wasm',
  'cpu',
  'tfjs-webgpu',
  'tfjs-wasm',
] as const;

export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** Who takes over from an engine whose device went away, by the engine's name. */
const SUCCESSOR: Readonly<Record<string, EngineChoice>> = {
  'fused-webgpu': 'wasm',
  'tfjs-webgpu': 'wasm',
  'fused-wasm': 'tfjs-wasm',
  'tfjs-wasm': 'cpu',
};

/** @returns null when no other engine is left */
export function successorOf(engineName: string): EngineChoice | null {
  return SUCCESSOR[engineName] ?? null;
}
