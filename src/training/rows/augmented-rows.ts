/** Settings that nobody made, put together from bands that people did set, or drawn. */
import { sortBells } from '../../data/audit/settings';
import {
  BANDS,
  EQ_PARAMETERS,
  type EqSetting,
  type ParameterKind,
  valueAt,
} from '../../eq/parameters';
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

export type AugmentationRecipe = Pick<
  Recipe,
  'madeUp' | 'madeUpSets' | 'exchange' | 'drawnBands' | 'seed' | 'audit'
>;

/** Which of a drawn band's random numbers a parameter takes; the first says whether it is drawn. */
const DRAW_OF: Readonly<Record<ParameterKind, number>> = { gain: 1, frequency: 2, q: 3 };

/**
 * New settings for each row, `madeUp` of them for each set, or fewer where all together would be more
 * than {@link MOST_AUGMENTED}: each band is replaced, as often as `exchange` says, by the same
 * band of another row, any as likely as the others, and then, as often as `drawnBands` says, by one
 * drawn at random within the plug-in's bounds: evenly in dB and in the logarithms of frequency and
 * Q. Where the audit puts bells in the order of their frequencies, so are theirs.
 *
 * @param settings those of the rows trained on, which therefore never are held-out ones
 * @returns as many for the first row, then for the next …
 */
export function augmentedRows(
  settings: readonly EqSetting[],
  { madeUp, madeUpSets, exchange, drawnBands, seed, audit }: AugmentationRecipe,
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
      const drawn = BANDS.map((band) => {
        const index = (row * BANDS.length + band) * 4;
        const uniform = (of: number): number =>
          randomUniform(seed, Stream.drawnBands, copy, index + of);
        return drawnBands > 0 && uniform(0) < drawnBands ? uniform : null;
      });
      const mixed = EQ_PARAMETERS.map((parameter, i) => {
        const uniform = drawn[parameter.band];
        if (uniform == null) return donors[parameter.band]?.[i] ?? Number.NaN;
        return valueAt(uniform(DRAW_OF[parameter.kind]), parameter);
      });
      return audit.unsortedBells === 'sort' ? sortBells(mixed) : mixed;
    }),
  );
}
