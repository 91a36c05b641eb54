/** Settings that nobody has made, for a model to be tried on. */
import { EQ_PARAMETERS, FLAT_SETTING, type EqSetting } from '../eq/parameters';
import { randomUniform, Stream } from '../math/threefry';
import type { Model } from '../model/model';
import { wordSettings } from '../model/word-settings';

/**
 * From each of the model's words in turn (from a flat setting, where it has none that is placed) some
 * way towards anywhere that the plug-in's bounds allow. The same model gives the same settings.
 */
export function madeUpSettings(
  model: Pick<Model, 'document' | 'weights'>,
  count: number,
): EqSetting[] {
  const words = wordSettings(model).map(({ setting }) => setting);
  const starts = words.length > 0 ? words : [FLAT_SETTING];
  return Array.from({ length: count }, (_, i) => {
    const start = starts[i % starts.length] ?? FLAT_SETTING;
    const random = (index: number): number => randomUniform(1, Stream.linkSettings, i, index);
    const way = random(EQ_PARAMETERS.length);
    return EQ_PARAMETERS.map(({ kind, min, max, initial }, parameter) => {
      const from = start[parameter] ?? initial;
      const share = random(parameter);
      const value =
        kind === 'gain'
          ? from + way * (min + share * (max - min) - from)
          : from * ((min * (max / min) ** share) / from) ** way;
      return Math.min(max, Math.max(min, value));
    });
  });
}
