/** `warmbright tape`: the operations of a recipe's training step, for people. */
import { parseArgs } from 'node:util';
import { buildTape } from '../src/engines/fused/build-tape';
import { describeTape } from '../src/engines/fused/describe-tape';
import { WASM_LAYOUT } from '../src/engines/fused/wasm/records';
import { specOf } from '../src/training/recipe';
import { comparable } from '../src/training/trainer';
import { RECIPE_HELP, chooseRecipe } from './choose-recipe';
import { readOptions } from './options';

const HELP = `npm run cli -- tape [options]

Prints the operations of a training step, as the WebAssembly engine lays them out: what each does
to which matrices, their shapes, and the arithmetic it takes for a whole batch.

${RECIPE_HELP}
`;

export function printTape(args: readonly string[]): void {
  const options = readOptions(
    args,
    HELP,
    (args) =>
      parseArgs({
        args,
        options: {
          recipe: { type: 'string', default: 'seed-v2' },
          set: { type: 'string', multiple: true, default: [] },
        },
      }).values,
  );
  if (options === null) return;
  const recipe = chooseRecipe(options.recipe, options.set);
  const { batchSize, dropout } = recipe;
  const tape = buildTape(specOf(recipe), {
    batchSize,
    dropout: dropout > 0,
    reconstruction: comparable(recipe),
    layout: WASM_LAYOUT,
  });
  process.stdout.write(`${describeTape(tape)}\n`);
}
