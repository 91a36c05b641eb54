/** The figures of a run as tables, for the terminal and for BENCHMARKS.md. */
import { goalsOf, medianOf, reached } from './goals';
import type { PeerName } from './peer';
import type { PeerResults, Results } from './results';

/** Rows of cells; the first row heads the columns. */
export type Table = readonly (readonly string[])[];

/** A Markdown table, its columns lined up: the first to the left, the others to the right. */
export function markdownTable(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(3, ...table.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string => {
    const cells = widths.map((width, column) => {
      const cell = row[column] ?? '';
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${cells.join(' | ')} |`;
  };
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  const [head = [], ...rows] = table;
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

const NONE = '–';

/** Three digits that say something, and no more. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function mebibytes({ memory }: PeerResults): string {
  if (memory === null) return NONE;
  const mark = memory.of === 'buffers' ? ' *' : '';
  return `${figure(memory.bytes / 2 ** 20)}${mark}`;
}

export function titleOf({ title, host }: Pick<PeerResults, 'title' | 'host'>): string {
  return `${title} (${host})`;
}

/** What a step takes of each peer; those that were not measured say why. */
export function stepTable(results: Results): Table {
  const over = (name: PeerName, { step }: PeerResults): string => {
    const base = medianOf(results, name);
    return base === null || step === null ? NONE : figure(step.median / base);
  };
  return [
    ['peer', 'ms a step', 'min – max', '÷ PyTorch CPU 1', '÷ tfjs wasm', '÷ tfjs webgpu'],
    ...results.peers.map((peer) => {
      const { step, reason } = peer;
      if (step === null) return [titleOf(peer), reason ?? NONE];
      return [
        titleOf(peer),
        figure(step.median),
        `${figure(step.smallest)} – ${figure(step.largest)}`,
        over('torch-cpu-1', peer),
        over('tfjs-wasm', peer),
        over('tfjs-webgpu', peer),
      ];
    }),
  ];
}

/** All else of the peers that were measured. */
export function costTable({ peers }: Results): Table {
  return [
    ['peer', 'Seed V2 run, s', 'its last loss', 'start-up, s', 'a step runs', 'memory, MiB'],
    ...peers
      .filter(({ status }) => status === 'measured')
      .map((peer) => {
        const { founding, startUp, count } = peer;
        const about = founding?.total === null ? '≈ ' : '';
        return [
          titleOf(peer),
          founding === null ? NONE : `${about}${figure(founding.seconds)}`,
          figure(founding?.total),
          figure(startUp === null ? null : startUp / 1000),
          count === null ? NONE : `${figure(count.count)} ${count.of}`,
          mebibytes(peer),
        ];
      }),
  ];
}

/** Runs of the default recipe. */
export function recipeTable({ peers }: Results): Table {
  return [
    ['peer', 'default run, s', 'of it before the first epoch', 'epochs trained'],
    ...peers.flatMap((peer) => {
      const { recipe } = peer;
      if (recipe === null || recipe === undefined) return [];
      const { seconds, preparing, trained, epochs } = recipe;
      const about = trained < epochs ? '≈ ' : '';
      return [
        [
          titleOf(peer),
          `${about}${figure(seconds)}`,
          figure(preparing),
          `${String(trained)} of ${String(epochs)}`,
        ],
      ];
    }),
  ];
}

/** Errors against float64 of each peer that was checked. */
export function checkTable({ peers }: Results): Table {
  return [
    ['peer', 'gradient', 'losses', ''],
    ...peers.flatMap((peer) => {
      const { check, status } = peer;
      if (check === null) return [];
      const verdict = status === 'wrong' ? 'wrong' : 'agrees';
      return [
        [titleOf(peer), check.gradient.toExponential(1), check.loss.toExponential(1), verdict],
      ];
    }),
  ];
}

/** Steps a second against one size of the work. */
export function growthTable({ growth, peers }: Results): Table {
  const grown = peers.filter(({ name }) => growth.some(({ speeds }) => name in speeds));
  return [
    ['', ...grown.map(titleOf)],
    ...growth.map(({ what, value, speeds }) => [
      `${what} ${value}`,
      ...grown.map(({ name }) => figure(speeds[name])),
    ]),
  ];
}

/** Many runs at once against one. */
export function sweepTable({ sweeps }: Results): Table {
  const [one] = sweeps;
  return [
    ['runs at once', 'ms a step of all', '÷ one run'],
    ...sweeps.map(({ runs, milliseconds }) => [
      String(runs),
      figure(milliseconds),
      figure(one === undefined ? null : milliseconds / one.milliseconds),
    ]),
  ];
}

/** A sweep spread over threads against one thread. */
export function threadTable({ threads }: Results): Table {
  const [one] = threads;
  return [
    ['threads', 'runs', 's', '÷ one thread'],
    ...threads.map(({ threads: count, runs, seconds }) => [
      String(count),
      String(runs),
      figure(seconds),
      figure(one === undefined ? null : seconds / one.seconds),
    ]),
  ];
}

function verdictOf(reached: boolean | null): string {
  if (reached === null) return 'not measured here';
  return reached ? 'reached' : 'not reached';
}

export function goalTable(results: Results): Table {
  return [
    ['what must be reached', 'goal', 'here', ''],
    ...goalsOf(results).map((goal) => {
      const { kind, value } = goal.limit;
      return [goal.text, `${kind} ${String(value)}`, figure(goal.value), verdictOf(reached(goal))];
    }),
  ];
}
