/** What people set, for the points of a map, and which rows are of the same person. */
import type { SafeData, SafeRow } from '../../src/data/rows';
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import type { Model } from '../../src/model/model';
import { dataAsTrained } from '../../src/training/rows/as-chosen';

/** For the page alone: not in what is saved with a model, exported and shared. */
export interface MapRows {
  /** [rows, 13] */
  readonly settings: Float32Array;
  /** Each row's contributor, 1, 2, 3 … as in the data, [rows]. */
  readonly contributors: Int32Array;
}

export function flatRows(rows: readonly Pick<SafeRow, 'setting' | 'contributor'>[]): MapRows {
  const settings = new Float32Array(rows.length * PARAMETER_COUNT);
  rows.forEach(({ setting }, row) => {
    settings.set(setting, row * PARAMETER_COUNT);
  });
  return { settings, contributors: Int32Array.from(rows, ({ contributor }) => contributor) };
}

/**
 * The rows that a model's map is of, from the data set it was made of.
 *
 * @returns null where the data are others, or there is no map
 */
export function mapRows(
  { document, map }: Pick<Model, 'document' | 'map'>,
  data: SafeData | null,
): MapRows | null {
  if (map === null || data === null) return null;
  if (document.run !== null && document.run.dataSha256 !== data.sha256) return null;
  const labelOf = new Map(document.words.map(({ word }, label) => [word, label]));
  const rows = dataAsTrained(document, data).rows.filter(({ word }) => labelOf.has(word));
  const same =
    rows.length === map.labels.length &&
    rows.every(({ word }, row) => labelOf.get(word) === map.labels[row]);
  return same ? flatRows(rows) : null;
}
