/** `warmbright tape`: the operations of a recipe's training step, for people. */
import { parseArgs } from 'node:util';
import { buildTape } from '../src/engines/fused/build-tape';
import { describeTape } from '../src/engines/fused/describe-tape';
import { WASM_LAYOUT } from '../src/engines/fused/wasm/records';
import { InputError } from '../src/input-error';
import { RECIPES, specOf, type Recipe } from '../src/training/recipe';
import { readOptions } from './options';

const HELP = `npm run cli -- tape [options]

Prints the operations of a training step, as the WebAssembly engine lays them out: what each does
to which matrices, their shapes, and the arithmetic it takes for a whole batch.

  --recipe NAME     ${Object.keys(RECIPES).join(', ')} (default seed-v2)
`;

export function printTape(args: readonly string[]): void {
  const options = readOptions(
    args,
    HELP,
    (args) =>
      parseArgs({ args, options: { recipe: { type: 'string', default: 'seed-v2' } } }).values,
  );
  if (options === null) return;
  const found = Object.entries(RECIPES).find(([key]) => key === options.recipe);
  if (found === undefined) {
    const names = Object.keys(RECIPES).join(', ');
    throw new InputError(`There is no recipe "${options.recipe}", only ${names}.`);
  }
  const recipe: Recipe = found[1].recipe;
  const { batchSize, dropout } = recipe;
  const tape = buildTape(specOf(recipe), {
    batchSize,
    dropout: dropout > 0,
    layout: WASM_LAYOUT,
  });
  process.stdout.write(`${describeTape(tape)}\n`);
}
