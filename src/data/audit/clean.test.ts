import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { groupBy } from '../../base/group-by';
import { FLAT_SETTING } from '../../eq/parameters';
import fc from '../../testing/fast-check';
import type { SafeData, SafeRow } from '../rows';
import { auditData } from './audit';
import {
  auditChoicesSchema,
  FOUNDING_CHOICES,
  SENSIBLE_CHOICES,
  type AuditChoices,
} from '../../recipe/audit-choices';
import { cleanAndCount, cleanData } from './clean';
import { misspellings } from './misspellings';
import type { FindingId } from './report';

const DEFAULTS = FLAT_SETTING.map(Math.fround);

/** Few words, people and values, so that everything there is to find comes about by chance. */
const setting = fc
  .tuple(
    fc.constantFrom(0, 0.04, 0.1, 3, 3.05, -12),
    fc.constantFrom(300, 302, 900),
    fc.constantFrom(500, 1000),
    fc.boolean(),
  )
  .map(([gain, first, second, untouched]) =>
    untouched
      ? DEFAULTS
      : DEFAULTS.map((value, i) => (i === 0 ? gain : i === 3 ? first : i === 6 ? second : value)),
  );
const rows = fc
  .array(
    fc.record({
      label: fc.constantFrom('warm', 'Warm', ' warm', 'wram', 'warms', 'bright', 'brigt', 'thin'),
      contributor: fc.oneof(
        { weight: 5, arbitrary: fc.constant(1) },
        fc.integer({ min: 2, max: 4 }),
      ),
      setting,
      times: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 25 })),
    }),
    { maxLength: 40 },
  )
  .map((runs) =>
    runs
      .flatMap(({ times, ...row }) => Array.from({ length: times }, () => row))
      .map(({ label, ...row }, i): SafeRow => {
        const word = label.trim().toLowerCase();
        return { line: 2 * i + 1, word, ...(word === label ? {} : { label }), ...row };
      }),
  );

const either = <A, B>(a: A, b: B) => fc.constantFrom(a, b);
const choices: fc.Arbitrary<AuditChoices> = fc.record({
  labelVariants: either('merge', 'keep'),
  misspellings: either('merge', 'keep'),
  unmerged: fc.subarray(['wram', 'brigt']),
  merged: fc.subarray([
    { from: 'warms', to: 'warm' },
    { from: 'warm', to: 'wram' },
    { from: 'wram', to: 'warms' },
    { from: 'thin', to: 'thin' },
  ]),
  exactDuplicates: either('keep', 'drop'),
  nearDuplicates: either('keep', 'drop'),
  copies: fc.constantFrom('keep', 'drop', 'join'),
  conflicts: either('keep', 'drop'),
  pluginDefaults: either('keep', 'drop'),
  silentBands: either('keep', 'mask'),
  rails: either('keep', 'drop'),
  unsortedBells: either('keep', 'sort'),
  oneContributorWords: either('keep', 'drop'),
  sessions: either('keep', 'drop'),
});

const dataOf = (of: readonly SafeRow[]): SafeData => ({
  rows: of,
  rejected: [],
  rejectedTotal: 0,
  sha256: '0'.repeat(64),
  synthetic: false,
});

describe('cleanData, whatever the data and the choices', () => {
  it('invents no row, keeps order and lines, and counts what it takes', () => {
    fc.assert(
      fc.property(rows, choices, (of, chosen) => {
        const { data, cleaning } = cleanAndCount(dataOf(of), chosen);
        const before = new Map(of.map((row) => [row.line, row]));
        const lines = data.rows.map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        for (const { line, contributor, setting: values, word } of data.rows) {
          const was = before.get(line);
          expect(was?.contributor).toBe(contributor);
          // Sorting moves whole bells about.
          expect(values.toSorted()).toEqual(was?.setting.toSorted());
          if (chosen.labelVariants === 'keep') expect(word).toBe(was?.label ?? was?.word);
          else if (chosen.misspellings === 'keep') expect(word).toBe(was?.word);
        }
        const taken = cleaning.dropped.reduce((sum, { rows: dropped }) => sum + dropped, 0);
        expect(cleaning).toMatchObject({ choices: chosen, rowsLeft: lines.length });
        expect(of.length - taken).toBe(lines.length);
      }),
    );
  });

  it('changes nothing more the second time, merged words and sessions aside', () => {
    fc.assert(
      fc.property(rows, choices, (of, chosen) => {
        const once = cleanData(dataOf(of), chosen);
        const again = { ...chosen, misspellings: 'keep', sessions: 'keep' } as const;
        expect(cleanData(once, again)).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves nothing of what is dropped or sorted', () => {
    const all: AuditChoices = {
      ...SENSIBLE_CHOICES,
      nearDuplicates: 'drop',
      conflicts: 'drop',
      rails: 'drop',
      oneContributorWords: 'drop',
    };
    const gone: readonly FindingId[] = [
      'exactDuplicates',
      'nearDuplicates',
      'copies',
      'conflicts',
      'pluginDefaults',
      'rails',
      'unsortedBells',
      'oneContributorWords',
    ];
    fc.assert(
      fc.property(rows, (of) => {
        const { findings } = auditData(cleanData(dataOf(of), all));
        for (const { id, count } of findings) {
          if (gone.includes(id)) expect([id, count]).toEqual([id, 0]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves rows as they were read to those who choose as the seed log did', () => {
    fc.assert(
      fc.property(rows, (of) => {
        expect(cleanData(dataOf(of), FOUNDING_CHOICES)).toEqual(dataOf(of));
      }),
    );
  });
});

/** Nobody's default. */
const TOUCHED = DEFAULTS.map((value, i) => (i === 0 ? 3 : value));

describe('misspellings of words that are misspelt themselves', () => {
  const written = (counts: Record<string, number>): SafeRow[] =>
    Object.entries(counts).flatMap(([word, count]) =>
      Array.from({ length: count }, (_, line) => ({
        line,
        word,
        contributor: 1,
        setting: TOUCHED,
      })),
    );

  it('end at the word that was meant', () => {
    const of = written({ brigght: 1, bright: 100, briggght: 1, sights: 1 });
    expect(misspellings(written({ warrm: 10, warm: 100, warrrm: 1 }))).toEqual([
      { from: 'warrm', to: 'warm', rows: 10, toRows: 100 },
      { from: 'warrrm', to: 'warrm', rows: 1, toRows: 10 },
    ]);
    const merged = cleanData(
      dataOf(written({ warrm: 10, warm: 100, warrrm: 1 })),
      SENSIBLE_CHOICES,
    );
    expect(new Set(merged.rows.map(({ word }) => word))).toEqual(new Set(['warm']));
    expect(misspellings(of).map(({ from }) => from)).toEqual(['brigght']);
  });

  it('are found in a next round where merged rows make a word frequent enough', () => {
    expect(misspellings(written({ warm: 19, wram: 1, wawrm: 2 }))).toEqual([
      { from: 'wram', to: 'warm', rows: 1, toRows: 19 },
      { from: 'wawrm', to: 'warm', rows: 2, toRows: 20 },
    ]);
  });

  it('end where a word is to stay apart', () => {
    const of = written({ warrm: 10, warm: 100, warrrm: 1 });
    expect(misspellings(of, new Set(['warrm']))).toEqual([
      { from: 'warrrm', to: 'warrm', rows: 1, toRows: 10 },
    ]);
  });
});

it('is done once for the same data and choices', () => {
  const of = dataOf([{ line: 1, word: 'warm', contributor: 1, setting: DEFAULTS }]);
  const founding = cleanAndCount(of, FOUNDING_CHOICES);
  expect(cleanAndCount(of, { ...FOUNDING_CHOICES })).toBe(founding);
  expect(cleanData({ ...of }, FOUNDING_CHOICES)).not.toBe(founding.data);
  const dropped = cleanAndCount(of, { ...FOUNDING_CHOICES, pluginDefaults: 'drop' });
  expect(dropped.data.rows).toEqual([]);
  expect(cleanAndCount(of, FOUNDING_CHOICES)).toEqual(founding);
});

describe('misspellings that there is too little evidence for', () => {
  const written = (counts: Record<string, number>): SafeData =>
    dataOf(
      Object.entries(counts)
        .flatMap(([word, count]) => Array.from({ length: count }, () => word))
        .map((word, line) => ({ line: line + 1, word, contributor: 1, setting: TOUCHED })),
    );
  const of = written({ cold: 40, bold: 2, codl: 1, tranquilo: 20, tranquil: 1, warm: 15 });
  const kept = { ...SENSIBLE_CHOICES, exactDuplicates: 'keep' } as const;
  const rowsOf = (choices: AuditChoices): Record<string, number> => {
    const words = groupBy(cleanData(of, choices).rows, ({ word }) => word);
    return Object.fromEntries(Array.from(words, ([word, own]) => [word, own.length]));
  };
  const before = { cold: 41, bold: 2, tranquilo: 20, tranquil: 1, warm: 15 };

  it('are listed and not merged', () => {
    const { misspellings: likely, doubtful, findings } = auditData(of);
    expect(likely).toEqual([{ from: 'codl', to: 'cold', rows: 1, toRows: 40 }]);
    expect(doubtful).toEqual([
      { from: 'bold', to: 'cold', rows: 2, toRows: 41 },
      { from: 'tranquil', to: 'tranquilo', rows: 1, toRows: 20 },
    ]);
    expect(findings.find(({ id }) => id === 'misspellings')).toMatchObject({
      count: 1,
      examples: [
        { text: '“codl” (1) for “cold”' },
        { text: '“bold” (2) for “cold”, merged only on request' },
        { text: '“tranquil” (1) for “tranquilo”, merged only on request' },
      ],
    });
    expect(rowsOf(kept)).toEqual(before);
  });

  it('are merged one by one by a person', () => {
    const bold = { from: 'bold', to: 'cold' };
    const { bold: boldRows, ...without } = before;
    expect(rowsOf({ ...kept, merged: [bold] })).toEqual({ ...without, cold: 41 + boldRows });
    expect(rowsOf({ ...kept, misspellings: 'keep', merged: [bold] })).toMatchObject({ bold: 2 });
  });

  it('end where the word is that they are merged into, and in no circle', () => {
    const merged = [
      { from: 'bold', to: 'codl' },
      { from: 'warm', to: 'tranquil' },
      { from: 'tranquil', to: 'warm' },
      { from: 'codl', to: 'warm' },
    ];
    expect(rowsOf({ ...kept, merged })).toEqual({ cold: 43, tranquilo: 20, tranquil: 16 });
  });

  it('are not merged by choices that were made before there was one about them', () => {
    const { merged, ...old } = SENSIBLE_CHOICES;
    expect(merged).toEqual([]);
    expect(v.parse(auditChoicesSchema, old)).toEqual(SENSIBLE_CHOICES);
  });

  it('are one letter apart, of words at least ten times as frequent', () => {
    const doubtful = (counts: Record<string, number>) =>
      auditData(written(counts)).doubtful.map(({ from }) => from);
    expect(doubtful({ warm: 10, farm: 1, worm: 1, warn: 1, warms: 1, awrm: 1 })).toEqual([
      'farm',
      'worm',
      'warn',
      'warms',
      'awrm',
    ]);
    expect(doubtful({ warm: 9, farm: 1 })).toEqual([]);
    expect(doubtful({ warm: 30, armw: 1, farms: 1, warm1: 1, mid: 1 })).toEqual([]);
  });
});

describe('near duplicates', () => {
  it('are found among many rows of one person without comparing each with each', () => {
    let looks = 0;
    const of = Array.from({ length: 60_000 }, (_, i): SafeRow => {
      const values = DEFAULTS.map((value, at) =>
        at === 0 ? (i % 240) / 10 - 12 : at === 2 ? Math.floor(i / 240) / 10 - 12 : value + at * i,
      );
      return {
        line: i + 1,
        word: 'warm',
        contributor: 1,
        get setting() {
          looks++;
          return values;
        },
      };
    });
    const { data } = cleanAndCount(dataOf(of), { ...FOUNDING_CHOICES, nearDuplicates: 'drop' });
    expect(data.rows.length).toBe(of.length);
    expect(looks).toBeGreaterThan(of.length);
    // There are 30,000 pairs a row.
    expect(looks / of.length).toBeLessThan(100);
  });
});

it('takes only choices there are', () => {
  expect(Object.keys(auditChoicesSchema.entries)).toEqual(Object.keys(FOUNDING_CHOICES));
});
