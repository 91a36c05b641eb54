/** What figures on held-out rows are not worth, where that is so. */
import type { Recipe } from './recipe';

/** A sentence for beside the figures of a recipe; null where there is nothing to warn of. */
export function splitWarning({ split }: Pick<Recipe, 'split'>): string | null {
  if (split !== 'row') return null;
  return 'Rows were held out one by one, so the same people’s settings are on both sides: these figures leak, and look better than the model is.';
}
