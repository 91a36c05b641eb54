/** Settings that nobody made, put together from bands that people did set. */
import { sortBells } from '../../data/audit/settings';
import { BANDS, EQ_PARAMETERS, type EqSetting } from '../../eq/parameters';
import { SampleOf, sampleRows } from '../../math/sample-rows';
import { randomBits, randomUniform, Stream } from '../../math/threefry';
import type { Recipe } from '../../recipe/recipe';

/**
 * Augmented rows at most. They are there where people's rows are few; of a large file's they would
 * fill the memory before the first step.
 */
export const MOST_AUGMENTED = 32_768;

/** How many augmented rows an epoch trains on beside so many others. */
export function countAugmented(rows: number, madeUp: number): number {
  return rows < 2 ? 0 : Math.min(rows * madeUp, MOST_AUGMENTED);
}

/**
 * New settings for each row, `madeUp` of them for each set, or fewer where all together would be more
 * than {@link MOST_AUGMENTED}: each band is replaced, as often as `exchange` says, by the same
 * band of another row, any as likely as the others. Where the audit puts bells in the order of their
 * frequencies, so are theirs.
 *
 * @param settings those of the rows trained on, which therefore never are held-out ones
 * @returns as many for the first row, then for the next …
 */
export function augmentedRows(
  settings: readonly EqSetting[],
  {
    madeUp,
    madeUpSets,
    exchange,
    seed,
    audit,
  }: Pick<Recipe, 'madeUp' | 'madeUpSets' | 'exchange' | 'seed' | 'audit'>,
): EqSetting[] {
  const others = settings.length - 1;
  const count = countAugmented(settings.length, madeUp * madeUpSets);
  if (count === 0) return [];
  const each = Math.floor(count / settings.length);
  const all = [...settings.keys()];
  const rest = count - each * settings.length;
  const withOneMore = new Set(rest === 0 ? [] : sampleRows(all, rest, SampleOf.augmented));
  return settings.flatMap((setting, row) =>
    Array.from({ length: withOneMore.has(row) ? each + 1 : each }, (_, copy) => {
      const donors = BANDS.map((band) => {
        const index = (row * BANDS.length + band) * 2;
        if (randomUniform(seed, Stream.madeUp, copy, index) >= exchange) return setting;
        const bits = randomBits(seed, Stream.madeUp, copy, index + 1);
        const other = Math.floor((bits * others) / 2 ** 32);
        return settings[other < row ? other : other + 1] ?? setting;
      });
      const mixed = EQ_PARAMETERS.map(({ band }, i) => donors[band]?.[i] ?? Number.NaN);
      return audit.unsortedBells === 'sort' ? sortBells(mixed) : mixed;
    }),
  );
}
