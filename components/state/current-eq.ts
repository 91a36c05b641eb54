/** The current EQ: the setting that is seen, heard, edited and exported. */
import type { NamedSetting } from '../../src/eq/named-setting';
import type { EqSetting } from '../../src/eq/parameters';
import type { Mixture } from '../../src/explore/mixture';

export interface CurrentEq extends NamedSetting {
  /** Where it lies in the latent, [latent]; null where there is no model to say, or none was asked. */
  readonly latent: readonly number[] | null;
  /** The words that it is of, whatever the model makes of them; left out once a person shaped it. */
  readonly follows?: Mixture;
}

/**
 * What one of the keys A, B and C plays: the current EQ, as it changes; one kept as it was; or the
 * model's word of that name.
 */
export type SlotSource =
  | { readonly from: 'current' }
  | { readonly from: 'kept'; readonly kept: NamedSetting }
  | { readonly from: 'word'; readonly word: string };

const EDITED = ', edited';

/** What a person has made of the current EQ; the store asks the model where it lies. */
export function shapedEq({ name }: CurrentEq, setting: EqSetting): CurrentEq {
  return { name: name.endsWith(EDITED) ? name : `${name}${EDITED}`, setting, latent: null };
}
