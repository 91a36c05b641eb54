import { describe, expect, it } from 'vitest';
import { clampToBounds, EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import fc from '../testing/fast-check';
import { withOwnRow } from './own-rows';
import { parseSafeCsv } from './parse-safe-csv';
import type { SafeData, SafeRow } from './rows';
import { safeCsv } from './safe-csv';
import { syntheticCsv } from './synthetic';

const read = (text: string): Promise<SafeData> =>
  parseSafeCsv(new TextEncoder().encode(text), { synthetic: false });

describe('a row of one’s own', () => {
  it('comes last, under a number that no contributor of the file has, and the next under the same', async () => {
    const data = await read(syntheticCsv());
    const people = Math.max(...data.rows.map(({ contributor }) => contributor));
    const one = await withOwnRow(data, '  Silky ', FLAT_SETTING);
    const two = await withOwnRow(one, 'silky', FLAT_SETTING);
    expect(one.rows.slice(0, -1)).toEqual(data.rows);
    expect(one.rows.at(-1)).toMatchObject({ word: 'silky', contributor: people + 1 });
    expect(two.rows.at(-1)?.contributor).toBe(people + 1);
    expect(new Set([data.sha256, one.sha256, two.sha256]).size).toBe(3);
    expect((await withOwnRow(data, '  Silky ', FLAT_SETTING)).sha256).toBe(one.sha256);
  });

  it('begins a data set where there is none', async () => {
    const { rows, own } = await withOwnRow(null, 'silky', FLAT_SETTING);
    expect(rows).toEqual([{ line: 1, word: 'silky', contributor: 1, setting: FLAT_SETTING }]);
    expect(own).toBe(1);
  });

  it.each(['', '   ', '192.0.2.1', 'a\u0000b', 'x'.repeat(201)])(
    'is refused with the label %j',
    async (label) => {
      await expect(withOwnRow(null, label, FLAT_SETTING)).rejects.toThrow(/The label/);
    },
  );
});

describe('the file of a data set', () => {
  const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const label = cell.filter((text) => /^[^\p{Cc}\ufffd]*\p{L}[^\p{Cc}\ufffd]*$/u.test(text));
  const setting = fc
    .tuple(...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })))
    // A minus before zero is not written.
    .map((values) => clampToBounds(values).map((value) => value + 0));

  it('is read back as the same words, settings and people', async () => {
    const rows = fc.array(fc.record({ label, setting, person: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        let data: SafeData | null = null;
        for (const row of given) data = await withOwnRow(data, row.label, row.setting);
        const numbered = data?.rows.map((row, i): SafeRow => ({
          ...row,
          contributor: given[i]?.person ?? 0,
        }));
        const back = await read(safeCsv({ rows: numbered ?? [] }));
        expect(back.rejected).toEqual([]);
        expect(back.rows.map((row) => [row.label ?? row.word, row.word, row.setting])).toEqual(
          numbered?.map((row) => [row.label ?? row.word, row.word, row.setting]),
        );
        const people = new Map<number, number>();
        for (const { contributor } of numbered ?? []) {
          people.set(contributor, people.get(contributor) ?? people.size + 1);
        }
        expect(back.rows.map(({ contributor }) => contributor)).toEqual(
          numbered?.map(({ contributor }) => people.get(contributor)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('has what was played, and nothing that was personal', async () => {
    const text = syntheticCsv();
    const data = await read(text);
    const back = await read(safeCsv(data));
    expect(back.rows.map(({ instrument, genre }) => [instrument, genre])).toEqual(
      data.rows.map(({ instrument, genre }) => [instrument, genre]),
    );
    expect(safeCsv(data)).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
  });
});
