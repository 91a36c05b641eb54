/** The curve of a preset's text at a few frequencies, for tests. */
import { curveDb } from '../eq/curve';
import { filtersOn, responseGrid } from '../eq/response';
import { detectFormat } from '../presets/formats';

/** dB at each frequency, 48 kHz, without preamp, to two decimals. */
export function presetDb(text: string, ...frequenciesHz: readonly number[]): readonly number[] {
  const { filters, curve } = detectFormat(text).read(text);
  const points = curveDb(curve, frequenciesHz);
  return Array.from(
    filtersOn(responseGrid(frequenciesHz), filters),
    (db, i) => Number((db + (points[i] ?? 0)).toFixed(2)) + 0,
  );
}
