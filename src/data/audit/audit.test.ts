import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../eq/parameters';
import { sharedFile } from '../../testing/shared-files';
import { parseSafeCsv } from '../parse-safe-csv';
import type { SafeData, SafeRow } from '../rows';
import { auditData } from './audit';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../../recipe/audit-choices';
import { cleanData } from './clean';
import type { FindingId } from './report';

const DEFAULTS = FLAT_SETTING.map(Math.fround);

/** A row in the middle of everything, which no finding is about. */
const PLAIN = [3, 100, -2, 300, 1, 1, 1000, 1, 4, 3000, 1, -5, 9000];

function row(of: Partial<SafeRow>): SafeRow {
  return { line: 1, word: 'warm', contributor: 1, setting: PLAIN, ...of };
}

function data(rows: readonly Partial<SafeRow>[]): SafeData {
  return {
    rows: rows.map((of, i) => row({ line: i + 1, ...of })),
    rejected: [],
    rejectedTotal: 0,
    sha256: '0'.repeat(64),
    synthetic: false,
  };
}

function changed(place: number, value: number, from: readonly number[] = PLAIN): number[] {
  return from.map((old, i) => (i === place ? value : old));
}

/** Row i of many that have nothing in common but what is given. */
function many(count: number, of: (i: number) => Partial<SafeRow>): Partial<SafeRow>[] {
  return Array.from({ length: count }, (_, i) => ({
    setting: changed(0, 1 + i / 10),
    contributor: (i % 7) + 1,
    ...of(i),
  }));
}

function count(of: SafeData, id: FindingId): number | undefined {
  return auditData(of).findings.find((finding) => finding.id === id)?.count;
}

describe('auditData', () => {
  it('finds nothing in rows that have nothing wrong', () => {
    const clean = data(many(15, () => ({})));
    const counts = auditData(clean).findings.map(({ id, count }) => [id, count]);
    expect(counts.filter(([, found]) => found !== 0)).toEqual([]);
  });

  it('counts words that are written in several ways', () => {
    const written = data(many(4, (i) => (i === 2 ? { label: ' Warm' } : {})));
    expect(count(written, 'labelVariants')).toBe(1);
    expect(auditData(written)).toMatchObject({ rawLabels: 2, words: 1 });
  });

  it.each([
    ['wram', true],
    ['warmm', true],
    ['wrm', false],
    ['wawrm', true],
    ['wartm', true],
    // A word that may be meant, unless it is rarer by far.
    ['warn', false],
    // Another vowel, an ending, another first letter: other words.
    ['worm', false],
    ['warms', false],
    ['farm', false],
    ['warm1', false],
    ['farms', false],
  ])('takes “%s” for a misspelling of a frequent “warm”: %s', (word, misspelt) => {
    const spelt = data(many(11, (i) => (i === 10 ? { word } : {})));
    expect(auditData(spelt).misspellings).toEqual(
      misspelt ? [{ from: word, to: 'warm', rows: 1, toRows: 10 }] : [],
    );
  });

  it.each([
    ['cold', 'bold'],
    ['cool', 'fool'],
    ['calm', 'calmo'],
    ['calmo', 'calm'],
    ['tranquilo', 'tranquil'],
    ['profundo', 'profunda'],
    ['bass', 'boss'],
    ['bass', 'brass'],
    ['cold', 'could'],
    ['flat', 'float'],
    ['tinny', 'tiny'],
    ['tiny', 'tinny'],
    ['punchy', 'paunchy'],
    ['harsh', 'hash'],
    ['full', 'fill'],
    ['fuller', 'filler'],
    ['hard', 'heard'],
  ])('does not take a rare word for a misspelling: of a frequent “%s” “%s”', (word, rare) => {
    const spelt = data(many(31, (i) => ({ word: i === 10 ? rare : word })));
    expect(auditData(spelt).misspellings).toEqual([]);
  });

  it.each([
    ['bright', 'brigth'],
    ['bright', 'brigght'],
    ['heavy', 'heavvy'],
    ['deep', 'deeep'],
    ['clear', 'claer'],
    ['crisp', 'crips'],
    ['harsh', 'harhs'],
    ['strong', 'strnog'],
  ])(
    'takes for a misspelling what is spelt as no word is, or exchanged: of “%s” “%s”',
    (to, from) => {
      const spelt = data(many(31, (i) => ({ word: i === 10 ? from : to })));
      expect(auditData(spelt).misspellings).toEqual([{ from, to, rows: 1, toRows: 30 }]);
    },
  );

  it('takes even what could be a word for a misspelling of one a hundred times as frequent', () => {
    const spelt = (rows: number) => data(many(rows, (i) => (i === 10 ? { word: 'warn' } : {})));
    expect(auditData(spelt(100)).misspellings).toEqual([]);
    expect(auditData(spelt(101)).misspellings).toHaveLength(1);
  });

  it('takes exchanged letters for a misspelling only where they sound like the word', () => {
    const far = changed(11, -3, changed(8, 8));
    const spelt = data(
      many(31, (i) => ({ word: i === 10 ? 'clam' : 'calm', setting: i === 10 ? far : PLAIN })),
    );
    expect(auditData(spelt).misspellings).toEqual([]);
  });

  it('does not take for a misspelling what is spelt as other words of the file are', () => {
    const spelt = data(
      many(40, (i) => ({ word: i === 10 ? 'wartm' : i === 11 ? 'kartm' : 'warm' })),
    );
    expect(auditData(spelt).misspellings).toEqual([]);
  });

  it('does not take what sounds otherwise for a misspelling', () => {
    const other = changed(0, -12, changed(11, 12));
    const spelt = data(many(31, (i) => (i === 10 ? { word: 'wram', setting: other } : {})));
    expect(auditData(spelt).misspellings).toEqual([]);
  });

  it('takes a word for none when it is not rare enough', () => {
    const spelt = data(many(11, (i) => (i >= 9 ? { word: 'wram' } : {})));
    expect(auditData(spelt).misspellings).toEqual([]);
  });

  it('tells exact from near duplicates, and both from other people’s rows', () => {
    const near = changed(1, 100.5);
    const twice = data([{}, {}, { setting: near }, { contributor: 2 }, { word: 'dull' }]);
    expect(count(twice, 'exactDuplicates')).toBe(1);
    expect(count(twice, 'nearDuplicates')).toBe(1);
    expect(count(twice, 'conflicts')).toBe(1);
  });

  it('counts settings that nobody touched, exactly', () => {
    const untouched = data([{ setting: DEFAULTS }, { setting: changed(0, 1e-6, DEFAULTS) }]);
    expect(count(untouched, 'pluginDefaults')).toBe(1);
  });

  it('counts silent bands, rails and unsorted bells by row', () => {
    const rows = data([
      {},
      { setting: changed(0, 0.04) },
      { setting: changed(2, -0.05) },
      { setting: changed(11, -12) },
      { setting: changed(3, 1000.5) },
      { setting: changed(3, 1000) },
    ]);
    expect(count(rows, 'silentBands')).toBe(1);
    expect(count(rows, 'rails')).toBe(1);
    expect(count(rows, 'unsortedBells')).toBe(1);
  });

  it('counts words and sessions of one contributor, where there are others', () => {
    const session = many(30, (i) => ({
      contributor: i < 20 ? 9 : i,
      word: i < 5 ? 're27' : 'warm',
    }));
    expect(count(data(session), 'oneContributorWords')).toBe(1);
    expect(count(data(session), 'sessions')).toBe(1);
    const alone = session.map((of) => ({ ...of, contributor: 1 }));
    expect(count(data(alone), 'oneContributorWords')).toBe(0);
  });
});

describe('cleanData', () => {
  const untidy = data([
    ...many(30, () => ({})),
    { word: 'wram', label: 'Wram ', setting: changed(0, 3.05) },
    { contributor: 90, setting: changed(0, 8) },
    { contributor: 90, setting: changed(0, 8) },
    { setting: DEFAULTS },
    { setting: changed(3, 2000) },
  ]);

  it('leaves what the seed log left', () => {
    expect(cleanData(untidy, FOUNDING_CHOICES).rows).toEqual(untidy.rows);
  });

  it('merges, drops and sorts what is sensible', () => {
    const { rows } = cleanData(untidy, SENSIBLE_CHOICES);
    expect(rows.map(({ line }) => line)).toEqual(
      untidy.rows.map(({ line }) => line).filter((line) => line !== 33 && line !== 34),
    );
    expect(new Set(rows.map(({ word }) => word))).toEqual(new Set(['warm']));
    expect(rows.at(-1)?.setting.slice(2, 8)).toEqual([1, 1000, 1, -2, 2000, 1]);
  });

  it('keeps a word apart that a person wants apart', () => {
    const { rows } = cleanData(untidy, { ...SENSIBLE_CHOICES, unmerged: ['wram'] });
    expect(rows.filter(({ word }) => word === 'wram')).toHaveLength(1);
  });

  it('takes labels as they are written when they are not to be merged', () => {
    const { rows } = cleanData(untidy, { ...SENSIBLE_CHOICES, labelVariants: 'keep' });
    expect(rows.some(({ word }) => word === 'Wram ')).toBe(true);
  });
});

const path = sharedFile('data/SAFEEqualiserUserData.csv');

describe.skipIf(path === null)('the real file (needs ../shared/data)', () => {
  it('has what the design says it has', async () => {
    const real = await parseSafeCsv(readFileSync(path ?? ''), { synthetic: false });
    const report = auditData(real);
    expect(report).toMatchObject({ rows: 1700, rawLabels: 368, words: 328, contributors: 148 });
    const counts = Object.fromEntries(report.findings.map(({ id, count }) => [id, count]));
    expect(counts).toEqual({
      labelVariants: 28,
      misspellings: 4,
      exactDuplicates: 47,
      nearDuplicates: 2,
      copies: 175,
      conflicts: 26,
      pluginDefaults: 10,
      silentBands: 984,
      rails: 756,
      unsortedBells: 260,
      oneContributorWords: 1,
      sessions: 12,
      personalColumns: 5,
    });
    const rails = report.findings.find(({ id }) => id === 'rails');
    expect(rails?.explanation).toContain('low shelf gain at −12 dB, 418 rows');
    const sessions = report.findings.find(({ id }) => id === 'sessions');
    expect(sessions?.examples.map(({ text }) => text)).toContain(
      'contributor 109, 179 rows, lines 1255 to 1433',
    );
  });
});
