/** The code that works with models: most visits begin without one. */
import type * as functions from './model-functions';

type ModelFunctions = typeof functions;

let loaded: ModelFunctions | null = null;

/** Loads it; what shows, mixes or decodes a model may be called afterwards. */
export async function loadModelCode(): Promise<void> {
  loaded ??= await import('./model-functions');
}

/** Whether it is there. */
export function hasModelCode(): boolean {
  return loaded !== null;
}

/** @throws Error before it is loaded: the store has no model until then */
export function modelCode(): ModelFunctions {
  if (loaded === null) throw new Error('There is a model before the code that works with it.');
  return loaded;
}
