/** Tables of constants as the WebAssembly module reads them. */
import { PARAMETER_COUNT } from '../../eq/parameters';
import { OUTPUT_HEADS } from '../../model/heads';
import type { ColumnScale } from '../../model/normaliser-schema';
import { HEADS_STRIDE } from './assembly/layout';

/** Numbers of a column's scale. */
const SCALE_WIDTH = 4;

/** Zeros where there are no columns: then nothing reads them. */
export function columnTable(columns: readonly ColumnScale[]): Float64Array {
  const table = new Float64Array(PARAMETER_COUNT * SCALE_WIDTH);
  columns.forEach(({ scale, offset, from, to }, i) => {
    table.set([scale === 'log10' ? 1 : 0, offset, from, to - from], i * SCALE_WIDTH);
  });
  return table;
}

export function headTable(): Float32Array {
  const table = new Float32Array(4 * HEADS_STRIDE);
  OUTPUT_HEADS.forEach(({ low, high, steepness }, i) => {
    const span = high - low;
    [low, span, steepness, steepness / span].forEach((value, part) => {
      table[part * HEADS_STRIDE + i] = value;
    });
  });
  return table;
}
