import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { csvText, markdownText, type TextTable } from './table-text';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '|', '\\', '=', '-', 'a', '1') }),
);

const tables: fc.Arbitrary<TextTable> = fc.integer({ min: 2, max: 4 }).chain((width) =>
  fc.record({
    columns: fc.array(text, { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(fc.option(text), { minLength: width, maxLength: width }), {
      maxLength: 5,
    }),
  }),
);

describe('csvText', () => {
  it('gives every cell back to a reader of CSV, but for what keeps formulas from running', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { data } = Papa.parse<string[]>(csvText(table), {
          delimiter: ',',
          newline: '\r\n',
        });
        const cells = [table.columns, ...table.rows].map((row) => row.map((cell) => cell ?? ''));
        // After the last line's end there is an empty one.
        expect(data.slice(0, -1).map((row) => row.map(bare))).toEqual(
          cells.map((row) => row.map(bare)),
        );
      }),
    );
  });

  it('begins no cell as a formula begins, unless it is a number', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { data } = Papa.parse<string[]>(csvText(table), {
          delimiter: ',',
          newline: '\r\n',
        });
        for (const cell of data.flat()) {
          if (/^[=+\-@\t\r]/.test(cell)) expect(cell).toMatch(/^[+-]?\d/);
        }
      }),
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['-0.25', '-0.25'],
    ['+1e-3', '+1e-3'],
    ['warm, "dark"', '"warm, ""dark"""'],
    [null, ''],
  ])('writes %s as %s', (cell, written) => {
    expect(csvText({ columns: ['a'], rows: [[cell]] })).toBe(`a\r\n${written}\r\n`);
  });
});

describe('markdownText', () => {
  it('keeps every row on one line with as many cells as there are columns', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const lines = markdownText(table).split('\n').slice(0, -1);
        expect(lines).toHaveLength(table.rows.length + 2);
        for (const line of lines) {
          const pipes = line.replaceAll(/\\./g, '').split('|').length - 1;
          expect(pipes).toBe(table.columns.length + 1);
        }
      }),
    );
  });

  it('escapes what would be markup', () => {
    const table = { columns: ['Word', 'A'], rows: [['a|b <b>', null]] };
    expect(markdownText(table)).toBe('| Word | A |\n| :-- | --: |\n| a\\|b \\<b\\> | – |\n');
  });
});

function bare(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r])/, '');
}
