/** Which of a few curves each row of a matrix is nearest to: the innermost loop of all clusters. */

export interface NearestRows {
  /** Number of every row's nearest curve, the first of equals, [rows]. */
  readonly labels: Int32Array;
  /** Sum of the squared differences from it over the row's numbers, [rows]. */
  readonly squares: Float64Array;
  /** What every other curve is at least away, as the root of such a sum, [rows]. */
  readonly others: Float64Array;
}

/** To be filled by {@link findNearest}, as often as wanted. */
export function nearestRows(rows: number): NearestRows {
  return {
    labels: new Int32Array(rows),
    squares: new Float64Array(rows),
    others: new Float64Array(rows),
  };
}

/**
 * Writes every row's nearest curve into `found`. Where that is filled already, the labels are where
 * the search begins, and curves that have not moved far are passed over: what comes out is the same.
 *
 * Source: G. Hamerly, "Making k-means even faster", SDM 2010.
 *
 * @param values [rows, width]
 * @param curves [count, width]
 * @param moved  how far each curve is at most from where it was at the last call, as the root of
 *   a sum of squares
 */
export function findNearest(
  values: Float64Array,
  curves: Float64Array,
  width: number,
  found: NearestRows,
  moved = Infinity,
): void {
  squaresFromLabelled(values, curves, width, found);
  if (curves.length > width) findNearer(values, curves, width, found, moved);
}

/** The squared distance of every row from the curve that its label names. */
function squaresFromLabelled(
  values: Float64Array,
  curves: Float64Array,
  width: number,
  { labels, squares }: NearestRows,
): void {
  const rows = labels.length;
  let row = 0;
  // Each sum is added up in the order of its numbers, so every addition waits for the one before:
  // four rows side by side keep the processor busy meanwhile, and leave each sum its bits.
  for (; row + 4 <= rows; row += 4) {
    const at = row * width;
    const a = (labels[row] ?? 0) * width;
    const b = (labels[row + 1] ?? 0) * width;
    const c = (labels[row + 2] ?? 0) * width;
    const d = (labels[row + 3] ?? 0) * width;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let i = 0; i < width; i++) {
      const x = (values[at + i] ?? 0) - (curves[a + i] ?? 0);
      const y = (values[at + width + i] ?? 0) - (curves[b + i] ?? 0);
      const z = (values[at + 2 * width + i] ?? 0) - (curves[c + i] ?? 0);
      const w = (values[at + 3 * width + i] ?? 0) - (curves[d + i] ?? 0);
      first += x * x;
      second += y * y;
      third += z * z;
      fourth += w * w;
    }
    squares[row] = first;
    squares[row + 1] = second;
    squares[row + 2] = third;
    squares[row + 3] = fourth;
  }
  for (; row < rows; row++) {
    const curve = (labels[row] ?? 0) * width;
    squares[row] = squaresUpTo(values, row * width, curves, curve, width, Infinity);
  }
}

/** What rounding could take off a distance is far less. */
const MARGIN = 1e-6;
/** Other curves' squared distances are added up as far as this multiple of the nearest one's. */
const TOLD_UP_TO = 4;

/** Looks through the curves that the labels do not name, where one of them could be nearer. */
function findNearer(
  values: Float64Array,
  curves: Float64Array,
  width: number,
  { labels, squares, others }: NearestRows,
  moved: number,
): void {
  const count = curves.length / width;
  for (let row = 0; row < labels.length; row++) {
    const away = (others[row] ?? 0) - moved;
    others[row] = away;
    const own = squares[row] ?? 0;
    if (Math.sqrt(own) < away - MARGIN) continue;
    const begun = labels[row] ?? 0;
    let label = begun;
    let least = own;
    let second = Infinity;
    for (let k = 0; k < count; k++) {
      if (k === begun) continue;
      const sum = squaresUpTo(values, row * width, curves, k * width, width, TOLD_UP_TO * own);
      if (sum < least || (sum === least && k < label)) {
        second = least;
        least = sum;
        label = k;
      } else if (sum < second) {
        second = sum;
      }
    }
    labels[row] = label;
    squares[row] = least;
    others[row] = Math.sqrt(second);
  }
}

/** Numbers after which a sum is looked at. */
const LOOK = 8;

/** Σ (value − curve)² over a row; something above `limit` as soon as it is seen to pass that. */
function squaresUpTo(
  values: Float64Array,
  from: number,
  curves: Float64Array,
  curve: number,
  width: number,
  limit: number,
): number {
  let sum = 0;
  for (let start = 0; start < width && sum <= limit; start += LOOK) {
    const end = Math.min(start + LOOK, width);
    for (let i = start; i < end; i++) {
      const difference = (values[from + i] ?? 0) - (curves[curve + i] ?? 0);
      sum += difference * difference;
    }
  }
  return sum;
}
