/** `npm run bench:rows`: how the cost of a data set grows with its rows, a process for each size. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readOptions } from '../../cli/options/options';
import { PROCESS_OUTPUT } from '../../cli/output';
import { checkedJson } from '../../src/base/checked-json';
import { InputError } from '../../src/base/input-error';
import { markdownText } from '../../src/base/table-text';
import { rowCostSchema, type RowCost } from './row-cost';

const HELP = `npm run bench:rows -- [options]

Prints, for made-up data sets of several sizes and the default recipe, what each part of the work
takes in one process with two threads.

  --rows a,b,c      how many rows (default 1000,10000,100000)
`;

const ONE_SIZE = fileURLToPath(new URL('one-size.ts', import.meta.url));
/** A size that takes longer than this is given up. */
const DEADLINE_MS = 600_000;

async function costOf(rows: string): Promise<RowCost> {
  const args = [...process.execArgv, ONE_SIZE, rows];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: DEADLINE_MS });
  return checkedJson(rowCostSchema, stdout, `The cost of ${rows} rows`);
}

const seconds = (of: number): string => of.toFixed(2);

function cellsOf(cost: RowCost): string[] {
  const { rows, parse, audit, start, epoch, steps, draw, figures, figuresAgain, peakBytes } = cost;
  return [
    rows.toLocaleString('en'),
    ...[parse, audit, start].map(seconds),
    `${seconds(epoch)} (${steps.toLocaleString('en')} steps)`,
    ...[draw, figures, figuresAgain].map(seconds),
    `${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
  ];
}

async function main(): Promise<void> {
  const options = { rows: { type: 'string', default: '1000,10000,100000' } } as const;
  const values = readOptions(process.argv.slice(2), HELP, options, PROCESS_OUTPUT);
  if (values === null) return;
  const sizes = values.rows.split(',').map((size) => size.trim());
  const wrong = sizes.find((size) => !/^[1-9]\d{1,6}$/.test(size));
  if (wrong !== undefined) {
    throw new InputError(`Option '--rows' takes numbers from 10 to 9999999, not "${wrong}".`);
  }
  const rows: string[][] = [];
  for (const size of sizes) rows.push(cellsOf(await costOf(size)));
  const columns = ['rows', 'parse, s', 'audit, s', 'to the first step, s', 'first epoch, s'];
  const more = ['a frame, s', 'first figures, s', 'later figures, s', 'most memory'];
  process.stdout.write(markdownText({ columns: [...columns, ...more], rows }));
}

main().catch((error: unknown) => {
  console.error(error instanceof InputError ? error.message : error);
  process.exitCode = 1;
});
