/** Which rows of the loaded data tell something of a model. */
import type { SafeData, SafeRow } from '../data/rows';
import type { Model } from '../model/model';
import type { MeasuredRows } from './packing-cost';
import { dataAsTrained, trainingSetFor } from '../training/rows/as-chosen';

export interface KnownRows {
  /** Rows of its words; held out are those that its run held out. null where there are none. */
  readonly rows: MeasuredRows | null;
  /** What it was trained on; null where that is not here. */
  readonly trainedOn: readonly Pick<SafeRow, 'setting'>[] | null;
}

/** @param data as they were read; null where none are loaded */
export async function rowsFor({ document }: Model, data: SafeData | null): Promise<KnownRows> {
  if (data === null) return { rows: null, trainedOn: null };
  const words = document.words.map(({ word }) => word);
  const { run } = document;
  if (run?.dataSha256 === data.sha256) {
    const set = await trainingSetFor(run.recipe, data, words);
    if (set.splitHash === run.splitHash) return { rows: set, trainedOn: set.rows };
  }
  const known = new Set(words);
  const rows = dataAsTrained(document, data).rows.filter(({ word }) => known.has(word));
  const measured = rows.length > 0 ? { rows, heldOut: new Uint8Array(rows.length) } : null;
  // Of a model whose file does not say where its words lie, these rows have said it.
  return { rows: measured, trainedOn: run === null ? rows : null };
}
