/** The training worker: connects the session with the page. */
import { reasonOf } from './emit';
import type { Served, TrainerEvent } from './messages';
import { LateSession } from './late-session';

/** @returns what takes the page's messages */
export function serveTrainer(): (event: MessageEvent<unknown>) => void {
  const emit = (event: TrainerEvent, transfer: Transferable[] = []): void => {
    self.postMessage(event, { transfer });
  };
  const served: Served = { type: 'served' };
  const session = new LateSession(emit, undefined, () => {
    self.postMessage(served);
  });
  // What nobody awaited must not fail in silence.
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    emit({ type: 'trouble', reason: reasonOf(event.reason), fatal: false });
  });
  return ({ data }) => {
    session.receive(data);
  };
}
