/** The sentences that say how a data file was read. */
import { delimiterName, type Dialect } from './csv-dialect';
import type { Encoding } from './csv-text';

export const EACH_ROW_ITS_OWN =
  'The file does not say who gave a row, so each row counts as a contributor of its own: nothing can be held out by person, and figures on held-out rows may flatter.';

const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': '',
  'utf-16le': ' as UTF-16',
  'utf-16be': ' as UTF-16',
  'windows-1252': ' in the code page of Windows (1252)',
};

/** "Read as UTF-16 with semicolons, decimal commas and a header line."; none where nothing is unusual. */
export function dialectNotes(
  { delimiter, decimalComma, blankTail }: Dialect,
  encoding: Encoding,
  header: boolean,
): string[] {
  const written = [
    ...(delimiter === ',' ? [] : [delimiterName(delimiter)]),
    ...(decimalComma ? ['decimal commas'] : []),
    ...(header ? ['a header line'] : []),
    ...(blankTail > 0 ? ['empty cells at the ends of its lines'] : []),
  ];
  const as = ENCODING_NAMES[encoding];
  if (as === '' && written.length === 0) return [];
  const last = written.at(-1) ?? '';
  const listed = written.length > 1 ? `${written.slice(0, -1).join(', ')} and ${last}` : last;
  return [`Read${as}${listed === '' ? '' : ` with ${listed}`}.`];
}
