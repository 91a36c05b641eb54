/** Which columns of a file with a header of its own are what. */
import * as v from 'valibot';
import { PARAMETER_COUNT } from '../eq/parameters';

/** More columns than any spreadsheet has would be a mistake. */
const MAX_COLUMNS = 16_384;

const column = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_COLUMNS - 1));

export const columnMappingSchema = v.strictObject({
  /** Columns from 0. */
  word: column,
  /** null where each row counts as a contributor of its own. */
  contributor: v.nullable(column),
  /** Columns of the 13 parameters; null where the file has none. A band without gain is flat. */
  parameters: v.pipe(
    v.array(v.nullable(column)),
    v.length(PARAMETER_COUNT, 'a setting has 13 parameters'),
  ),
});
export type ColumnMapping = v.InferOutput<typeof columnMappingSchema>;
