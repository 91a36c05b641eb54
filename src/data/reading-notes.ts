/** The sentences that say how a data file was read. */
import { delimiterName, type Dialect } from './csv-dialect';

export const EACH_ROW_ITS_OWN =
  'The file does not say who gave a row, so each row counts as a contributor of its own: nothing can be held out by person, and figures on held-out rows may flatter.';

/** "Read as UTF-16 with semicolons, decimal commas and a header line."; none where nothing is unusual. */
export function dialectNotes(
  { delimiter, decimalComma }: Dialect,
  encoding: string,
  header: boolean,
): string[] {
  const written = [
    ...(delimiter === ',' ? [] : [delimiterName(delimiter)]),
    ...(decimalComma ? ['decimal commas'] : []),
    ...(header ? ['a header line'] : []),
  ];
  const utf16 = encoding === 'utf-8' ? '' : ' as UTF-16';
  if (utf16 === '' && written.length === 0) return [];
  const last = written.at(-1) ?? '';
  const listed = written.length > 1 ? `${written.slice(0, -1).join(', ')} and ${last}` : last;
  return [`Read${utf16}${listed === '' ? '' : ` with ${listed}`}.`];
}
