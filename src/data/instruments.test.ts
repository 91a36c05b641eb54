import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { safeDataSchema } from '../storage/safe-data-schema';
import { sharedFile } from '../testing/shared-files';
import { instrumentsOf, sourceName } from './instruments';
import { parseSafeCsv } from './parse-safe-csv';
import type { SafeData } from './rows';

/** A SAFE-DB record with personal columns that say so. */
function record(i: number, person: number, instrument: string): string {
  const settings = `${String((i % 20) / 10)},150,0,560,0.71,0,1000,0.71,0,3300,0.71,0,8200`;
  const personal = 'a place,a level,an age,a language';
  return `${String(i)},warm,192.0.2.${String(person)},2,2,${settings},"Reggae, slow",${instrument},${personal},x`;
}

function read(instruments: readonly string[], instrument?: string): Promise<SafeData> {
  const text = instruments.map((name, i) => record(i, 1 + (i % 6), name)).join('\n');
  return parseSafeCsv(new TextEncoder().encode(text), {
    synthetic: false,
    ...(instrument !== undefined && { instrument }),
  });
}

const file = [
  ...Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 'Guitar' : ' guitar ')),
  ...Array.from({ length: 18 }, () => 'piano'),
  ...Array.from({ length: 3 }, () => ''),
];

describe('instruments', () => {
  it('are kept by row, as genres are, and nothing else beside them', async () => {
    const data = await read(file);
    expect(data.rows[1]).toEqual({
      line: 2,
      word: 'warm',
      contributor: 2,
      setting: [0.1, 150, 0, 560, 0.71, 0, 1000, 0.71, 0, 3300, 0.71, 0, 8200],
      instrument: 'guitar',
      genre: 'reggae, slow',
    });
    expect(data.rows.at(-1)).not.toHaveProperty('instrument');
    expect(JSON.stringify(data)).not.toMatch(/a place|a level|an age|a language|192\.0/);
    expect(v.parse(safeDataSchema, data)).toEqual(data);
  });

  it('are offered from 20 rows by 5 people on', async () => {
    const { reading } = await read(file);
    expect(reading?.instruments).toEqual([{ name: 'guitar', rows: 24, contributors: 6 }]);
    const rows = (count: number, people: number) => [
      { contributor: 1 },
      ...Array.from({ length: count }, (_, i) => ({ instrument: 'sax', contributor: i % people })),
    ];
    expect(instrumentsOf(rows(20, 5))).toHaveLength(1);
    expect(instrumentsOf(rows(19, 5))).toEqual([]);
    expect(instrumentsOf(rows(50, 4))).toEqual([]);
    expect(instrumentsOf(rows(50, 9).slice(1)), 'nothing to leave out').toEqual([]);
  });

  it('choose rows, which are another data set, of the same people', async () => {
    const [all, guitar] = await Promise.all([read(file), read(file, 'Guitar')]);
    expect(guitar.rows).toEqual(all.rows.slice(0, 24));
    expect(guitar.sha256).not.toBe(all.sha256);
    expect(guitar.reading).toMatchObject({
      choices: { instrument: 'guitar' },
      instruments: all.reading?.instruments,
      notes: ['Only the rows whose instrument is “guitar” were read: 24 of 45.'],
    });
    expect(guitar.personal?.map(({ rows }) => rows)).toEqual([24, 24, 24, 24, 24]);
    expect(all.personal?.map(({ rows }) => rows)).toEqual([45, 45, 45, 45, 45]);
  });

  it('that are too rare are no choice', async () => {
    await expect(read(file, 'piano')).rejects.toThrow(
      'The file does not have at least 20 rows by 5 contributors of the instrument “piano”; choose guitar.',
    );
    await expect(read(file.slice(30), 'piano')).rejects.toThrow(
      'The rows cannot be chosen by instrument',
    );
  });

  it.each(['', '  ', '192.0.2.1', '2001:db8::1', 'x'.repeat(41)])('are not named %j', (cell) => {
    expect(sourceName(cell)).toBeNull();
  });

  const path = sharedFile('data/SAFEEqualiserUserData.csv');

  it.skipIf(path === null)('of the real file are two (needs ../shared/data)', async () => {
    const data = await parseSafeCsv(readFileSync(path ?? ''), { synthetic: false });
    expect(data.reading?.instruments).toEqual([
      { name: 'guitar', rows: 131, contributors: 5 },
      { name: 'trumpet', rows: 21, contributors: 12 },
    ]);
    expect(data.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});
