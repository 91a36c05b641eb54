/** What a person has in hand: the setting that is seen, heard, edited and taken away. */
import type { NamedSetting } from '../../src/eq/named-setting';

export interface Hand extends NamedSetting {
  /** Where it lies in the latent, [latent]; null where there is no model to say. */
  readonly latent: readonly number[] | null;
}
