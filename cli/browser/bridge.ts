/** What the command line and its page say to each other. Types only. */
import type { ReadChoices } from '../../src/data/reading';
import type { Command, TrainerEvent } from '../../workers/trainer/messages';

/** Page → command line: what the worker told, without models; files in base64. */
export type FromPage =
  | Extract<
      TrainerEvent,
      { type: 'data-loaded' | 'engine' | 'phase' | 'epoch' | 'refused' | 'trouble' }
    >
  | Extract<
      TrainerEvent,
      { type: 'sweep-engine' | 'sweep-epochs' | 'sweep-failed' | 'sweep-ended' }
    >
  | { type: 'sweep-run'; run: number; id: string | null }
  | { type: 'model' }
  | { type: 'file'; base64: string };

/** Command line → page. */
interface ToPage {
  /** A data file, in base64; `synthetic` says that it is the made-up sample. */
  loadData(base64: string, synthetic: boolean, choices: ReadChoices): Promise<void>;
  /** Any command without bytes. */
  send(command: Command): void;
}

declare global {
  interface Window {
    /** Put there by the command line. */
    fromPage: (message: FromPage) => Promise<void>;
    toPage: ToPage;
  }
}
