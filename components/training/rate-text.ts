import type { Recipe } from '../../src/recipe/recipe';
import { runActions } from './run-actions';

/** At what rate more epochs learn whose run has ended, and whose run they are. */
export function rateText({
  schedule,
  learningRate,
  warmUp,
}: Pick<Recipe, 'schedule' | 'learningRate' | 'warmUp'>): string {
  const rate = String(learningRate);
  const up = warmUp > 0 ? `rises to ${rate} again and` : `begins at ${rate} again and`;
  const way =
    schedule === 'cosine'
      ? `${up} falls along a cosine to 0`
      : `begins at ${rate} again and is halved on plateaus`;
  return `${runActions['train-more'].label} makes a run of its own of this one’s weights: the learning rate ${way}.`;
}
