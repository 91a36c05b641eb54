import type { SweepEvent } from '../../src/training/sweep/train-together';

/** Who is told how a sweep goes. */
export interface SweepListener {
  readonly emit: (event: SweepEvent) => void;
  readonly emitEngine: (reason: string) => void;
  /** What people should know: a sentence. */
  readonly note: (sentence: string) => void;
}
