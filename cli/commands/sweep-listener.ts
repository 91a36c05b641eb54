import type { SweepEvent } from '../../src/training/sweep/train-together';

/** Who is told how a sweep goes. */
export interface SweepListener {
  readonly tell: (event: SweepEvent) => void;
  readonly tellEngine: (reason: string) => void;
  /** What people should know: a sentence. */
  readonly note: (sentence: string) => void;
}
