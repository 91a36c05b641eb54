import type { EqSetting } from './parameters';

/** A setting and what people know it by: a word, a cluster of a word, a mixture, a preset's name. */
export interface NamedSetting {
  readonly name: string;
  readonly setting: EqSetting;
}
