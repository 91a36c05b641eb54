import type { Recipe } from '../../src/recipe/recipe';

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
      ? `${up} falls along a cosine to 0 over these epochs`
      : `begins at ${rate} again and is halved on plateaus`;
  return `The learning rate ${way}; the weights of the losses begin anew, too. What comes of it is a run of its own, on the same rows; this one stays as it is.`;
}
