/** Sweeps beyond one machine; the command line loads this where a queue is asked for. */
export { followSweep } from './ask';
export { serveRuns } from './serve';
