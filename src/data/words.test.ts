import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedFile } from '../testing/shared-files';
import { parseSafeCsv } from './parse-safe-csv';
import type { SafeData } from './rows';
import { countWords, defaultWords } from './words';

/** Data with the given rows: [word, contributor, how many]. */
function data(...given: [word: string, contributor: number, rows: number][]): SafeData {
  const rows = given
    .flatMap(([word, contributor, count]) =>
      Array.from({ length: count }, () => ({ word, contributor, setting: [] })),
    )
    .map((row, i) => ({ ...row, line: i + 1 }));
  return { rows, rejected: [], rejectedTotal: 0, sha256: '', synthetic: false };
}

const cautions = (given: SafeData): Record<string, string | null> =>
  Object.fromEntries(countWords(given).map(({ word, caution }) => [word, caution]));

describe('countWords', () => {
  it('counts rows and contributors, most rows first and then by name', () => {
    const counts = countWords(data(['thin', 1, 1], ['airy', 2, 1], ['warm', 1, 2], ['airy', 3, 1]));
    expect(counts.map(({ word, rows, contributors }) => [word, rows, contributors])).toEqual([
      ['airy', 2, 2],
      ['warm', 2, 1],
      ['thin', 1, 1],
    ]);
  });

  it('doubts placeholders, lone contributors and sessions that outweigh a word', () => {
    expect(
      cautions(
        data(
          ['test', 1, 3],
          ['test', 2, 3],
          ['42', 1, 1],
          ['42', 2, 1],
          ['re27', 3, 7],
          ['hapax', 3, 1],
          ['session', 4, 9],
          ['session', 5, 1],
          ['shared', 4, 8],
          ['shared', 5, 2],
          ['short', 4, 8],
          ['short', 5, 1],
        ),
      ),
    ).toEqual({
      test: 'The label reads like a placeholder, not a word about sound.',
      '42': 'The label reads like a placeholder, not a word about sound.',
      re27: 'All 7 rows come from one contributor.',
      hapax: 'Its only row is one contributor’s.',
      session: '9 of 10 rows come from one contributor.',
      shared: null,
      short: null,
    });
  });

  it('makes nothing of contributors in a file that knows one only', () => {
    expect(cautions(data(['warm', 1, 20], ['bright', 1, 20]))).toEqual({
      warm: null,
      bright: null,
    });
  });
});

describe('defaultWords', () => {
  it('keeps words with enough rows and no caution, most rows first', () => {
    const counts = countWords(
      data(
        ['thin', 1, 4],
        ['thin', 2, 1],
        ['test', 1, 9],
        ['warm', 1, 4],
        ['warm', 2, 4],
        ['full', 1, 2],
        ['full', 2, 2],
      ),
    );
    expect(defaultWords(counts, 5)).toEqual(['warm', 'thin']);
  });
});

const realFile = sharedFile('data/SAFEEqualiserUserData.csv');

describe('the real data set', () => {
  it.skipIf(realFile === null)(
    'has 14 words with five rows, two of them doubtful (needs ../shared/data/SAFEEqualiserUserData.csv)',
    async () => {
      const real = await parseSafeCsv(readFileSync(realFile ?? ''), { synthetic: false });
      const counts = countWords(real);
      const frequent = counts.filter(({ rows }) => rows >= 5);
      expect(frequent).toHaveLength(14);
      expect(frequent.reduce((sum, { rows }) => sum + rows, 0)).toBe(1283);
      expect(counts.slice(0, 3).map(({ word, rows }) => [word, rows])).toEqual([
        ['warm', 532],
        ['bright', 504],
        ['test', 181],
      ]);
      expect(frequent.filter(({ caution }) => caution !== null)).toEqual([
        {
          word: 'test',
          rows: 181,
          contributors: 2,
          caution:
            'The label reads like a placeholder, not a word about sound; 179 of 181 rows come from one contributor.',
        },
        {
          word: 're27',
          rows: 7,
          contributors: 1,
          caution: 'All 7 rows come from one contributor.',
        },
      ]);
      expect(defaultWords(counts, 5)).toHaveLength(12);
    },
  );
});
