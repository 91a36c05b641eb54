import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { responseDb } from '../../src/eq/response';
import { inCommon } from './in-common';

/** Row n is a low shelf of n dB, of word n mod 3, by person n mod 4. */
const settingOf = (row: number) => FLAT_SETTING.with(0, row);
const labels = Int32Array.from({ length: 13 }, (_, row) => row % 3);
const contributors = Int32Array.from(labels, (_, row) => 1 + (row % 4));

describe('what rows have in common', () => {
  it('are their words, the most frequent first, their people, and the curve in their middle', () => {
    const rows = Uint32Array.of(0, 3, 4, 6, 12);
    const found = inCommon(rows, { labels, contributors, settingOf });
    expect(found.rows).toBe(5);
    expect(found.words).toEqual([
      { label: 0, rows: 4 },
      { label: 1, rows: 1 },
    ]);
    // Rows 0, 4 and 12 are of one person.
    expect(found.people).toBe(3);
    const { frequenciesHz, low, median, high } = found.curves;
    // Below 200 Hz all shelves lift, each more than the one before.
    const lifted = frequenciesHz.findIndex((hz) => hz > 200);
    const curve = (row: number) => responseDb(settingOf(row), frequenciesHz).slice(0, lifted);
    expect(low.slice(0, lifted)).toEqual(curve(3));
    expect(median.slice(0, lifted)).toEqual(curve(4));
    expect(high.slice(0, lifted)).toEqual(curve(6));
  });

  it('is known of one row alone, and without its person', () => {
    const found = inCommon(Uint32Array.of(2), { labels, contributors: null, settingOf });
    expect([found.rows, found.people]).toEqual([1, null]);
    expect(found.curves.low).toEqual(found.curves.high);
  });

  it('asks for no more settings than can be looked at', () => {
    let asked = 0;
    const rows = Uint32Array.from({ length: 100_000 }, (_, row) => row);
    inCommon(rows, { labels, contributors, settingOf: () => ((asked += 1), FLAT_SETTING) });
    expect(asked).toBe(400);
  });
});
