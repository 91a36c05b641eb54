/** What the page of the numerical checks asks its workers, and what they answer. */
import type { EngineChoice } from '../../../src/engines/engine-choice';

export type Question =
  | { type: 'golden'; choice: EngineChoice; file: string }
  | { type: 'gradients'; choice: EngineChoice; tolerance: number; cases: readonly string[] }
  | { type: 'resume' | 'choose' | 'lose' | 'share'; choice: EngineChoice };

export interface Answer {
  /** The engine's name and why it was chosen. */
  name: string;
  reason: string;
  /** What disagrees with the record, or with float64. */
  disagreements: string[] | null;
  /** Whether a run that was stopped, saved and resumed ended with the bits of one that was not. */
  sameBits: boolean | null;
  /** Name of what was thrown when the device went away. */
  thrown: string | null;
  /** Engines that trained afterwards in the same worker. */
  successors: string[];
  /** Devices asked for so far, at each stage of two engines' lives on one. */
  devices: number[];
}

/** Questions after which the worker keeps the engine for the next of them: it is as good as new. */
export const KEEPING: ReadonlySet<Question['type']> = new Set([
  'golden',
  'gradients',
  'resume',
] as const);
