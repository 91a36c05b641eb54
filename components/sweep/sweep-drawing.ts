/** What the small pictures of a sweep's runs show: a loss curve and a map, on a canvas each. */
import type { ModelMap } from '../../src/model/model';
import { roundTicks } from '../../src/figures/ticks';
import type { Size } from '../kit/canvas';
import { extentOf } from '../map/map-frame';
import type { SweepMember } from '../state/sweep-state';
import { colourNumbers } from '../kit/word-colours';

/** The axis of the losses, the same for every run. */
export interface LossAxis {
  readonly low: number;
  readonly high: number;
  /** True where some run's losses lie above it. */
  readonly exceeded: boolean;
}

/** Runs whose losses rise this many times above the middle run's highest leave the picture. */
const OUTLIER = 3;

/**
 * One axis for the total losses of all runs, its ends on round numbers, so that it changes seldom
 * while they train. A run that flies off does not flatten the others: it leaves the picture. null
 * before the first epoch.
 */
export function lossAxis(members: readonly SweepMember[]): LossAxis | null {
  let lowest = Infinity;
  const peaks: number[] = [];
  for (const { history } of members) {
    let peak = -Infinity;
    for (const value of history.column('total')) {
      if (value < lowest) lowest = value;
      if (value > peak) peak = value;
    }
    if (history.length > 0) peaks.push(peak);
  }
  peaks.sort((a, b) => a - b);
  const middle = peaks[Math.floor((peaks.length - 1) / 2)];
  if (middle === undefined) return null;
  const shown = peaks.filter((peak) => peak <= OUTLIER * Math.max(middle, 0) || peak === middle);
  const [low, high] = roundRange(lowest, Math.max(...shown));
  return { low, high, exceeded: shown.length < peaks.length };
}

/** The range widened to whole steps of 1, 2 or 5 times a power of ten, four steps or so. */
export function roundRange(low: number, high: number): [number, number] {
  const ticks = roundTicks(low, high);
  return [ticks[0] ?? low, ticks.at(-1) ?? high];
}

/** Draws the losses of an axis's height, epoch 1 at the left edge and `planned` at the right. */
export function drawCurve(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  losses: Float64Array,
  { low, high }: LossAxis,
  planned: number,
): void {
  const MARGIN = 2;
  const across = (width - 2 * MARGIN) / Math.max(1, planned - 1);
  const up = (height - 2 * MARGIN) / (high - low);
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.beginPath();
  losses.forEach((loss, epoch) => {
    context.lineTo(MARGIN + epoch * across, height - MARGIN - (loss - low) * up);
  });
  // A single epoch is a dot.
  if (losses.length === 1) context.lineTo(MARGIN, height - MARGIN - ((losses[0] ?? 0) - low) * up);
  context.stroke();
}

/** Draws every row's point, in the colour of its word, on a scale of the map's own. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  map: ModelMap,
  colours: readonly string[],
): void {
  const [across, up] = extentOf(map.points);
  const scale = Math.min(width / 2 / Math.max(across, 1e-6), height / 2 / Math.max(up, 1e-6));
  const side = width < 120 ? 2 : 2.5;
  context.globalAlpha = 0.7;
  map.labels.forEach((label, row) => {
    const x = width / 2 + scale * (map.points[2 * row] ?? 0);
    const y = height / 2 - scale * (map.points[2 * row + 1] ?? 0);
    context.fillStyle = colours[label] ?? 'gray';
    context.fillRect(x - side / 2, y - side / 2, side, side);
  });
  context.globalAlpha = 1;
}

/** The colour numbers that the large map gives the words, [words]. */
export function mapColourNumbers(words: readonly string[], { labels }: ModelMap): number[] {
  const rows = new Array<number>(words.length).fill(0);
  for (const label of labels) rows[label] = (rows[label] ?? 0) + 1;
  return colourNumbers(words.map((word, label) => ({ word, rows: rows[label] ?? 0 })));
}
