/** The schema of a parsed data set, for reading one back from storage. */
import * as v from 'valibot';
import { readingSchema } from '../data/reading';
import type { SafeData } from '../data/rows';
import { sourceNameSchema } from '../data/instruments';
import { PARAMETER_COUNT } from '../eq/parameters';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const from1 = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** File systems take no longer ones. */
const LONGEST_NAME = 1024;

/** Strict, so that nothing is kept beside what a SafeData is made of. */
export const safeDataSchema = v.strictObject({
  rows: v.array(
    v.strictObject({
      line: from1,
      word: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      label: v.exactOptional(v.string()),
      contributor: from1,
      setting: v.pipe(
        v.array(v.pipe(v.number(), v.finite())),
        v.length(PARAMETER_COUNT, 'a setting has 13 numbers'),
      ),
      instrument: v.exactOptional(sourceNameSchema),
      genre: v.exactOptional(sourceNameSchema),
      fitErrorDb: v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0))),
    }),
  ),
  rejected: v.array(v.strictObject({ line: from1, column: v.nullable(from1), reason: v.string() })),
  rejectedTotal: count,
  personal: v.exactOptional(v.array(v.strictObject({ column: from1, rows: count }))),
  reading: v.exactOptional(readingSchema),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex')),
  synthetic: v.boolean(),
  own: v.exactOptional(from1),
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(LONGEST_NAME))),
}) satisfies v.GenericSchema<unknown, SafeData>;
