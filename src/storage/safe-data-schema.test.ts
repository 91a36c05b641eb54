import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { SafeData } from '../data/rows';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { safeDataSchema } from './safe-data-schema';

const data: SafeData = {
  rows: [{ line: 1, word: 'warm', contributor: 1, setting: FLAT_SETTING }],
  rejected: [{ line: 2, column: null, reason: 'The row has 3 columns.' }],
  rejectedTotal: 1,
  sha256: 'ab'.repeat(32),
  synthetic: false,
};

describe('a kept data set', () => {
  it('is taken when whole', () => {
    expect(v.parse(safeDataSchema, data)).toEqual(data);
    const counted = { ...data, personal: [{ column: 3, rows: 1 }] };
    expect(v.parse(safeDataSchema, counted)).toEqual(counted);
  });

  it('is refused with anything missing, damaged or beside what it is made of', () => {
    const [row] = data.rows;
    const damaged = [
      null,
      { ...data, sha256: 'AB'.repeat(32) },
      { ...data, address: '192.0.2.1' },
      { ...data, personal: [{ column: 3, rows: 1, value: '192.0.2.1' }] },
      { ...data, rows: [{ ...row, address: '192.0.2.1' }] },
      { ...data, rows: [{ ...row, setting: [1, 2] }] },
      { ...data, rows: [{ ...row, setting: EQ_PARAMETERS.map(() => Number.NaN) }] },
      { ...data, rejected: [{ line: 0, column: 1, reason: '' }] },
    ];
    for (const record of damaged) expect(v.is(safeDataSchema, record)).toBe(false);
  });
});
