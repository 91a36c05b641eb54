/**
 * The table that Room EQ Wizard saves as "formatted" text: a heading with "Number Enabled Control
 * Type Frequency(Hz) Gain(dB) Q …" and a line for each filter, with tabs or blanks between.
 *
 * Source: texts saved by Room EQ Wizard 5.
 */
import { InputError } from '../base/input-error';
import type { Filter } from '../eq/response';
import { readFilterLine } from './filter-lines';
import { LeftAside } from './left-aside';
import type { ReadPreset } from './preset';

const HEADING = /^\s{0,9}Number\s{1,9}Enabled\s{1,9}Control\s{1,9}Type\s{1,9}Frequency\(Hz\)/m;
/** What a row begins with, as far as its type; blanks in types are underscores in some versions. */
const ROW = /^\s{0,40}\d{1,4}\s{1,40}(True|False)\s{1,40}\S{1,20}\s{1,40}(.{1,200})$/;
/** Columns that a filter is made of, as they stand in its own kind of line. */
const PARTS: ReadonlyMap<string, (cell: string) => string> = new Map([
  ['Frequency(Hz)', (cell) => ` Fc ${cell} Hz`],
  ['Gain(dB)', (cell) => ` Gain ${cell} dB`],
  ['Q', (cell) => ` Q ${cell}`],
]);

/** Whether the text has such a table. */
export function hasRewTable(text: string): boolean {
  return HEADING.test(text);
}

/** @throws InputError where a filter cannot be read, or no row has one */
export function readRewTable(text: string): ReadPreset {
  const aside = new LeftAside();
  const filters: Filter[] = [];
  let off = 0;
  let columns: readonly string[] | null = null;
  text.split(/\r\n|\r|\n/).forEach((line, i) => {
    if (HEADING.test(line)) {
      if (columns !== null) {
        throw new InputError(
          `Line ${String(i + 1)}: a second table of filters begins here; keep one of them.`,
        );
      }
      columns = line.trim().split(/\s+/).slice(4);
      return;
    }
    if (columns === null || line.trim() === '') return;
    const [, enabled, cells = ''] = ROW.exec(line) ?? [];
    if (enabled === undefined) {
      aside.line(i + 1, 'no row of the table, left aside');
    } else if (enabled === 'False') {
      off++;
    } else {
      const read = readFilterLine(filterLine(cells, columns), `Line ${String(i + 1)}`, 'rew');
      if (read.state === 'on') filters.push(read.filter);
      else if (read.state === 'off') off++;
      else aside.skipped(i + 1, read.fault);
    }
  });
  if (filters.length === 0 && off === 0) {
    throw new InputError(aside.whyNothing('No row of the table sets a filter.'));
  }
  return { name: null, filters, curve: [], preampDb: 0, off, notes: aside.notes() };
}

/** A row's cells from its type on, as a line of the other kind of text. */
function filterLine(cells: string, columns: readonly string[]): string {
  const first = /\s[-+]?\d/.exec(cells)?.index ?? cells.length;
  // "LS 6dB" has a number in its type.
  const [type = ''] = /^.*?dB(?=\s|$)/.exec(cells) ?? [cells.slice(0, first)];
  const numbers = cells.slice(type.length).trim().split(/\s+/);
  const parts = columns.map((column, i) => {
    const cell = numbers[i] ?? '';
    return cell === '' ? '' : (PARTS.get(column)?.(cell) ?? '');
  });
  return ` ON ${type.trim()}${parts.join('')}`;
}
