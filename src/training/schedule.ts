/** What changes from epoch to epoch: the weights of the losses and the learning rate. */
import type { PlateauState } from './progress';
import type { Recipe } from '../recipe/recipe';

/** The learning rate is multiplied by this on a plateau. */
const FACTOR = 0.5;
/** A loss counts as better when it is below the best by more than this share of the best. */
const THRESHOLD = 1e-4;
/** A change of the learning rate smaller than this is not made. */
const SMALLEST_CHANGE = 1e-8;

/**
 * Weight of the contrastive loss in an epoch: linear from the first epoch to the last.
 *
 * @param epoch from 1
 */
export function contrastiveWeight(
  recipe: Pick<Recipe, 'epochs' | 'contrastiveStart' | 'contrastiveEnd'>,
  epoch: number,
): number {
  const { epochs, contrastiveStart: start, contrastiveEnd: end } = recipe;
  if (epochs === 1) return start;
  return start + ((end - start) * (epoch - 1)) / (epochs - 1);
}

/**
 * Weight of the KL divergence in an epoch: 0 up to epoch `klFrom`, then growing by `klStep` an
 * epoch up to `klMost`.
 *
 * @param epoch from 1
 */
export function klWeight(
  { klFrom, klStep, klMost }: Pick<Recipe, 'klFrom' | 'klStep' | 'klMost'>,
  epoch: number,
): number {
  return Math.min(klMost, klStep * Math.max(0, epoch - klFrom));
}

/**
 * Learning rate of an epoch: the plateau schedule's, or that of a cosine schedule, which is read in
 * the middle of the epoch: with t the share of the run that has passed and w that of the warm-up,
 * t/w of the recipe's rate up to w, then ½ (1 + cos π (t − w)/(1 − w)) of it.
 *
 * Source of the cosine: I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm
 * restarts", ICLR 2017.
 *
 * @param epoch from 1
 */
export function learningRateIn(
  {
    schedule,
    learningRate,
    warmUp,
    epochs,
  }: Pick<Recipe, 'schedule' | 'learningRate' | 'warmUp' | 'epochs'>,
  epoch: number,
  plateau: PlateauState,
): number {
  if (schedule === 'plateau') return plateau.learningRate;
  const passed = (epoch - 0.5) / epochs;
  if (passed < warmUp) return (learningRate * passed) / warmUp;
  return (learningRate * (1 + Math.cos((Math.PI * (passed - warmUp)) / (1 - warmUp)))) / 2;
}

/** The plateau schedule's memory before the first epoch. */
export function initialPlateau(learningRate: number): PlateauState {
  return { learningRate, best: null, badEpochs: 0 };
}

/**
 * The plateau schedule after an epoch that ended with `loss`.
 *
 * The semantics are those of PyTorch's `ReduceLROnPlateau(mode="min", factor=0.5,
 * threshold=1e-4, threshold_mode="rel", cooldown=0, min_lr=0, eps=1e-8)`: the rate is halved by
 * the first epoch after more than `patience` epochs in a row without a better loss.
 *
 * @param patience epochs; 0 switches the schedule off
 * @returns the memory to go on with; its learning rate is the next epoch's
 */
export function afterEpoch(state: PlateauState, loss: number, patience: number): PlateauState {
  if (state.best === null || loss < state.best * (1 - THRESHOLD)) {
    return { learningRate: state.learningRate, best: loss, badEpochs: 0 };
  }
  const badEpochs = state.badEpochs + 1;
  if (patience === 0 || badEpochs <= patience) return { ...state, badEpochs };
  const halved = state.learningRate * FACTOR;
  const learningRate = state.learningRate - halved > SMALLEST_CHANGE ? halved : state.learningRate;
  return { learningRate, best: state.best, badEpochs: 0 };
}
