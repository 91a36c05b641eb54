/** What two sounds a blind test sets against each other. */
import type { NamedSetting } from '../eq/named-setting';
import { strengthened } from '../explore/mixture';
import type { ListeningSetup } from './listening-session';

/** What a person chooses before a test. */
export type ListeningChoice = Pick<ListeningSetup, 'kind' | 'question' | 'planned'> & {
  readonly compared: readonly [NamedSetting, NamedSetting];
};

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
