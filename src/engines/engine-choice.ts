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
