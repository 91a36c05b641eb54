/** Settings that nobody made, put together from bands that people did set. */
import { sortBells } from '../../data/audit/settings';
import { BANDS, EQ_PARAMETERS, type EqSetting } from '../../eq/parameters';
import { randomBits, randomUniform, Stream } from '../../math/threefry';
import type { Recipe } from '../../recipe/recipe';

/** How likely a band is to be another row's. */
const EXCHANGED = 1 / 4;

/**
 * New settings for each row, `madeUp` of them: each band is replaced, one time in four, by the same
 * band of another row, any as likely as the others. Where the audit puts bells in the order of their
 * frequencies, so are theirs.
 *
 * @param settings those of the rows trained on, which therefore never are held-out ones
 * @returns as many for the first row, then for the next …
 */
export function augmentedRows(
  settings: readonly EqSetting[],
  { madeUp, seed, audit }: Pick<Recipe, 'madeUp' | 'seed' | 'audit'>,
): EqSetting[] {
  const others = settings.length - 1;
  if (others < 1) return [];
  return settings.flatMap((setting, row) =>
    Array.from({ length: madeUp }, (_, copy) => {
      const donors = BANDS.map((band) => {
        const index = (row * BANDS.length + band) * 2;
        if (randomUniform(seed, Stream.madeUp, copy, index) >= EXCHANGED) return setting;
        const bits = randomBits(seed, Stream.madeUp, copy, index + 1);
        const other = Math.floor((bits * others) / 2 ** 32);
        return settings[other < row ? other : other + 1] ?? setting;
      });
      const mixed = EQ_PARAMETERS.map(({ band }, i) => donors[band]?.[i] ?? Number.NaN);
      return audit.unsortedBells === 'sort' ? sortBells(mixed) : mixed;
    }),
  );
}
