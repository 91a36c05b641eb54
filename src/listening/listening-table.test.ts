import { describe, expect, it } from 'vitest';
import { csvText } from '../base/table-text';
import { answeredTest, LISTENING_SETUP } from '../testing/listening-test';
import { listeningTable } from './listening-table';

const [first, second] = LISTENING_SETUP.compared;

describe('blind tests as a table', () => {
  it('have a row a trial, with the whole test on each', () => {
    const { columns, rows } = listeningTable([answeredTest('ABABABAB'), answeredTest('AB')]);
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(row).toHaveLength(columns.length);
    const at = (row: number, column: string): unknown => rows[row]?.[columns.indexOf(column)];
    expect(at(2, 'trial')).toBe('3');
    expect(at(2, 'right answer')).toBe('A');
    expect(at(2, 'correct')).toBe('yes');
    expect(at(2, 'first matched by LU')).toBe('-1.25');
    expect(at(2, 'binomial p')).toBe('0.63671875');
    expect(at(8, 'binomial p')).toBeNull();
    expect(at(8, 'planned trials')).toBe('8');
  });

  it('keep a test without an answer', () => {
    expect(listeningTable([answeredTest('')]).rows).toHaveLength(1);
  });

  it('run no names as formulas in a spreadsheet', () => {
    const names = ['=HYPERLINK("x")', '+warm', '-warm', '@warm'];
    for (const name of names) {
      const csv = csvText(
        listeningTable([
          answeredTest('A', {
            kind: '2ifc',
            question: name,
            compared: [{ ...first, name }, second],
            material: { ...LISTENING_SETUP.material, name },
          }),
        ]),
      );
      const [, row = ''] = csv.split('\r\n');
      const cells = row.split(',');
      expect(cells.filter((cell) => /^"?[=+@]/.test(cell) || cell.startsWith('-warm'))).toEqual([]);
      expect(row.split(name.slice(0, 5)).length - 1).toBe(3);
      // A number keeps its minus.
      expect(cells).toContain('-1.25');
    }
  });
});
