import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseSafeCsv } from '../data/parse-safe-csv';
import { syntheticCsv } from '../data/synthetic';
import { sampleData } from '../testing/sample-data';
import { packData, packedDataSchema, unpackData } from './packed-data';

const data = sampleData();

describe('a data set as it is kept', () => {
  it('comes back as it was', async () => {
    for (const set of [
      data,
      await parseSafeCsv(new TextEncoder().encode(syntheticCsv()), { synthetic: true }),
    ]) {
      const kept = v.parse(packedDataSchema, structuredClone(packData(set)));
      expect(unpackData(kept)).toStrictEqual(set);
    }
  });

  it('is refused with anything missing, damaged or beside what it is made of', () => {
    const packed = packData(data);
    const damaged = [
      null,
      data,
      { ...packed, address: '192.0.2.1' },
      { ...packed, sha256: 'AB'.repeat(32) },
      { ...packed, line: Int32Array.of(1, 3) },
      { ...packed, line: Int32Array.of(1, 0, 4) },
      { ...packed, contributor: [1, 2, 1] },
      { ...packed, wordOf: Int32Array.of(0, 2, 0) },
      { ...packed, labelOf: Int32Array.of(-2, 0, 1) },
      { ...packed, instrumentOf: Int32Array.of(2, -1, -1) },
      { ...packed, genreOf: Int32Array.of(1, -1) },
      { ...packed, sources: ['guitar', '192.0.2.1'] },
      { ...packed, settings: packed.settings.map((value, at) => (at === 5 ? NaN : value)) },
      { ...packed, settings: packed.settings.slice(1) },
      { ...packed, words: ['warm', ''] },
    ];
    expect(v.is(packedDataSchema, packed)).toBe(true);
    for (const record of damaged) expect(v.is(packedDataSchema, record)).toBe(false);
  });
});
