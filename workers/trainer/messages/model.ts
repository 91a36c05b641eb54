/** The model that is shown: opened, exported, shared. */
import * as v from 'valibot';
import type { ApartMap } from '../../../src/explore/apart-map';
import { AMOUNTS } from '../../../src/explore/draw-apart';
import type { ModelDocument, ModelMap, Scoreboard } from '../../../src/model/model';
import type { ModelLink } from '../../../src/model-link/model-link';
import { file, fileName } from './bounds';

/** Browsers cut addresses off long before this. */
const MAX_FRAGMENT = 32 * 2 ** 20;

export const modelCommands = [
  /** A model file (ours, a checkpoint or the reference's), or a zip of our exports. Answered by model or refused. */
  v.strictObject({
    type: v.literal('open-model'),
    bytes: file,
    name: v.exactOptional(fileName),
  }),
  /** The model file that a short link led to. Answered by model or refused. */
  v.strictObject({ type: v.literal('open-shared'), bytes: file }),
  /** The ready-made model's packed file, which the page shows itself. Not answered; refused if damaged. */
  v.strictObject({ type: v.literal('open-ready-made'), bytes: file }),
  /** The same file, to take the place of the model that is shown. Answered by model or refused. */
  v.strictObject({ type: v.literal('show-ready-made'), bytes: file }),
  /** The fragment of a share link. Answered by model or refused. */
  v.strictObject({
    type: v.literal('open-link'),
    fragment: v.pipe(v.string(), v.maxLength(MAX_FRAGMENT, 'the link is too long')),
  }),
  /** Measure the shown model on the loaded data, as the command line does. Answered by evaluated or refused. */
  v.strictObject({ type: v.literal('evaluate') }),
  /** Answered by file (safetensors, or a zip; see src/exports/model-exports.ts), or refused. */
  v.strictObject({
    type: v.literal('export'),
    what: v.picklist(['model', 'onnx', 'tfjs', 'study']),
  }),
  /** The model file that may be left with a share server. Answered by shared-file. */
  v.strictObject({ type: v.literal('make-shared-file') }),
  /** Weights in so many bits each; by default the fewest that cost next to nothing. Answered by link or refused. */
  v.strictObject({ type: v.literal('share'), bits: v.optional(v.pipe(v.number(), v.integer())) }),
  /** Draw the words of the shown model's map apart; 0: no more. Answered by map-drawn or refused. */
  v.strictObject({
    type: v.literal('draw-apart'),
    amount: v.pipe(v.number(), v.minValue(0), v.maxValue(Math.max(...AMOUNTS))),
  }),
] as const;

export type ModelEvent =
  /** A model to show: live frames in training, opened files and links, the end of a run. */
  | {
      type: 'model';
      source: 'training' | 'file' | 'link' | 'run' | 'ready-made';
      document: ModelDocument;
      weights: Float32Array;
      map: ModelMap | null;
      /** What people set, row by row of the map, [rows, 13]; null where its data are not here. */
      settings: Float32Array | null;
      /** Who set it, 1, 2, 3 …, row by row of the map, [rows]; null likewise. */
      contributors: Int32Array | null;
      /** Both are those of the model event before, and left out: a run's rows stay as it trains. */
      sameRows?: true;
    }
  /** How the map of the model that was last shown is drawn; null: as it is. Every model is at first. */
  | { type: 'map-drawn'; apart: ApartMap | null }
  | { type: 'file'; name: string; mediaType: string; bytes: ArrayBuffer }
  /** How the shown model does on the loaded data; the note says why that is on all rows, where it is. */
  | { type: 'evaluated'; scoreboard: Scoreboard; note: string | null }
  | { type: 'shared-file'; bytes: ArrayBuffer }
  | ({ type: 'link' } & ModelLink);
