/** How the worker's parts speak to the page. */
import type { Told } from './protocol';

/** Posts to the page; the buffers of `transfer` are handed over. */
export type Tell = (told: Told, transfer?: Transferable[]) => void;

/** What went wrong, as a sentence for people. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.endsWith('.') ? text : `${text}.`;
}
