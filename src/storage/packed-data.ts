/**
 * A parsed data set as it is kept: its rows in columns, since a browser takes a second to copy a
 * hundred thousand objects and as long to check them again.
 */
import * as v from 'valibot';
import type { SafeData, SafeRow } from '../data/rows';
import { sourceNameSchema } from '../data/instruments';
import { PARAMETER_COUNT } from '../eq/parameters';
import { safeDataSchema } from './safe-data-schema';

/** Of a row whose file has no curve of its own. */
const NO_FIT = -1;

const text = v.string();
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const from1 = v.pipe(
  v.instance(Int32Array),
  v.check((values) => values.every((value) => value >= 1), 'a number is below 1'),
);
const finite = v.pipe(
  v.instance(Float64Array),
  v.check((values) => values.every((value) => Number.isFinite(value)), 'a number is not finite'),
);

/** Strict, so that nothing is kept beside what a SafeData is made of. */
export const packedDataSchema = v.pipe(
  v.strictObject({
    ...v.omit(safeDataSchema, ['rows']).entries,
    version: v.literal(2),
    /** The words that occur, and the labels that are other than their rows' words. */
    words: v.array(word),
    labels: v.array(text),
    /** Names of instruments and genres. */
    sources: v.array(sourceNameSchema),
    /**
     * [rows] each. A label's index is −1 where it is the word, a source's where the file names none,
     * and a fit error where the file has no curve.
     */
    line: from1,
    wordOf: v.instance(Int32Array),
    labelOf: v.instance(Int32Array),
    instrumentOf: v.instance(Int32Array),
    genreOf: v.instance(Int32Array),
    contributor: from1,
    fitErrorDb: finite,
    /** [rows, 13] */
    settings: finite,
  }),
  v.check(
    ({ line, settings, ...columns }) =>
      [
        columns.wordOf,
        columns.labelOf,
        columns.instrumentOf,
        columns.genreOf,
        columns.contributor,
        columns.fitErrorDb,
      ].every(({ length }) => length === line.length) &&
      settings.length === line.length * PARAMETER_COUNT,
    'its columns have not the same length',
  ),
  v.check(
    ({ words, labels, sources, wordOf, labelOf, instrumentOf, genreOf }) =>
      wordOf.every((index) => index >= 0 && index < words.length) &&
      labelOf.every((index) => index >= -1 && index < labels.length) &&
      [instrumentOf, genreOf].every((of) =>
        of.every((index) => index >= -1 && index < sources.length),
      ),
    'a row has a word or a source that is not there',
  ),
);

export type PackedData = v.InferOutput<typeof packedDataSchema>;

export function packData({ rows, ...rest }: SafeData): PackedData {
  const words = new Numbers();
  const labels = new Numbers();
  const sources = new Numbers();
  const sourcesOf = (name: (row: SafeRow) => string | undefined): Int32Array<ArrayBuffer> =>
    Int32Array.from(rows, (row) => {
      const named = name(row);
      return named === undefined ? -1 : sources.of(named);
    });
  const settings = new Float64Array(rows.length * PARAMETER_COUNT);
  rows.forEach(({ setting }, row) => {
    settings.set(setting, row * PARAMETER_COUNT);
  });
  const { rejected, rejectedTotal, personal, reading, sha256, synthetic, own, name } = rest;
  return {
    version: 2,
    line: Int32Array.from(rows, ({ line }) => line),
    wordOf: Int32Array.from(rows, (row) => words.of(row.word)),
    labelOf: Int32Array.from(rows, ({ label }) => (label === undefined ? -1 : labels.of(label))),
    instrumentOf: sourcesOf(({ instrument }) => instrument),
    genreOf: sourcesOf(({ genre }) => genre),
    contributor: Int32Array.from(rows, ({ contributor }) => contributor),
    fitErrorDb: Float64Array.from(rows, ({ fitErrorDb = NO_FIT }) => fitErrorDb),
    settings,
    words: words.all,
    labels: labels.all,
    sources: sources.all,
    rejected: [...rejected],
    rejectedTotal,
    ...(personal !== undefined && { personal: [...personal] }),
    ...(reading !== undefined && { reading }),
    sha256,
    synthetic,
    ...(own !== undefined && { own }),
    ...(name !== undefined && { name }),
  };
}

export function unpackData(packed: PackedData): SafeData {
  const { words, labels, sources, line, wordOf, labelOf, instrumentOf, genreOf } = packed;
  const { contributor, fitErrorDb, settings } = packed;
  const { rejected, rejectedTotal, personal, reading, sha256, synthetic, own, name } = packed;
  const rows = Array.from(line, (at, row): SafeRow => {
    const label = labels[labelOf[row] ?? -1];
    const fit = fitErrorDb[row] ?? NO_FIT;
    const instrument = sources[instrumentOf[row] ?? -1];
    const genre = sources[genreOf[row] ?? -1];
    return {
      line: at,
      word: words[wordOf[row] ?? -1] ?? '',
      ...(label !== undefined && { label }),
      contributor: contributor[row] ?? 0,
      setting: Array.from(settings.subarray(row * PARAMETER_COUNT, (row + 1) * PARAMETER_COUNT)),
      ...(instrument !== undefined && { instrument }),
      ...(genre !== undefined && { genre }),
      ...(fit >= 0 && { fitErrorDb: fit }),
    };
  });
  return {
    rows,
    rejected,
    rejectedTotal,
    ...(personal !== undefined && { personal }),
    ...(reading !== undefined && { reading }),
    sha256,
    synthetic,
    ...(own !== undefined && { own }),
    ...(name !== undefined && { name }),
  };
}

/** Texts by numbers, in the order in which they first come. */
class Numbers {
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  get all(): string[] {
    return [...this.#numbers.keys()];
  }
}
