/** How cost grows, as figures: steps a second against one size of the work. */
import { logFigure, type FigureLine } from '../src/figures/figure-svg';
import type { PeerName } from './peer';
import type { Results } from './results';
import { RECIPE } from './work';

export interface GrowthFigure {
  /** Of its file. */
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

type Growth = Results['growth'][number];

const SIZES = [
  { what: 'latent', title: 'Size of the latent' },
  { what: 'hidden', title: 'Width of the widest layer' },
  { what: 'batch', title: 'Rows of a batch' },
  { what: 'rows', title: 'Rows of the data' },
  { what: 'runs', title: 'Runs at once' },
] as const;

/** In the order of their colours. */
const DRAWN: readonly { readonly name: PeerName; readonly title: string }[] = [
  { name: 'fused-wasm-1', title: 'WebAssembly, 1 thread' },
  { name: 'fused-wasm-2', title: 'WebAssembly, 2 threads' },
  { name: 'torch-cpu-1', title: 'PyTorch, 1 thread' },
  { name: 'torch-cpu-2', title: 'PyTorch, 2 threads' },
  { name: 'fused-webgpu', title: 'WebGPU' },
  { name: 'torch-cuda', title: 'PyTorch CUDA' },
];

const BATCH = RECIPE.batchSize;

/** The colours of what one and two threads can do at most. */
const LIMIT_COLOURS = [6, 7];

/** A figure for each size that was changed. */
export function growthFigures(results: Results): GrowthFigure[] {
  return SIZES.flatMap(({ what, title }) => {
    const points = pointsOf(results, what);
    if (points.length < 2) return [];
    const drawn = DRAWN.map(({ name, title }, colour) => ({
      name: title,
      colour,
      points: points.flatMap(({ size, speeds }): [number, number][] => {
        const speed = speeds[name];
        return speed === undefined ? [] : [[size, speed]];
      }),
    }));
    const lines = [...drawn.filter((line) => line.points.length > 0), ...limits(results, points)];
    const marks = points.map(({ size }) => size);
    const svg = logFigure({
      title: `${title}: steps a second`,
      along: { title, marks },
      measure: 'Steps a second',
      lines,
      width: 'page',
    });
    return [{ name: `growth-${what}.svg`, title, svg }];
  });
}

interface SizedPoint extends Growth {
  readonly size: number;
}

function pointsOf(results: Results, what: string): SizedPoint[] {
  const measured = results.growth
    .filter((point) => point.what === what)
    // A width is written as those of all layers.
    .map((point) => ({ ...point, size: Math.max(...point.value.split('-').map(Number)) }));
  return what === 'runs' ? withOthersRuns(results, measured) : measured;
}

/** WebGPU's runs in the same dispatches; and PyTorch's, which come one after the other. */
function withOthersRuns(
  { sweeps, growth }: Results,
  measured: readonly SizedPoint[],
): SizedPoint[] {
  // The Seed V2 run's own size stands among the batches.
  const seed = growth.find(({ what, value }) => what === 'batch' && Number(value) === BATCH);
  const one = Object.entries(seed?.speeds ?? {}).filter(([name]) => name.startsWith('torch-'));
  const sizes = new Set(
    [...measured, ...sweeps.map(({ runs }) => ({ size: runs }))].map(({ size }) => size),
  );
  return [...sizes]
    .sort((a, b) => a - b)
    .map((size) => {
      const sweep = sweeps.find(({ runs }) => runs === size);
      const gpu = sweep === undefined ? {} : { 'fused-webgpu': (1000 * size) / sweep.milliseconds };
      const point = measured.find((its) => its.size === size) ?? {
        what: 'runs',
        value: String(size),
        flop: measured[0]?.flop,
        speeds: {},
        size,
      };
      return { ...point, speeds: { ...point.speeds, ...gpu, ...Object.fromEntries(one) } };
    });
}

/** What arithmetic alone would leave, of one thread and of two. */
function limits({ peak }: Results, points: readonly SizedPoint[]): FigureLine[] {
  if (peak === undefined || peak === null) return [];
  return LIMIT_COLOURS.flatMap((colour, i) => {
    const threads = i + 1;
    const limit = points.flatMap(({ size, flop }): [number, number][] =>
      flop === undefined ? [] : [[size, (threads * peak) / flop]],
    );
    const name = threads === 1 ? 'limit of 1 thread' : `limit of ${String(threads)} threads`;
    return limit.length === 0 ? [] : [{ name, colour, points: limit }];
  });
}
