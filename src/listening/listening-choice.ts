/** What two sounds a blind test sets against each other. */
import { withMinus } from '../base/number-text';
import type { NamedSetting } from '../eq/named-setting';
import { sameSetting } from '../eq/parameters';
import { strengthened } from '../explore/mixture';
import type { ListeningSetup } from './listening-session';

/** What a person chooses before a test. */
export type ListeningChoice = Pick<ListeningSetup, 'kind' | 'question' | 'planned'> & {
  readonly compared: readonly [NamedSetting, NamedSetting];
};

/** A setting made stronger, weaker or the other way round, and called so. */
export function atStrength({ name, setting }: NamedSetting, percent: number): NamedSetting {
  if (percent === 100) return { name, setting };
  const figure = withMinus(String(percent));
  return { name: `${name} at ${figure} %`, setting: strengthened(setting, percent / 100) };
}

/** Whether the two are one setting, which nobody can tell apart. */
export function sameSound([first, second]: ListeningChoice['compared']): boolean {
  return sameSetting(first.setting, second.setting);
}
