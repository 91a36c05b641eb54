/** Tables of figures, as text. */
import type { Spread } from '../../src/math/spread';

/** "0.901 ± 0.012". */
export function text({ mean, deviation }: Pick<Spread, 'mean' | 'deviation'>): string {
  if (Number.isNaN(mean)) return 'none';
  return deviation === null ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
}

/** Columns wide enough for their longest cell; the first to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  return lines
    .map((line) =>
      `  ${line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')}`.trimEnd(),
    )
    .join('\n');
}
