/** `npm run bench`: who trains how fast, all in one run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { InputError } from '../src/base/input-error';
import { compareResults, comparisonTable, readResults, recordedRun } from './compare';
import type { Hosts } from './hosts';
import { describeMachine } from './machine';
import { benchmarksPage } from './markdown';
import { FULL, QUICK } from './effort';
import { measure } from './measure';
import { benchOptions, type BenchOptions } from './options';
import { PageSite } from './page-site';
import { findPyTorch } from './pytorch';
import type { Results } from './results';
import {
  checkTable,
  costTable,
  goalTable,
  growthTable,
  markdownTable,
  stepTable,
  sweepTable,
  threadTable,
} from './tables';
import { readData } from './work';

const RESULTS = fileURLToPath(new URL('results/', import.meta.url));

async function run({ quick, kinds }: BenchOptions): Promise<Results> {
  const date = new Date();
  const site = kinds.some(({ host }) => host === 'Chromium') ? await openSite() : null;
  try {
    const hosts: Hosts = {
      site,
      torch: kinds.some(({ host }) => host === 'Python') ? findPyTorch() : null,
      adapter: (await site?.adapter()) ?? 'no Chromium',
    };
    const data = await readData();
    const tell = (what: string): void => {
      console.error(`${((Date.now() - date.getTime()) / 1000).toFixed(0).padStart(4)} s  ${what}`);
    };
    const measured = await measure(kinds, hosts, data, quick ? QUICK : FULL, tell);
    return {
      version: 1,
      date: date.toISOString(),
      quick,
      seconds: (Date.now() - date.getTime()) / 1000,
      machine: await describeMachine(hosts),
      data: { real: data.real, rows: data.examples.rows, words: data.words },
      ...measured,
    };
  } finally {
    await site?.close();
  }
}

/** The bench goes on without the peers of browsers where no Chromium can be had. */
async function openSite(): Promise<PageSite | null> {
  try {
    return await PageSite.open();
  } catch (error) {
    console.error(`No Chromium: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function print(results: Results): void {
  const { machine, date } = results;
  const { processor, cores, node, chromium, adapter, torch } = machine;
  console.log(`${date}: ${processor}, ${String(cores)} cores; Node ${node};`);
  console.log(
    `${chromium ?? 'no Chromium'}, ${adapter?.name ?? 'no WebGPU'}; PyTorch ${torch ?? '–'}`,
  );
  const tables = [
    stepTable,
    costTable,
    checkTable,
    growthTable,
    sweepTable,
    threadTable,
    goalTable,
  ];
  for (const table of tables) console.log(`\n${markdownTable(table(results))}`);
}

/** @returns whether nothing got worse */
function compare(now: Results, path: string): boolean {
  const before = recordedRun(path, now);
  const comparison = compareResults(now, before);
  const { compared, worse } = comparison;
  const got = worse.length === 0 ? 'Nothing' : `${String(worse.length)} of them`;
  const ratios = `${String(compared)} ratios compared with the run of ${before.date}`;
  console.log(`\n${ratios}. ${got} became worse by more than 10 %.`);
  if (worse.length > 0) console.log(`\n${markdownTable(comparisonTable(comparison))}`);
  return worse.length === 0;
}

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  if (options === null) return;
  const results = options.from === null ? await run(options) : readResults(options.from);
  print(results);
  if (options.from === null) {
    const name = `${results.date.slice(0, 16).replace(':', '-')}.json`;
    const path = options.json ?? join(RESULTS, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
    console.log(`\nWritten: ${path}`);
  }
  if (options.markdown !== null) {
    const style = await resolveConfig(options.markdown);
    const page = await format(benchmarksPage(results), { ...style, parser: 'markdown' });
    writeFileSync(options.markdown, page);
  }
  if (options.compare !== null && !compare(results, options.compare)) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  const foreseen = error instanceof InputError;
  console.error(foreseen ? `bench: ${error.message}` : error);
  process.exitCode = foreseen ? 2 : 1;
}
