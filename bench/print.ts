/** What a run found out, for the terminal. */
import type { Results } from './results';
import {
  checkTable,
  costTable,
  goalTable,
  growthTable,
  markdownTable,
  recipeTable,
  stepTable,
  sweepTable,
  threadTable,
} from './tables';

export function printResults(results: Results): void {
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
    recipeTable,
    threadTable,
    goalTable,
  ];
  for (const table of tables.map((make) => make(results))) {
    // More than its head.
    if (table.length > 1) console.log(`\n${markdownTable(table)}`);
  }
}
