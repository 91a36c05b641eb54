/** How the worker's parts speak to the page. */
import type { TrainerEvent } from './messages';

/** Posts to the page; the buffers of `transfer` are handed over. */
export type Emit = (event: TrainerEvent, transfer?: Transferable[]) => void;

/** What went wrong, as a sentence for people. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.endsWith('.') ? text : `${text}.`;
}
