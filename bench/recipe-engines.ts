/** The peers that are the project's own engines and train whole recipes, and which engine each is. */
import type { EngineChoice } from '../src/engines/engine-choice';

const ENGINES: Readonly<Record<string, EngineChoice>> = {
  'fused-webgpu': 'webgpu',
  'fused-wasm-1': 'wasm-1',
  'fused-wasm-2': 'wasm-2',
};

/** Whether a peer of this name trains whole recipes. */
export function trainsRecipes(name: string): boolean {
  return ENGINES[name] !== undefined;
}

/** @throws Error where the peer of this name trains none */
export function recipeEngine(name: string): EngineChoice {
  const choice = ENGINES[name];
  if (choice === undefined) throw new Error(`${name} trains no recipes.`);
  return choice;
}
