/**
 * The rows of a data set as workers get them: what is trained on and nothing else. Neither personal
 * columns (which no parsed data set holds) nor the file's name, what was played or rejected rows are
 * in it.
 */
import * as v from 'valibot';
import { checked, checkedJson } from '../src/base/checked-json';
import { InputError } from '../src/base/input-error';
import type { SafeData } from '../src/data/rows';
import { PARAMETER_COUNT } from '../src/eq/parameters';
import {
  readSafetensors,
  takeTensor,
  writeSafetensors,
  type Tensor,
} from '../src/model/safetensors';
import { packData, packedDataSchema, unpackData } from '../src/storage/packed-data';

const METADATA = 'warmbright.rows';
const WHAT = 'The rows in the store';

const metadataSchema = v.strictObject({
  words: v.array(v.string()),
  /** Words as the file spells them, where that differs. */
  labels: v.array(v.string()),
  sha256: v.string(),
  synthetic: v.boolean(),
  /** Left out where the file is SAFE-DB's. */
  reading: v.exactOptional(
    v.strictObject({
      format: v.picklist(['safe-db', 'columns', 'socialfx']),
      contributorsKnown: v.boolean(),
    }),
  ),
});

/** A safetensors file, the same for the same rows. */
export function writeRows({ rows, sha256, synthetic, reading }: SafeData): Uint8Array<ArrayBuffer> {
  const packed = packData({ rows, rejected: [], rejectedTotal: 0, sha256, synthetic });
  const { line, wordOf, labelOf, contributor, settings, words, labels } = packed;
  const metadata: v.InferOutput<typeof metadataSchema> = {
    words,
    labels,
    sha256,
    synthetic,
    ...(reading !== undefined && {
      reading: { format: reading.format, contributorsKnown: reading.contributorsKnown },
    }),
  };
  const column = (data: Int32Array): Tensor => ({ dtype: 'I32', shape: [rows.length], data });
  return writeSafetensors({
    tensors: new Map<string, Tensor>([
      ['line', column(line)],
      ['word', column(wordOf)],
      ['label', column(labelOf)],
      ['contributor', column(contributor)],
      ['settings', { dtype: 'F64', shape: [rows.length, PARAMETER_COUNT], data: settings }],
    ]),
    metadata: new Map([[METADATA, JSON.stringify(metadata)]]),
  });
}

/** @throws InputError naming what cannot be used */
export function readRows(bytes: Uint8Array): SafeData {
  const file = readSafetensors(bytes);
  const text = file.metadata.get(METADATA);
  if (text === undefined) throw new InputError(`${WHAT} cannot be used: they have no description.`);
  const { words, labels, sha256, synthetic, reading } = checkedJson(metadataSchema, text, WHAT);
  const count = file.tensors.get('line')?.shape[0] ?? 0;
  const none = new Int32Array(count).fill(-1);
  const packed = checked(
    packedDataSchema,
    {
      version: 2,
      words,
      labels,
      sources: [],
      line: takeTensor(file, 'line', 'I32', [count]),
      wordOf: takeTensor(file, 'word', 'I32', [count]),
      labelOf: takeTensor(file, 'label', 'I32', [count]),
      instrumentOf: none,
      genreOf: none,
      contributor: takeTensor(file, 'contributor', 'I32', [count]),
      fitErrorDb: new Float64Array(count).fill(-1),
      settings: takeTensor(file, 'settings', 'F64', [count, PARAMETER_COUNT]),
      rejected: [],
      rejectedTotal: 0,
      sha256,
      synthetic,
      ...(reading !== undefined && {
        reading: { ...reading, notes: [], languages: [], choices: {} },
      }),
    },
    WHAT,
  );
  return unpackData(packed);
}
