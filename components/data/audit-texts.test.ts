import { describe, expect, it } from 'vitest';
import { auditData } from '../../src/data/audit/audit';
import {
  FOUNDING_CHOICES,
  SENSIBLE_CHOICES,
  type AuditChoices,
} from '../../src/recipe/audit-choices';
import { cleanAndCount } from '../../src/data/audit/clean';
import type { SwitchId } from '../../src/recipe/switch-id';
import { FLAT_SETTING } from '../../src/eq/parameters';
import type { SafeData } from '../../src/data/rows';
import {
  bandTexts,
  effectText,
  FINDING_GROUPS,
  sameChoices,
  SWITCHES,
  wordsText,
} from './audit-texts';

const setting = FLAT_SETTING.with(0, 3);
const data: SafeData = {
  rows: Array.from({ length: 14 }, (_, i) => ({
    line: i + 1,
    word: i === 13 ? 'wram' : 'warm',
    ...(i === 1 ? { label: 'Warm' } : {}),
    contributor: 1 + (i % 3),
    setting: setting.map((value, place) => value + (place === 0 && i > 2 ? i / 10 : 0)),
  })),
  rejected: [],
  rejectedTotal: 0,
  sha256: '0'.repeat(64),
  synthetic: false,
};
const report = auditData({
  ...data,
  rows: [...data.rows, { line: 15, word: 'warm', contributor: 1, setting }],
});

function effect(id: SwitchId, choices: AuditChoices): string {
  const finding = report.findings.find((found) => found.id === id);
  if (finding === undefined) throw new Error(`There is no finding ${id}.`);
  return effectText({ ...finding, id }, choices, report, null);
}

describe('the words of the data doctor', () => {
  it('has a place for every finding, and choices for all but the personal columns', () => {
    const placed = FINDING_GROUPS.flatMap(({ findings }) => findings).toSorted();
    expect(placed).toEqual(report.findings.map(({ id }) => id).toSorted());
    expect(Object.keys(SWITCHES).toSorted()).toEqual(
      placed.filter((id) => id !== 'personalColumns'),
    );
  });

  it('says what a choice does to the data', () => {
    expect(effect('exactDuplicates', SENSIBLE_CHOICES)).toBe('1 row taken out.');
    expect(effect('exactDuplicates', FOUNDING_CHOICES)).toBe('All rows stay as they are.');
    expect(effect('labelVariants', FOUNDING_CHOICES)).toBe(
      '3 labels become 2 words; all rows stay.',
    );
    expect(effect('misspellings', SENSIBLE_CHOICES)).toBe(
      '1 word with 1 row merged; all rows stay.',
    );
    expect(effect('misspellings', { ...SENSIBLE_CHOICES, unmerged: ['wram'] })).toBe(
      '0 words with 0 rows merged; all rows stay.',
    );
    expect(effect('misspellings', { ...SENSIBLE_CHOICES, labelVariants: 'keep' })).toBe(
      'Nothing is merged while labels are kept as they are written.',
    );
    expect(effect('rails', SENSIBLE_CHOICES)).toBe('There is nothing to do in this data.');
  });

  it('counts words with enough rows', () => {
    const { cleaning } = cleanAndCount(data, FOUNDING_CHOICES);
    const words = [
      { word: 'warm', rows: 5, contributors: 1, caution: null },
      { word: 'thin', rows: 4, contributors: 1, caution: null },
    ];
    expect(wordsText({ ...cleaning, words }, 5)).toBe('1 word with 5 rows or more');
    expect(wordsText({ ...cleaning, words }, 1)).toBe('2 words with 1 row or more');
  });

  it('tells sets of choices apart, undone merges and all', () => {
    const undone = { ...SENSIBLE_CHOICES, unmerged: ['a', 'b'] };
    expect(sameChoices(undone, { ...undone, unmerged: ['b', 'a'] })).toBe(true);
    expect(sameChoices(undone, SENSIBLE_CHOICES)).toBe(false);
    const merged = [{ from: 'bold', to: 'cold' }];
    expect(sameChoices({ ...undone, merged }, undone)).toBe(false);
    expect(sameChoices({ ...undone, merged }, { ...undone, merged: [...merged] })).toBe(true);
    expect(sameChoices(FOUNDING_CHOICES, SENSIBLE_CHOICES)).toBe(false);
  });

  it('writes a setting as its five bands', () => {
    expect(bandTexts(setting)).toEqual([
      'low shelf +3.0 dB 150 Hz',
      'bell 1 0.0 dB 560 Hz Q 0.71',
      'bell 2 0.0 dB 1.00 kHz Q 0.71',
      'bell 3 0.0 dB 3.30 kHz Q 0.71',
      'high shelf 0.0 dB 8.20 kHz',
    ]);
  });
});
