/** Starts workers; to be called by the page, since a worker's script cannot bundle itself. */

export type WorkerRole = 'trainer' | 'sweep' | 'figures' | 'audio';

export function startWorker(role: WorkerRole): Worker {
  return new Worker(new URL('../worker.ts', import.meta.url), { type: 'module', name: role });
}
