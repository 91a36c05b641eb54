/** What a data set costs; prints a line of JSON. The argument is a file. */
import { readFileSync } from 'node:fs';
import { createEngine } from '../../src/engines/create-engine';
import { auditData } from '../../src/data/audit/audit';
import { cleanAndCount } from '../../src/data/audit/clean';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { countWords, defaultWords } from '../../src/data/words';
import { DEFAULT_RECIPE, RECIPES } from '../../src/recipe/recipes';
import { trainingSetFor } from '../../src/training/rows/as-chosen';
import { prepareRun } from '../../src/training/prepare-run';
import { fusedWasmHost } from '../../cli/threads/fused-wasm-host';
import type { RowCost } from './row-cost';

/** The most memory that the process has held so far, in bytes. */
const peak = (): number => process.resourceUsage().maxRSS * 1024;

/** Seconds that something took, and what it gave. */
async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}

async function measure(file: string): Promise<RowCost> {
  const bytes = readFileSync(file);
  // What everything needs, and what is compiled once.
  const { engine } = await createEngine('wasm', { fusedWasm: await fusedWasmHost(2) });
  const idleBytes = peak();
  const [data, parse] = await timed(() => parseSafeCsv(bytes, { synthetic: true }));
  const readBytes = peak();
  const { recipe, words } = RECIPES[DEFAULT_RECIPE];
  const [, audit] = await timed(() => {
    auditData(data);
    cleanAndCount(data, recipe.audit);
  });
  const auditBytes = peak();
  const [run, start] = await timed(async () => {
    const chosen = defaultWords(countWords(data), words.atLeast);
    const set = await trainingSetFor(recipe, data, chosen);
    return prepareRun({ name: 'rows', recipe, data, set }, engine);
  });
  const [{ steps }, epoch] = await timed(() => run.nextEpoch());
  const [, draw] = await timed(() => run.frame('last'));
  const [, figures] = await timed(() => run.measure());
  await run.nextEpoch();
  const [, figuresAgain] = await timed(() => run.measure());
  engine.dispose();
  return {
    rows: data.rows.length,
    megabytes: bytes.length / 2 ** 20,
    parse,
    audit,
    start,
    epoch,
    steps,
    draw,
    figures,
    figuresAgain,
    bytes: { idle: idleBytes, read: readBytes, audit: auditBytes, all: peak() },
  };
}

console.log(JSON.stringify(await measure(process.argv[2] ?? '')));
process.exit(0);
