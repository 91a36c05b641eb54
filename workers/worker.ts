/**
 * The script of all workers that train or handle sound. A worker's name is its role, and only what
 * the role needs is loaded. One script for all of them keeps the tensor library in one file.
 */
import type { WorkerRole } from './shared/start-worker';

/** What a worker does with its messages. */
type Receive = (event: MessageEvent) => unknown;

const ROLES: Readonly<Record<WorkerRole, () => Promise<Receive>>> = {
  trainer: async () => (await import('./trainer/serve-trainer')).serveTrainer(),
  sweep: async () => (await import('./threads/serve-sweep')).serveSweep(),
  figures: async () => {
    const { serveFigures } = await import('./figures/serve-figures');
    return serveFigures((answer) => {
      self.postMessage(answer);
    });
  },
  audio: async () => (await import('./audio/serve-audio')).serveAudio(),
};

function isRole(name: string): name is WorkerRole {
  return Object.hasOwn(ROLES, name);
}

async function load(name: string): Promise<Receive> {
  if (!isRole(name)) throw new Error(`No worker has the role "${name}".`);
  return ROLES[name]();
}

const loaded = load(self.name);
// Heard from the start: messages that come before the role is loaded wait for it, in order.
addEventListener('message', (event) => {
  loaded.then((receive) => receive(event)).catch(reportError);
});
