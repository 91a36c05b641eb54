/** A trained model and its replay as the files that are shipped. */
import { measure } from '../analysis/scoreboard/measure';
import { InputError } from '../base/input-error';
import type { TrainingSet } from '../data/rows';
import type { Model } from '../model/model';
import { LEAST_BITS, MOST_BITS, packModel, unpackModel } from './packed-model';
import { isCheap, MOST_COST, packingCost, type PackingCost } from './packing-cost';
import { withoutRows } from './without-rows';

export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What a reader of the bytes gets: its figures are its own, not those of the model it was. */
  readonly model: Model;
  /** That each of its weights was given. */
  readonly bits: number;
  readonly cost: PackingCost;
}

/**
 * The model in the fewest bits that cost no more than {@link MOST_COST}, with figures measured on
 * what those bits make of it, and without what would show single rows.
 *
 * @param trained on the set
 * @throws InputError where even the most bits cost more
 */
export async function packCheaply(
  trained: Model,
  set: TrainingSet,
  data: { readonly sha256: string },
): Promise<Packed> {
  const model = withoutRows(trained, set.rows);
  for (let bits = LEAST_BITS; bits <= MOST_BITS; bits++) {
    const rounded = await unpackModel(await packModel(model, bits));
    const cost = packingCost(model, rounded, set);
    if (!isCheap(cost)) continue;
    const bytes = await packModel(withFigures(model, rounded, set, data), bits);
    return { bytes, model: await unpackModel(bytes), bits, cost };
  }
  throw new InputError(
    `The model cannot be packed: in ${String(MOST_BITS)} bits a weight, its response error still grows by ${String(MOST_COST.responseErrorDb)} dB or a word’s curve moves by ${String(MOST_COST.wordCurvesDb)} dB.`,
  );
}

/** The model with the figures of the same after rounding. */
function withFigures(
  model: Model,
  rounded: Model,
  set: TrainingSet,
  data: { readonly sha256: string },
): Model {
  const { document } = model;
  if (document.run === null) return model;
  const run = { ...document.run, scoreboard: measure({ model: rounded, set, data }) };
  return { ...model, document: { ...document, run } };
}
