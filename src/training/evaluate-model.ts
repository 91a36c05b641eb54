/** How well a model does on a data set that it need not have learnt from. */
import { encodeKnownRows } from '../analysis/place-words';
import { measure, type MeasureRequest } from '../analysis/scoreboard/measure';
import { InputError } from '../base/input-error';
import type { SafeData } from '../data/rows';
import { makeTrainingSet } from '../data/training-set';
import type { Model, Scoreboard } from '../model/model';

interface ModelEvaluation {
  /** The rows whose word the model knows, and where they lie. */
  readonly known: ReturnType<typeof encodeKnownRows>;
  /** Those rows, split as the model's run split them where that can be told. */
  readonly set: MeasureRequest['set'];
  readonly scoreboard: Scoreboard;
  /** Why the figures are on all rows: a sentence; null where they are not. */
  readonly note: string | null;
}

/**
 * @param data cleaned as the model's recipe says; see `dataAsTrained`
 * @throws InputError when no row has a word of the model
 */
export async function evaluateOn(model: Model, data: SafeData): Promise<ModelEvaluation> {
  const known = encodeKnownRows(model, data);
  const { rows, labels } = known;
  if (rows.length === 0)
    throw new InputError(
      'No row of the data has a word that the model knows: load data that has one.',
    );
  const split = await splitOf(model, data);
  const unsplit = {
    words: model.document.words.map(({ word }) => word),
    rows,
    labels,
    heldOut: new Uint8Array(rows.length),
    splitHash: '',
  };
  const set = typeof split === 'string' ? unsplit : split;
  return {
    known,
    set,
    scoreboard: measure({ model, set, data }),
    note: typeof split === 'string' ? split : null,
  };
}

/** The rows as the model's run split them; or why that cannot be told. */
async function splitOf(
  { document: { run, words } }: Model,
  data: SafeData,
): Promise<MeasureRequest['set'] | string> {
  if (run === null) return 'The model does not say which rows it was trained on.';
  if (run.dataSha256 !== data.sha256) return 'The model was trained on another file.';
  const chosen = words.map(({ word }) => word);
  const set = await makeTrainingSet(data, chosen, run.recipe);
  if (set.splitHash === run.splitHash) return set;
  return 'The rows the model held out cannot be told again with this version.';
}
