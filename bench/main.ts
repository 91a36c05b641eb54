/** `npm run bench`: who trains how fast, all in one run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { InputError } from '../src/base/input-error';
import { compareResults, comparisonTable, recordedRun } from './compare';
import type { Hosts } from './hosts';
import { growthFigures } from './growth-figures';
import { benchmarksPage, FIGURES } from './markdown';
import { mergeResults } from './merge';
import { FULL, QUICK } from './effort';
import { measureAll } from './measure-all';
import { benchOptions, type BenchOptions } from './options';
import { PageSite } from './page-site';
import { findJax, findPyTorch } from './python';
import { readResults } from './read-results';
import type { Results } from './results';
import { printResults } from './print';
import { markdownTable } from './tables';
import { readData } from './work';

const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
const PYTHON_PEERS = fileURLToPath(new URL('peers/', import.meta.url));
const NODE_PEER = join(PYTHON_PEERS, 'node-peer.ts');

async function run({ quick, kinds, parts }: BenchOptions): Promise<Results> {
  const site = kinds.some(({ host }) => host === 'Chromium') ? await openSite() : null;
  try {
    const inPython = kinds.some(({ host }) => host === 'Python');
    const hosts: Hosts = {
      nodePeer: ['--import', 'tsx', NODE_PEER],
      pythonPeers: PYTHON_PEERS,
      site,
      torch: inPython ? findPyTorch() : null,
      jax: inPython ? findJax() : null,
      sweeps: true,
      adapter: (await site?.adapter()) ?? 'no Chromium',
    };
    return await measureAll(
      kinds,
      hosts,
      await readData(),
      { ...(quick ? QUICK : FULL), parts },
      quick,
    );
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
  if (options.pack !== null) {
    // Vite and what it builds are of no use to a run that measures.
    const { packKit } = await import('./kit/pack');
    const { bytes, compression } = await packKit(options.pack, options.vulkanLoader);
    const size = (bytes / 1e6).toFixed(1);
    console.log(`Written: ${options.pack}, ${size} MB (${compression}); unpack it, and ./run`);
    return;
  }
  const results =
    options.from === null ? await run(options) : mergeResults(options.from.map(readResults));
  printResults(results);
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
    const folder = join(dirname(options.markdown), FIGURES);
    mkdirSync(folder, { recursive: true });
    for (const { name, svg } of growthFigures(results)) writeFileSync(join(folder, name), svg);
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
