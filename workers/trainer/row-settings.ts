/** What people set, for the points of a map: thirteen numbers a row, and nothing about the people. */
import type { SafeData, SafeRow } from '../../src/data/rows';
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import type { Model } from '../../src/model/model';
import { dataAsTrained } from '../../src/training/rows/as-chosen';

/** Settings of rows, [rows, 13]. */
export function flatSettings(rows: readonly Pick<SafeRow, 'setting'>[]): Float32Array {
  const flat = new Float32Array(rows.length * PARAMETER_COUNT);
  rows.forEach(({ setting }, row) => {
    flat.set(setting, row * PARAMETER_COUNT);
  });
  return flat;
}

/**
 * The settings that a model's map is of, [rows, 13], from the data set it was made of.
 *
 * @returns null where the data are others, or there is no map
 */
export function mapSettings(
  { document, map }: Pick<Model, 'document' | 'map'>,
  data: SafeData | null,
): Float32Array | null {
  if (map === null || data === null) return null;
  if (document.run !== null && document.run.dataSha256 !== data.sha256) return null;
  const labelOf = new Map(document.words.map(({ word }, label) => [word, label]));
  const rows = dataAsTrained(document, data).rows.filter(({ word }) => labelOf.has(word));
  const same =
    rows.length === map.labels.length &&
    rows.every(({ word }, row) => labelOf.get(word) === map.labels[row]);
  return same ? flatSettings(rows) : null;
}
