/**
 * A parsed data set as a file: what is kept of it, its columns as tensors of a safetensors file, and
 * all else as JSON in one of them, since the format's own header may not be as long.
 */
import * as v from 'valibot';
import { checked, checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { withMinus } from '../base/number-text';
import type { SafeData } from '../data/rows';
import { EQ_PARAMETERS } from '../eq/parameters';
import { readSafetensors, takeTensor, writeSafetensors, type Tensor } from '../model/safetensors';
import { packData, packedDataSchema, unpackData } from './packed-data';

const WHAT = 'The data set';
/** The JSON, in UTF-8. */
const ABOUT = 'about';
const INTEGERS = ['line', 'wordOf', 'labelOf', 'instrumentOf', 'genreOf', 'contributor'] as const;

/** Equal data sets give equal bytes. */
export function writeDataFile(data: SafeData): Uint8Array<ArrayBuffer> {
  const { line, wordOf, labelOf, instrumentOf, genreOf, contributor, ...others } = packData(data);
  const { fitErrorDb, settings, ...about } = others;
  const rows = line.length;
  const columns = { line, wordOf, labelOf, instrumentOf, genreOf, contributor };
  const text = new TextEncoder().encode(JSON.stringify(about));
  const tensors = new Map<string, Tensor>([
    ...INTEGERS.map(
      (name) => [name, { dtype: 'I32', shape: [rows], data: columns[name] }] as const,
    ),
    ['fitErrorDb', { dtype: 'F64', shape: [rows], data: fitErrorDb }],
    ['settings', { dtype: 'F64', shape: [rows, EQ_PARAMETERS.length], data: settings }],
    [ABOUT, { dtype: 'U8', shape: [text.length], data: text }],
  ]);
  return writeSafetensors({ tensors, metadata: new Map() });
}

/**
 * Each value lies where the parser of data files lets it.
 *
 * @throws InputError naming what of it is damaged
 */
export function readDataFile(bytes: Uint8Array): SafeData {
  const file = readSafetensors(bytes);
  const rowsOf = (name: string): number => file.tensors.get(name)?.shape[0] ?? 0;
  const rows = rowsOf('line');
  const taken = INTEGERS.map((name) => [name, takeTensor(file, name, 'I32', [rows])] as const);
  const fitErrorDb = takeTensor(file, 'fitErrorDb', 'F64', [rows]);
  const settings = takeTensor(file, 'settings', 'F64', [rows, EQ_PARAMETERS.length]);
  const text = takeTensor(file, ABOUT, 'U8', [rowsOf(ABOUT)]);
  if (file.tensors.size !== INTEGERS.length + 3) {
    throw new InputError(`${WHAT} holds more than a data set is made of.`);
  }
  const about = checkedJson(
    v.record(v.string(), v.unknown()),
    new TextDecoder().decode(text),
    WHAT,
  );
  const packed = { ...about, ...Object.fromEntries(taken), fitErrorDb, settings };
  const data = unpackData(checked(packedDataSchema, packed, WHAT));
  for (const { line, setting } of data.rows) {
    EQ_PARAMETERS.forEach(({ name, min, max }, i) => {
      const value = setting[i] ?? Number.NaN;
      if (value >= min && value <= max) return;
      throw new InputError(
        `${WHAT} has in the row of line ${String(line)} a ${name} of ${withMinus(String(value))}, outside ${withMinus(String(min))} to ${String(max)}.`,
      );
    });
  }
  return data;
}
