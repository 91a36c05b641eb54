/** What two sounds a blind test sets against each other. */
import type { NamedSetting } from '../eq/named-setting';
import { EQ_PARAMETERS, type EqSetting } from '../eq/parameters';
import { strengthened } from '../explore/mixture';
import type { ListeningSetup } from './listening-session';

/** What a person chooses before a test. */
export type ListeningChoice = Pick<ListeningSetup, 'kind' | 'question' | 'planned'> & {
  readonly compared: readonly [NamedSetting, NamedSetting];
};

/**
 * The sound as it is, as a setting of the equaliser: it runs through the same filters as any other,
 * and comes out the same to the last bit.
 */
export const FLAT_SETTING: EqSetting = EQ_PARAMETERS.map(({ initial }) => initial);

/** A setting made stronger, weaker or the other way round, and called so. */
export function atStrength({ name, setting }: NamedSetting, percent: number): NamedSetting {
  if (percent === 100) return { name, setting };
  const figure = String(percent).replace('-', '−');
  return { name: `${name} at ${figure} %`, setting: strengthened(setting, percent / 100) };
}

/** Whether the two are one setting, which nobody can tell apart. */
export function sameSound([first, second]: ListeningChoice['compared']): boolean {
  return first.setting.every((value, i) => value === second.setting[i]);
}
