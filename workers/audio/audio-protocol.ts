/** What crosses between the page and the audio worker, checked at both ends. */
import * as v from 'valibot';
import { WAV_FORMATS } from '../../src/audio/wav-writer';
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import { checked } from '../../src/base/checked-json';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Decibels: silence has −Infinity of them. */
const level = v.pipe(
  v.number(),
  v.check((value) => value < Infinity, 'a level is not infinite'),
);
const setting = v.nullable(
  v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(PARAMETER_COUNT)),
);

const source = v.union([
  v.strictObject({ file: v.instance(Blob) }),
  v.strictObject({
    channels: v.array(v.instance(Float32Array<ArrayBuffer>)),
    sampleRateHz: v.number(),
  }),
]);

/** Sound to work on: a file, which is read piece by piece, or samples, an array for each channel. */
export type AudioSource = Readonly<v.InferOutput<typeof source>>;

const requestSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('measure'),
    job: count,
    source,
    settings: v.pipe(v.array(setting), v.maxLength(1000)),
  }),
  v.strictObject({
    type: v.literal('render'),
    job: count,
    source,
    setting,
    format: v.picklist(WAV_FORMATS),
    match: v.boolean(),
  }),
  v.strictObject({ type: v.literal('cancel'), job: count }),
]);

/** What the page asks for; every job has a number of its own. */
export type AudioRequest = v.InferOutput<typeof requestSchema>;

const answerSchema = v.variant('type', [
  v.strictObject({ type: v.literal('progress'), job: count, share: v.number() }),
  v.strictObject({
    type: v.literal('measured'),
    job: count,
    measured: v.array(
      v.strictObject({ integratedLufs: level, truePeakDb: level, samplePeakDb: level }),
    ),
  }),
  v.strictObject({
    type: v.literal('rendered'),
    job: count,
    blob: v.instance(Blob),
    gainDb: v.pipe(v.number(), v.finite()),
    note: v.nullable(v.string()),
  }),
  v.strictObject({
    type: v.literal('failed'),
    job: count,
    reason: v.string(),
    /** Whether something given is at fault, and not the program. */
    foreseen: v.boolean(),
  }),
]);

/** What the worker answers; a job ends with its result or with what it failed of. */
export type AudioAnswer = v.InferOutput<typeof answerSchema>;

/**
 * @param message anything
 * @throws InputError where it is no request
 */
export function parseAudioRequest(message: unknown): AudioRequest {
  return checked(requestSchema, message, 'The request');
}

/**
 * @param message anything
 * @throws InputError where it is no answer
 */
export function parseAudioAnswer(message: unknown): AudioAnswer {
  return checked(answerSchema, message, 'The answer');
}
