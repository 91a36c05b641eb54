/** The rows a run takes its steps on. */
import type { TrainingSet } from '../../data/rows';
import type { EqSetting } from '../../eq/parameters';
import { gridResponses, type ResponsesOf } from '../../eq/response-grid';
import type { Votes } from '../../engines/votes';
import { rowsWhere } from '../../math/pick-rows';
import { augmentedRows, countAugmented, type AugmentationRecipe } from './augmented-rows';
import { neighbourLabels, neighbourVotes } from './neighbour-labels';
import type { Recipe } from '../../recipe/recipe';

/** Label of a row that has no word: it trains the reconstruction alone. */
const NO_WORD = -1;

export interface LearntRows {
  /** People's rows, then augmented ones. */
  readonly settings: readonly EqSetting[];
  /** Index of each row's word, [rows]; −1 for a row without one. */
  readonly labels: Int32Array;
  /** Words among rows' neighbours; none without a word head. */
  readonly votes?: Votes;
  /** How many rows are people's. */
  readonly people: number;
}

/**
 * The training rows but for those kept for validation, then other words' rows, then augmented ones.
 *
 * @param responsesOf computes the responses, where neighbours vote
 */
export function learntRows(
  set: TrainingSet,
  recipe: AugmentationRecipe & Pick<Recipe, 'labels' | 'neighbours' | 'wordHead'>,
  responsesOf: ResponsesOf = gridResponses,
): LearntRows {
  const training = learntIndices(set);
  const found = [...training.map((row) => set.rows[row]), ...set.others].flatMap((row) =>
    row === undefined ? [] : [row.setting],
  );
  const settings = [...found, ...augmentedRows(found, recipe)];
  const labels = new Int32Array(settings.length).fill(NO_WORD);
  labels.set(training.map((row) => set.labels[row] ?? NO_WORD));
  const rows = { settings, labels, people: found.length };
  if (!recipe.wordHead && recipe.labels === 'own') return rows;
  const electorate = {
    curves: responsesOf(settings),
    rows: settings.length,
    labels: labels.subarray(0, training.length),
    neighbours: recipe.neighbours,
  };
  return recipe.wordHead
    ? { ...rows, votes: neighbourVotes(electorate, set.words.length) }
    : { ...rows, labels: neighbourLabels(electorate) };
}

/** How many of the rows that {@link learntRows} gives an epoch has. */
export function countLearntRows(set: TrainingSet, { madeUp }: Pick<Recipe, 'madeUp'>): number {
  const found = learntIndices(set).length + set.others.length;
  return found + countAugmented(found, madeUp);
}

function learntIndices({ heldOut, validation }: TrainingSet): number[] {
  return rowsWhere(heldOut, 0).filter((row) => validation[row] === 0);
}
