/**
 * What the page and the training worker say to each other.
 *
 * The page sends commands and never waits; the worker owns data, engine, loop and storage, and emits
 * events. Commands are schemas and parsed by the worker, since they carry what people typed, files
 * and links. Events are types alone: nothing but this worker sends them, and checking a model's
 * document in every frame would hold the page up.
 */
import * as v from 'valibot';
import { checked } from '../../src/base/checked-json';
import { dataCommands, type DataEvent } from './messages/data';
import { libraryCommands, type LibraryEvent } from './messages/library';
import { listeningCommands, type ListeningEvent } from './messages/listening';
import { modelCommands, type ModelEvent } from './messages/model';
import { runCommands, type RunEvent } from './messages/run';
import { sweepCommands, type SweepTrainerEvent } from './messages/sweep';

export type { EngineChoice } from '../../src/engines/engine-choice';
export type { RunSummary } from '../../src/storage/run-summary';
export type { Variation } from '../../src/training/sweep/sweep';
export type { StoredRun } from './messages/library';
export type { MeasuringShare, Phase } from './messages/run';

const commandSchema = v.variant('type', [
  ...dataCommands,
  ...runCommands,
  ...sweepCommands,
  ...libraryCommands,
  ...modelCommands,
  ...listeningCommands,
]);

/** Page → worker. */
export type Command = v.InferOutput<typeof commandSchema>;
export type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** Worker → page. */
export type TrainerEvent =
  | DataEvent
  | RunEvent
  | SweepTrainerEvent
  | LibraryEvent
  | ModelEvent
  | ListeningEvent
  /** Something asked for cannot be had; nothing that runs is affected. */
  | { type: 'refused'; what: Command['type']; reason: string }
  /** Something went wrong on its own. `fatal`: the run stopped; its last checkpoint stands. */
  | { type: 'trouble'; reason: string; fatal: boolean };

/** Worker → the page's client, which counts: a command has been served, or refused. */
export interface Served {
  readonly type: 'served';
}

export type EventOf<Type extends TrainerEvent['type']> = Extract<TrainerEvent, { type: Type }>;

const COMMAND_TYPES: readonly Command['type'][] = commandSchema.options.map(
  ({ entries }) => entries.type.literal,
);

/**
 * @param message anything
 * @throws InputError where it is not a command of the protocol
 */
export function parseCommand(message: unknown): Command {
  return checked(commandSchema, message, 'The request');
}

/** The type a message claims to have, if it is one of the protocol's; to answer a refusal. */
export function commandTypeOf(message: unknown): Command['type'] | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  return COMMAND_TYPES.find((type) => type === message.type) ?? null;
}
