/** Checks what crosses between page and worker: every command wholly, what is told by its shape. */
import { ENGINE_CHOICES } from '../../src/engines/engine-choice';
import * as v from 'valibot';
import { auditChoicesSchema } from '../../src/recipe/audit-choices';
import { auditReportSchema, cleaningSchema } from '../../src/data/audit/report';
import { checked } from '../../src/base/checked-json';
import { modelDocumentSchema, scoreboardSchema } from '../../src/model/model';
import { MOST_COMPARED } from '../../src/report/most-compared';
import { runSummarySchema } from '../../src/storage/run-summary';
import { recipeSchema } from '../../src/recipe/recipe';
import { variationSchema } from '../../src/training/sweep/sweep';
import type { Command, TrainerEvent } from './protocol';

/** Larger files are refused unread: SAFE-DB is 0.3 MB, a model file of any spec far below this. */
const MAX_FILE_BYTES = 256 * 2 ** 20;
/** Browsers cut addresses off long before this. */
const MAX_FRAGMENT = 32 * 2 ** 20;

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.pipe(v.string(), v.maxLength(200));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const words = v.pipe(v.array(word), v.maxLength(10_000));
const file = v.pipe(
  v.instance(ArrayBuffer),
  v.check(({ byteLength }) => byteLength <= MAX_FILE_BYTES, 'the file is larger than 256 MB'),
);
const someWords = v.pipe(words, v.minLength(1, 'choose at least one word'));
const engineChoice = v.picklist(ENGINE_CHOICES);

const commandSchema = v.variant('type', [
  v.strictObject({ type: v.literal('load-data'), bytes: file, synthetic: v.boolean() }),
  v.strictObject({ type: v.literal('audit') }),
  v.strictObject({ type: v.literal('clean'), choices: auditChoicesSchema }),
  v.strictObject({ type: v.literal('choose-engine'), choice: engineChoice }),
  v.strictObject({
    type: v.literal('start'),
    words: someWords,
    recipe: recipeSchema,
    name,
    paused: v.boolean(),
  }),
  v.strictObject({
    type: v.literal('start-sweep'),
    words: someWords,
    recipe: recipeSchema,
    vary: variationSchema,
  }),
  v.strictObject({ type: v.literal('stop-sweep') }),
  v.strictObject({ type: v.literal('pause') }),
  v.strictObject({ type: v.literal('step') }),
  v.strictObject({ type: v.literal('resume') }),
  v.strictObject({ type: v.literal('stop') }),
  v.strictObject({ type: v.literal('open-model'), bytes: file }),
  v.strictObject({
    type: v.literal('open-link'),
    fragment: v.pipe(v.string(), v.maxLength(MAX_FRAGMENT, 'the link is too long')),
  }),
  v.strictObject({ type: v.literal('list-runs') }),
  v.strictObject({ type: v.literal('open-run'), id }),
  v.strictObject({ type: v.literal('rename-run'), id, name }),
  v.strictObject({ type: v.literal('delete-run'), id }),
  v.strictObject({
    type: v.literal('compare'),
    ids: v.pipe(
      v.array(id),
      v.minLength(2, 'choose at least two runs'),
      v.maxLength(MOST_COMPARED, `choose at most ${String(MOST_COMPARED)} runs`),
      v.check((ids) => new Set(ids).size === ids.length, 'choose every run once'),
    ),
  }),
  v.strictObject({ type: v.literal('export'), what: v.picklist(['model', 'layers-model']) }),
  v.strictObject({ type: v.literal('share') }),
]) satisfies v.GenericSchema<unknown, Command>;

const epochRecord = v.object({
  epoch: count,
  reconstruction: finite,
  contrastive: finite,
  kl: finite,
  total: finite,
  validation: v.nullable(finite),
  contrastiveWeight: finite,
  klWeight: finite,
  learningRate: finite,
});

const map = v.object({
  points: v.instance(Float32Array),
  labels: v.instance(Int32Array),
  heldOut: v.instance(Uint8Array),
  schools: v.instance(Uint8Array),
  origin: v.instance(Float32Array),
  axes: v.instance(Float32Array),
});

const eventSchema = v.variant('type', [
  v.object({
    type: v.literal('data-loaded'),
    sha256: v.string(),
    synthetic: v.boolean(),
    rows: count,
    contributors: count,
    rejected: v.array(v.object({ line: count, column: v.nullable(count), reason: v.string() })),
    rejectedTotal: count,
  }),
  v.object({ type: v.literal('audit'), report: auditReportSchema }),
  v.object({
    type: v.literal('cleaned'),
    cleaning: cleaningSchema,
    words: v.array(
      v.object({ word, rows: count, contributors: count, caution: v.nullable(v.string()) }),
    ),
  }),
  v.object({
    type: v.literal('engine'),
    choice: engineChoice,
    name: v.string(),
    device: v.string(),
    reason: v.string(),
  }),
  v.object({
    type: v.literal('run'),
    id,
    name,
    recipe: recipeSchema,
    words,
    trainingRows: count,
    heldOutRows: count,
    stepsPerEpoch: count,
    resumable: v.boolean(),
    reason: v.nullable(v.string()),
    history: v.array(epochRecord),
  }),
  v.object({
    type: v.literal('phase'),
    phase: v.picklist(['idle', 'preparing', 'training', 'pausing', 'paused', 'stopping', 'done']),
  }),
  v.object({ type: v.literal('epoch'), record: epochRecord, steps: count, seconds: finite }),
  v.object({
    type: v.literal('model'),
    source: v.picklist(['training', 'file', 'link', 'run']),
    document: modelDocumentSchema,
    weights: v.instance(Float32Array),
    map: v.nullable(map),
    settings: v.nullable(v.instance(Float32Array)),
  }),
  v.object({ type: v.literal('saved'), id, epoch: count }),
  v.object({
    type: v.literal('sweep'),
    runs: v.array(v.object({ label: v.string(), name, recipe: recipeSchema })),
    words,
  }),
  v.object({ type: v.literal('sweep-engine'), reason: v.string() }),
  v.object({
    type: v.literal('sweep-epochs'),
    epochs: v.array(v.object({ run: count, record: epochRecord })),
  }),
  v.object({
    type: v.literal('sweep-run'),
    run: count,
    id: v.nullable(id),
    scoreboard: scoreboardSchema,
    map,
  }),
  v.object({ type: v.literal('sweep-failed'), run: count, reason: v.string() }),
  v.object({ type: v.literal('sweep-ended'), stopped: v.boolean() }),
  v.object({
    type: v.literal('runs'),
    runs: v.array(runSummarySchema),
  }),
  v.object({
    type: v.literal('compared'),
    runs: v.array(
      v.object({
        id,
        document: modelDocumentSchema,
        weights: v.instance(Float32Array),
        map: v.nullable(map),
        history: v.array(epochRecord),
      }),
    ),
  }),
  v.object({
    type: v.literal('file'),
    name: v.string(),
    mediaType: v.string(),
    bytes: v.instance(ArrayBuffer),
  }),
  v.object({ type: v.literal('link'), fragment: v.string() }),
  v.object({ type: v.literal('refused'), what: v.picklist(commandTypes()), reason: v.string() }),
  v.object({ type: v.literal('trouble'), reason: v.string(), fatal: v.boolean() }),
]) satisfies v.GenericSchema<unknown, TrainerEvent>;

function commandTypes(): Command['type'][] {
  return commandSchema.options.map(({ entries }) => entries.type.literal);
}

/**
 * @param message anything
 * @throws InputError where it is not a command of the protocol
 */
export function parseCommand(message: unknown): Command {
  return checked(commandSchema, message, 'The request');
}

/**
 * @param message anything
 * @throws InputError where it is not something the worker tells
 */
export function parseEvent(message: unknown): TrainerEvent {
  return checked(eventSchema, message, 'The answer');
}

/** The type a message claims to have, if it is one of the protocol's; to answer a refusal. */
export function commandTypeOf(message: unknown): Command['type'] | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  return commandTypes().find((type) => type === message.type) ?? null;
}
