/** Reads back what `visit-text.ts` has kept of a visit. */
import * as v from 'valibot';
import { settingSchema } from '../../src/eq/setting-schema';
import { STRENGTHS, type Mixture } from '../../src/explore/mixture';
import type { CurrentEq, SlotSource } from './current-eq';
import type { KeptVisit } from './visit-text';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const number = v.pipe(v.number(), v.finite());

const mixtureSchema = v.strictObject({
  parts: v.pipe(
    v.array(
      v.strictObject({
        word: name,
        cluster: v.nullable(name),
        weight: v.pipe(number, v.minValue(0)),
      }),
    ),
    v.minLength(1),
    v.maxLength(50),
  ),
  space: v.picklist(['latent', 'parameters']),
  strength: v.pipe(number, v.minValue(STRENGTHS.min), v.maxValue(STRENGTHS.max)),
}) satisfies v.GenericSchema<unknown, Mixture>;

/** Without where it lies, which the model says anew. */
const eqSchema = v.strictObject({
  name,
  setting: settingSchema,
  follows: v.exactOptional(mixtureSchema),
});

const slotSchema = v.variant('from', [
  v.strictObject({ from: v.literal('current') }),
  v.strictObject({ from: v.literal('kept'), kept: v.omit(eqSchema, ['follows']) }),
  v.strictObject({ from: v.literal('word'), word: name }),
]) satisfies v.GenericSchema<unknown, SlotSource>;

const visitSchema = v.strictObject({
  /** Id of the run whose model was shown; null: the ready-made one. */
  run: v.nullable(v.string()),
  mixture: v.nullable(mixtureSchema),
  past: v.array(eqSchema),
  present: eqSchema,
  future: v.array(eqSchema),
  slots: v.nullable(v.pipe(v.array(slotSchema), v.length(3))),
});

/** @returns null where the text is none that {@link visitText} writes */
export function readVisit(text: string): KeptVisit | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const result = v.safeParse(visitSchema, parsed);
  if (!result.success) return null;
  const { run, mixture, past, present, future, slots } = result.output;
  const placed = (eq: v.InferOutput<typeof eqSchema>): CurrentEq => ({ ...eq, latent: null });
  return {
    run,
    mixture,
    eqHistory: {
      past: past.map(placed),
      present: placed(present),
      future: future.map(placed),
      gesture: null,
    },
    slots,
  };
}
