/**
 * What crosses between the page and the audio worker. Requests are parsed by the worker; answers are
 * types alone, since nothing but our own worker sends them.
 */
import * as v from 'valibot';
import type { AudioHeader } from '../../src/audio/container-header';
import type { Measured } from '../../src/audio/render';
import { WAV_FORMATS } from '../../src/audio/wav-writer';
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import { checked } from '../../src/base/checked-json';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
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
  v.strictObject({ type: v.literal('header'), job: count, file: v.instance(Blob) }),
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

/** What the worker answers; a job ends with its result or with what it failed of. */
export type AudioAnswer =
  | { type: 'progress'; job: number; share: number }
  /** `header`: null where the file's kind is not known. */
  | { type: 'header'; job: number; header: AudioHeader | null }
  | { type: 'measured'; job: number; measured: readonly Measured[] }
  | { type: 'rendered'; job: number; blob: Blob; gainDb: number; note: string | null }
  /** `foreseen`: whether something given is at fault, and not the program. */
  | { type: 'failed'; job: number; reason: string; foreseen: boolean };

/**
 * @param message anything
 * @throws InputError where it is no request
 */
export function parseAudioRequest(message: unknown): AudioRequest {
  return checked(requestSchema, message, 'The request');
}
