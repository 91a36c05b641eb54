/** The training worker's entry: connects the session with the page. */
import type { TrainerEvent } from './protocol';
import { LateSession } from './late-session';
import { reasonOf } from './emit';

function emit(event: TrainerEvent, transfer: Transferable[] = []): void {
  self.postMessage(event, { transfer });
}

const session = new LateSession(emit);
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  session.receive(data);
});
// What nobody awaited must not fail in silence.
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  emit({ type: 'trouble', reason: reasonOf(event.reason), fatal: false });
});
