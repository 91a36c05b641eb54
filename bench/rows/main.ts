/** `npm run bench:rows`: how the cost of a data set grows with its rows, a process for each size. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readOptions } from '../../cli/options/options';
import { PROCESS_OUTPUT } from '../../cli/output';
import { checkedJson } from '../../src/base/checked-json';
import { InputError } from '../../src/base/input-error';
import { markdownText } from '../../src/base/table-text';
import { csvOf } from './csv-of';
import { mapCostSchema, pageCostSchema, rowCostSchema } from './row-cost';
import type { MapCost, PageCost, RowCost } from './row-cost';

const HELP = `npm run bench:rows -- [options]

Prints, for made-up data sets of several sizes and the default recipe, what each part of the work
takes in one process with two threads.

  --rows a,b,c      how many rows (default 1000,10000,100000)
  --page            on the built page in a browser instead, where frames are drawn, and how long its
                    own thread is held up; needs npm run build
  --map             likewise, what a frame costs that thread while the map is pointed at, zoomed and
                    moved and a run trains: 95th percentiles in milliseconds
`;

const ONE_SIZE = fileURLToPath(new URL('one-size.ts', import.meta.url));
const IN_PAGE = fileURLToPath(new URL('in-page.ts', import.meta.url));
const MAP_FRAMES = fileURLToPath(new URL('map-frames.ts', import.meta.url));
/** A size that takes longer than this is given up. */
const DEADLINE_MS = 600_000;

/** What a script prints of one size, in a process of its own. */
async function printed(script: string, argument: string): Promise<string> {
  const args = [...process.execArgv, script, argument];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: DEADLINE_MS });
  return stdout;
}

/** From a file, as the command line reads one: to make it here takes memory of its own. */
async function costOf(rows: string): Promise<RowCost> {
  const folder = mkdtempSync(join(tmpdir(), 'warmbright-rows-'));
  try {
    const file = join(folder, 'rows.csv');
    writeFileSync(file, csvOf(Number(rows)));
    return checkedJson(rowCostSchema, await printed(ONE_SIZE, file), `The cost of ${rows} rows`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pageCostOf(rows: string): Promise<PageCost> {
  return checkedJson(pageCostSchema, await printed(IN_PAGE, rows), `The cost of ${rows} rows`);
}

async function mapCostOf(rows: string): Promise<MapCost> {
  return checkedJson(mapCostSchema, await printed(MAP_FRAMES, rows), `The map of ${rows} rows`);
}

const seconds = (of: number): string => of.toFixed(2);
const mebibytes = (of: number): string => `${(of / 2 ** 20).toFixed(0)} MiB`;

function cellsOf(cost: RowCost): string[] {
  const { rows, megabytes, parse, audit, start, epoch, steps, draw, figures, figuresAgain } = cost;
  const { bytes } = cost;
  return [
    rows.toLocaleString('en'),
    megabytes.toFixed(1),
    ...[parse, audit, start].map(seconds),
    `${seconds(epoch)} (${steps.toLocaleString('en')} steps)`,
    ...[draw, figures, figuresAgain].map(seconds),
    ...[bytes.idle, bytes.read, bytes.audit, bytes.all].map(mebibytes),
  ];
}

const COLUMNS = [
  ...['rows', 'file, MB', 'parse, s', 'audit, s', 'to the first step, s', 'first epoch, s'],
  ...['a frame, s', 'first figures, s', 'later figures, s'],
  ...['memory before', 'most until read', 'until audited', 'in all'],
];

function pageCellsOf(cost: PageCost): string[] {
  const { rows, read, audit, start, firstEpoch, longestRead, longestTrain, peakBytes } = cost;
  return [
    rows.toLocaleString('en'),
    ...[read, audit, start, firstEpoch, longestRead, longestTrain].map(seconds),
    peakBytes === null ? 'unknown' : mebibytes(peakBytes),
  ];
}

const PAGE_COLUMNS = [
  ...['rows', 'read, s', 'audit, s', 'to the first step, s', 'first epoch, s'],
  ...['longest hold-up before Train, s', 'after it, s', 'most memory'],
];

function mapCellsOf({ rows, pointing, zooming, moving }: MapCost): string[] {
  return [
    rows.toLocaleString('en'),
    ...[pointing, zooming, moving].map(
      ({ frames, clock, processor }) =>
        `${clock.toFixed(1)} (${processor.toFixed(1)} of a processor, ${String(frames)} frames)`,
    ),
  ];
}

const MAP_COLUMNS = ['rows', 'pointing, ms', 'zooming, ms', 'moving, ms'];

async function main(): Promise<void> {
  const options = {
    rows: { type: 'string', default: '1000,10000,100000' },
    page: { type: 'boolean', default: false },
    map: { type: 'boolean', default: false },
  } as const;
  const values = readOptions(process.argv.slice(2), HELP, options, PROCESS_OUTPUT);
  if (values === null) return;
  const sizes = values.rows.split(',').map((size) => size.trim());
  const wrong = sizes.find((size) => !/^[1-9]\d{1,6}$/.test(size));
  if (wrong !== undefined) {
    throw new InputError(`Option '--rows' takes numbers from 10 to 9999999, not "${wrong}".`);
  }
  const [columns, cells] = values.map
    ? [MAP_COLUMNS, async (size: string) => mapCellsOf(await mapCostOf(size))]
    : values.page
      ? [PAGE_COLUMNS, async (size: string) => pageCellsOf(await pageCostOf(size))]
      : [COLUMNS, async (size: string) => cellsOf(await costOf(size))];
  const rows: string[][] = [];
  for (const size of sizes) rows.push(await cells(size));
  process.stdout.write(markdownText({ columns, rows }));
}

main().catch((error: unknown) => {
  console.error(error instanceof InputError ? error.message : error);
  process.exitCode = 1;
});
