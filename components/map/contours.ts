/** Where the points of a word are dense: lines around half of them, and around four of five. Pure. */
import type { Extent } from './map-frame';

/** Cells of the grid, along each axis. */
const CELLS = 80;
/** Fewer points have no density worth drawing. */
const LEAST_POINTS = 12;
/** Shares of a word's points that a line holds. */
const SHARES = [0.5, 0.8] as const;

/** The lines of one word that hold a share of its points. */
export interface Contour {
  readonly label: number;
  readonly share: (typeof SHARES)[number];
  /** Pieces of line, in map units: x and y of an end, x and y of the other, and so on. */
  readonly pieces: Float32Array;
}

/**
 * The density is that of a kernel estimate with a normal kernel, as wide as Scott's rule has it
 * (D. W. Scott, Multivariate Density Estimation, 1992): standard deviation · n^(−1/6) on a plane.
 *
 * @param points  [rows, 2], in map units
 * @param labels  index of each row's word, [rows]
 * @param wanted  the words whose lines are wanted
 * @param extent  half the sides of the rectangle that is looked at; what lies outside does not count
 */
export function contoursOf(
  points: Float32Array,
  labels: ArrayLike<number>,
  wanted: readonly number[],
  extent: Extent,
): readonly Contour[] {
  return wanted.flatMap((label) => {
    const own: number[] = [];
    for (let row = 0; row < labels.length; row++) if (labels[row] === label) own.push(row);
    if (own.length < LEAST_POINTS) return [];
    const grid = density(points, own, extent);
    return SHARES.map((share) => ({
      label,
      share,
      pieces: levelLines(grid, levelOf(grid, share), extent),
    }));
  });
}

/** How dense a word's points are at the middle of each cell, row by row from below, [CELLS²]. */
function density(points: Float32Array, rows: readonly number[], extent: Extent): Float64Array {
  const counts = new Float64Array(CELLS * CELLS);
  const cell = (at: number, reach: number): number =>
    Math.floor(((at + reach) / (2 * reach)) * CELLS);
  for (const row of rows) {
    const column = cell(points[2 * row] ?? 0, extent[0]);
    const line = cell(points[2 * row + 1] ?? 0, extent[1]);
    if (column < 0 || column >= CELLS || line < 0 || line >= CELLS) continue;
    const at = line * CELLS + column;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const widthOf = (axis: 0 | 1): number => {
    const cellSize = (2 * extent[axis]) / CELLS;
    return (deviation(points, rows, axis) * rows.length ** (-1 / 6)) / cellSize;
  };
  return blurred(blurred(counts, kernelOf(widthOf(0)), 1), kernelOf(widthOf(1)), CELLS);
}

function deviation(points: Float32Array, rows: readonly number[], axis: 0 | 1): number {
  let sum = 0;
  let squares = 0;
  for (const row of rows) {
    const at = points[2 * row + axis] ?? 0;
    sum += at;
    squares += at * at;
  }
  const mean = sum / rows.length;
  return Math.sqrt(Math.max(0, squares / rows.length - mean * mean));
}

/** Half of a normal kernel, from its middle on. @param width standard deviation, in cells */
function kernelOf(width: number): Float64Array {
  // A kernel narrower than a cell would leave holes between points.
  const sigma = Math.min(Math.max(width, 1), CELLS / 8);
  const half = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, i) =>
    Math.exp(-0.5 * (i / sigma) ** 2),
  );
  const whole = 2 * half.reduce((a, b) => a + b, 0) - (half[0] ?? 0);
  return half.map((value) => value / whole);
}

/** @param stride 1 along lines, CELLS across them */
function blurred(grid: Float64Array, kernel: Float64Array, stride: 1 | typeof CELLS): Float64Array {
  const out = new Float64Array(grid.length);
  for (let at = 0; at < grid.length; at++) {
    const value = grid[at] ?? 0;
    if (value === 0) continue;
    const place = stride === 1 ? at % CELLS : Math.floor(at / CELLS);
    for (let i = -kernel.length + 1; i < kernel.length; i++) {
      if (place + i < 0 || place + i >= CELLS) continue;
      const to = at + i * stride;
      out[to] = (out[to] ?? 0) + value * (kernel[Math.abs(i)] ?? 0);
    }
  }
  return out;
}

/** The density above which a share of all points lies. */
function levelOf(grid: Float64Array, share: number): number {
  const sorted = grid.toSorted().reverse();
  const all = sorted.reduce((a, b) => a + b, 0);
  let sum = 0;
  return sorted.find((value) => (sum += value) >= share * all) ?? 0;
}

/** Marching squares: where the density goes through a level, between the middles of four cells. */
function levelLines(grid: Float64Array, level: number, [across, up]: Extent): Float32Array {
  const pieces: number[] = [];
  const unit = (cell: number, reach: number): number => ((cell + 0.5) / CELLS) * 2 * reach - reach;
  for (let line = 0; line + 1 < CELLS; line++) {
    for (let column = 0; column + 1 < CELLS; column++) {
      const corner = (right: number, above: number): number =>
        (grid[(line + above) * CELLS + column + right] ?? 0) - level;
      const sides = [
        [corner(0, 0), corner(1, 0), (t: number) => [t, 0]],
        [corner(1, 0), corner(1, 1), (t: number) => [1, t]],
        [corner(0, 1), corner(1, 1), (t: number) => [t, 1]],
        [corner(0, 0), corner(0, 1), (t: number) => [0, t]],
      ] as const;
      // Two crossings make one piece, and four two.
      for (const [from, to, place] of sides) {
        if (from >= 0 === to >= 0) continue;
        const [right = 0, above = 0] = place(from / (from - to));
        pieces.push(unit(column + right, across), unit(line + above, up));
      }
    }
  }
  return Float32Array.from(pieces);
}
