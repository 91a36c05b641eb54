/** What the page and the equaliser on the audio thread agree on. Messages are {@link FilterTarget}s. */
import type { FilterTarget } from '../../src/audio/gliding-filter';

export const EQUALISER_PROCESSOR = 'warmbright-equaliser';

export interface EqualiserOptions {
  readonly channels: number;
  /** What it begins with. */
  readonly target: FilterTarget;
}
