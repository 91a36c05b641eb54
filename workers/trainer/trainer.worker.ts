/** The training worker's entry: connects the session with the page. */
import type { Told } from './protocol';
import { Session } from './session';
import { reasonOf } from './tell';

function tell(told: Told, transfer: Transferable[] = []): void {
  self.postMessage(told, { transfer });
}

const session = new Session(tell);
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  session.receive(data);
});
// What nobody awaited must not fail in silence.
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  tell({ type: 'trouble', reason: reasonOf(event.reason), fatal: false });
});
