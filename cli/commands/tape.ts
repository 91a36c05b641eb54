/** `warmbright tape`: the operations of a recipe's training step, for people. */
import { buildTape, tapeOptions } from '../../src/engines/tape/build-tape';
import { describeTape } from '../../src/engines/tape/describe-tape';
import { WASM_LAYOUT } from '../../src/engines/wasm/records';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { fitNormaliser } from '../../src/model/normaliser';
import { examplesOf, stepSettings } from '../../src/training/rows/examples';
import { specOf } from '../../src/recipe/recipe';
import { RECIPE_HELP, SETTINGS_HELP, chooseRecipe } from '../options/choose-recipe';
import { readOptions } from '../options/options';
import type { Output } from '../output';

/** Outputs of a word head: as many as SAFE-DB has words with five rows or more. */
const WORDS = 14;

const HELP = `npm run cli -- tape [options]

Prints the operations of a training step, as the WebAssembly engine lays them out: what each does
to which matrices, their shapes, and the arithmetic it takes for a whole batch.

${RECIPE_HELP}

${SETTINGS_HELP}`;

export function printTape(args: readonly string[], output: Output): void {
  const options = readOptions(
    args,
    HELP,
    {
      recipe: { type: 'string', default: 'seed-v2' },
      set: { type: 'string', multiple: true, default: [] },
    },
    output,
  );
  if (options === null) return;
  const recipe = chooseRecipe(options.recipe, options.set);
  const normaliser = fitNormaliser(recipe.normaliser, [FLAT_SETTING]);
  const noRows = examplesOf(recipe, normaliser, { settings: [], labels: new Int32Array(0) });
  const tape = buildTape(specOf(recipe, WORDS), {
    ...tapeOptions(stepSettings(recipe, normaliser), noRows),
    layout: WASM_LAYOUT,
  });
  output.print(`${describeTape(tape)}\n`);
}
