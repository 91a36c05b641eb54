/** What the ready-made model is read with: loaded where there is nothing else to explore. */
export { unpackModel } from '../../src/ready/packed-model';
export { unpackTimeline } from '../../src/timeline/timeline-file';
