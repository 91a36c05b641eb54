/** How each of the 13 parameters becomes a number around 0–1, as model files say it. */
import * as v from 'valibot';
import { EQ_PARAMETERS, PARAMETER_COUNT, type ParameterKind } from '../eq/parameters';

const finite = v.pipe(v.number(), v.finite());
const offset = v.pipe(finite, v.minValue(0));
const LOWER_FIRST = 'the lower end must be below the upper end';
const pair = v.pipe(
  v.tuple([finite, finite]),
  v.check(([low, high]) => low < high, LOWER_FIRST),
);

const columnScaleSchema = v.pipe(
  v.strictObject({
    /** What is scaled: s = x, or s = log₁₀(x + offset). */
    scale: v.picklist(['linear', 'log10']),
    /** In the parameter's unit; of no effect on a linear scale. */
    offset,
    /** The s that become 0 and 1. */
    from: finite,
    to: finite,
  }),
  v.check(({ from, to }) => from < to, LOWER_FIRST),
);

/**
 * One parameter's scale: a value x in dB, Hz or Q is normalised to (s − from) / (to − from).
 */
export type ColumnScale = v.InferOutput<typeof columnScaleSchema>;

/** What a normaliser was while all there was scaled as Seed V2 does. */
export const foundingNormaliserSchema = v.strictObject({
  /** dB that become 0 and 1. */
  gainDb: pair,
  /** log₁₀(Hz + offset) that become 0 and 1. */
  frequencyLog10: pair,
  frequencyOffsetHz: offset,
  /** log₁₀(Q) that become 0 and 1. */
  qLog10: pair,
});

const columnsSchema = v.strictObject({
  /** In the order of EQ_PARAMETERS, 13. */
  columns: v.pipe(
    v.array(columnScaleSchema),
    v.length(PARAMETER_COUNT, `there must be ${String(PARAMETER_COUNT)} columns`),
  ),
});

export type Normaliser = v.InferOutput<typeof columnsSchema>;

const earlierSchema = v.pipe(foundingNormaliserSchema, v.transform(fromFounding));

/** Also reads what model files and links held before the columns had scales of their own. */
export const normaliserSchema: v.GenericSchema<unknown, Normaliser> = v.lazy((input) =>
  typeof input === 'object' && input !== null && 'gainDb' in input ? earlierSchema : columnsSchema,
);

/** The normaliser that scales gains alike, frequencies alike and Qs alike. */
export function fromFounding({
  gainDb,
  frequencyLog10,
  frequencyOffsetHz,
  qLog10,
}: v.InferOutput<typeof foundingNormaliserSchema>): Normaliser {
  const scales: Record<ParameterKind, ColumnScale> = {
    gain: { scale: 'linear', offset: 0, from: gainDb[0], to: gainDb[1] },
    frequency: {
      scale: 'log10',
      offset: frequencyOffsetHz,
      from: frequencyLog10[0],
      to: frequencyLog10[1],
    },
    q: { scale: 'log10', offset: 0, from: qLog10[0], to: qLog10[1] },
  };
  return { columns: EQ_PARAMETERS.map(({ kind }) => ({ ...scales[kind] })) };
}
