/** What the bench's page offers to the bench. Types only. */
import type { Command } from './protocol';

export interface BenchPage {
  /** The WebGPU adapter's name and kind, or why there is none. */
  adapter(): Promise<{ readonly name: string; readonly software: boolean } | string>;
  /** @returns the answer, or `{ error }` */
  ask(peer: string, command: Command): Promise<unknown>;
  /** Ends a peer's worker. */
  stop(peer: string): void;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}
