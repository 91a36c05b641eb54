/** What the list of runs says of a model that is kept. */
import { InputError } from '../base/input-error';
import type { Model, ModelDocument } from '../model/model';
import { runName } from '../recipe/run-name';
import type { Description } from './run-records';
import { LONGEST_RECIPE, MOST_WORDS, type RunSummary } from './run-summary';
import { thumbnailOf } from '../figures/thumbnail';

type Described = Pick<Model, 'document' | 'map'>;
type HowKept = Pick<RunSummary, 'savedAt' | 'bytes' | 'finished' | 'plannedEpochs'>;

/**
 * What a model's file says of its run, apart from figures.
 *
 * @throws InputError for a model that does not say how it was trained
 */
export function describe({ document, map }: Described): Description {
  const { recipe } = runOf(document);
  const thumbnail = map === null ? null : thumbnailOf(map);
  return {
    words: document.words.slice(0, MOST_WORDS).map(({ word, rows }) => ({ word, rows })),
    recipe: runName(recipe).slice(0, LONGEST_RECIPE),
    ...(thumbnail !== null && { thumbnail }),
  };
}

/**
 * The summary of a model that is kept as a run.
 *
 * @param kept how it is kept
 * @throws InputError for a model that does not say how it was trained
 */
export function summaryOf<Kept extends HowKept>(
  model: Described,
  kept: Kept,
): Omit<RunSummary, 'id'> & Kept {
  const { name, epochs, synthetic, scoreboard } = runOf(model.document);
  return { name, epochs, synthetic, scoreboard, ...kept, ...describe(model) };
}

function runOf({ run }: ModelDocument): NonNullable<ModelDocument['run']> {
  if (run === null) {
    throw new InputError(
      'This model does not say how it was trained, so it cannot stand among the runs: download its file to keep it.',
    );
  }
  return run;
}
