import { expect, it } from 'vitest';
import { loadWasmBuild } from '../cli/threads/wasm-builds';
import { startWasmEngine } from '../src/engines/wasm/wasm-engine';
import { RECIPES } from '../src/recipe/recipes';
import { timeRecipe } from './recipe-run';

it('trains an epoch at least, and takes the rest to go on at its pace', async () => {
  const engine = await startWasmEngine({ load: loadWasmBuild });
  let clock = 0;
  // Looked at before and after the preparations, after the epoch, and for whether there is time left.
  const timed = await timeRecipe(engine, 0, () => (clock += 10));
  engine.dispose();
  const { epochs } = RECIPES.warmbright.recipe;
  expect(timed).toEqual({ preparing: 10, trained: 1, epochs, milliseconds: 10 + 10 * epochs });
});
