/** What a data set of so many rows costs; prints a line of JSON. The argument is the number of rows. */
import { createEngine } from '../../src/engines/create-engine';
import { auditData } from '../../src/data/audit/audit';
import { cleanAndCount } from '../../src/data/audit/clean';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { syntheticCsv } from '../../src/data/synthetic';
import { countWords, defaultWords } from '../../src/data/words';
import { DEFAULT_RECIPE, RECIPES } from '../../src/recipe/recipes';
import { trainingSetFor } from '../../src/training/rows/as-chosen';
import { prepareRun } from '../../src/training/trainer';
import { fusedWasmHost } from '../../cli/threads/fused-wasm-host';
import type { RowCost } from './row-cost';

/** Other seeds make other rows of the same people. */
function csvOf(rows: number): Buffer {
  const lines: string[] = [];
  for (let seed = 1; lines.length < rows; seed++) {
    lines.push(...syntheticCsv(seed).trimEnd().split('\n'));
  }
  return Buffer.from(`${lines.slice(0, rows).join('\n')}\n`);
}

/** Seconds that something took, and what it gave. */
async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}

async function measure(rows: number): Promise<RowCost> {
  const bytes = csvOf(rows);
  // What everything needs, and what is compiled once.
  const { engine } = await createEngine('wasm', { fusedWasm: await fusedWasmHost(2) });
  const [data, parse] = await timed(() => parseSafeCsv(bytes, { synthetic: true }));
  const { recipe, words } = RECIPES[DEFAULT_RECIPE];
  const [, audit] = await timed(() => {
    auditData(data);
    cleanAndCount(data, recipe.audit);
  });
  const [run, start] = await timed(async () => {
    const chosen = defaultWords(countWords(data), words.atLeast);
    const set = await trainingSetFor(recipe, data, chosen);
    const prepared = await prepareRun({ name: 'rows', recipe, data, set }, engine);
    await prepared.frame('last');
    return prepared;
  });
  const [{ steps }, epoch] = await timed(() => run.nextEpoch());
  const [, draw] = await timed(() => run.frame('last'));
  const [, figures] = await timed(() => run.measure());
  await run.nextEpoch();
  const [, figuresAgain] = await timed(() => run.measure());
  engine.dispose();
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  return {
    rows,
    parse,
    audit,
    start,
    epoch,
    steps,
    draw,
    figures,
    figuresAgain,
    peakBytes,
  };
}

console.log(JSON.stringify(await measure(Number(process.argv[2]))));
process.exit(0);
