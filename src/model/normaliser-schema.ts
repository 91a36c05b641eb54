/** How each of the 13 parameters becomes a number around 0–1, as model files say it. */
import * as v from 'valibot';
import { numberWithin } from '../base/bounds';
import {
  EQ_PARAMETERS,
  PARAMETER_COUNT,
  type EqParameter,
  type ParameterKind,
} from '../eq/parameters';

/** How far the ends of a linear scale may lie: well beyond what an equaliser does. */
const LINEAR_ENDS = {
  gain: numberWithin(-200, 200),
  frequency: numberWithin(-1e6, 1e6),
  q: numberWithin(-1e4, 1e4),
};
/** The same of a logarithmic scale: from a millionth to a million. */
const logEnd = numberWithin(-6, 6);
const offset = numberWithin(0, 1e6);
/** Values are divided by the width. */
const NARROWEST = 1e-9;
const LOWER_FIRST = 'the lower end must be below the upper end, and not by next to nothing';
const pair = (end: v.GenericSchema<number, number>) =>
  v.pipe(
    v.tuple([end, end]),
    v.check(([low, high]) => high - low > NARROWEST, LOWER_FIRST),
  );

const columnScaleSchema = ({ kind }: Pick<EqParameter, 'kind'>) =>
  v.pipe(
    v.variant('scale', [
      v.strictObject({
        /** What is scaled: s = x, or s = log₁₀(x + offset). */
        scale: v.literal('linear'),
        /** In the parameter's unit; of no effect on a linear scale. */
        offset,
        /** The s that become 0 and 1. */
        from: LINEAR_ENDS[kind],
        to: LINEAR_ENDS[kind],
      }),
      v.strictObject({ scale: v.literal('log10'), offset, from: logEnd, to: logEnd }),
    ]),
    v.check(({ from, to }) => to - from > NARROWEST, LOWER_FIRST),
  );

/**
 * One parameter's scale: a value x in dB, Hz or Q is normalised to (s − from) / (to − from).
 */
export type ColumnScale = v.InferOutput<ReturnType<typeof columnScaleSchema>>;

/** What a normaliser was while all there was scaled as Seed V2 does. */
export const foundingNormaliserSchema = v.strictObject({
  /** dB that become 0 and 1. */
  gainDb: pair(LINEAR_ENDS.gain),
  /** log₁₀(Hz + offset) that become 0 and 1. */
  frequencyLog10: pair(logEnd),
  frequencyOffsetHz: offset,
  /** log₁₀(Q) that become 0 and 1. */
  qLog10: pair(logEnd),
});

const columnsSchema = v.strictObject({
  /** In the order of EQ_PARAMETERS, 13. */
  columns: v.pipe(
    v.array(columnScaleSchema({ kind: 'frequency' })),
    v.length(PARAMETER_COUNT, `there must be ${String(PARAMETER_COUNT)} columns`),
    v.strictTuple(EQ_PARAMETERS.map(columnScaleSchema)),
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
