/** Tells the worker's events from anything else. For the page, so no schema comes in here. */
import type { Served, TrainerEvent } from './messages';

const EVENT_TYPES: Readonly<Record<TrainerEvent['type'], true>> = {
  'data-loaded': true,
  'columns-needed': true,
  reading: true,
  audit: true,
  cleaned: true,
  engine: true,
  run: true,
  phase: true,
  epoch: true,
  timeline: true,
  saved: true,
  measuring: true,
  sweep: true,
  'sweep-engine': true,
  'sweep-epochs': true,
  'sweep-run': true,
  'sweep-failed': true,
  'sweep-ended': true,
  runs: true,
  'library-notice': true,
  compared: true,
  model: true,
  'map-drawn': true,
  file: true,
  evaluated: true,
  'shared-file': true,
  link: true,
  'listening-tests': true,
  refused: true,
  trouble: true,
};

/** Whether a message says that it is an event; what our own worker sends is not looked into. */
export function isTrainerEvent(message: unknown): message is TrainerEvent {
  return Object.hasOwn(EVENT_TYPES, typeOf(message));
}

/** Whether a message says that a command has been served. */
export function isServed(message: unknown): message is Served {
  return typeOf(message) === 'served';
}

function typeOf(message: unknown): string {
  const type = typeof message === 'object' && message !== null && 'type' in message && message.type;
  return typeof type === 'string' ? type : '';
}
