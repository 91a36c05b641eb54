import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../eq/parameters';
import { responseDb } from '../../eq/response';
import { auditChoicesSchema, FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../../recipe/audit-choices';
import fc from '../../testing/fast-check';
import { sharedFile } from '../../testing/shared-files';
import { parseSafeCsv } from '../parse-safe-csv';
import type { Reading } from '../reading';
import type { SafeData, SafeRow } from '../rows';
import { chooseHeldOut } from '../split';
import { makeTrainingSet } from '../training-set';
import { auditData } from './audit';
import { cleanAndCount, cleanData } from './clean';
import { copiesAcrossPeople } from './copies';

/** Touched, and with bells in order. */
const SETTING = [3, 100, -2, 300, 1, 1, 1000, 1, 4, 3000, 1, -5, 9000];

function changed(place: number, value: number): number[] {
  return SETTING.map((old, i) => (i === place ? value : old));
}

function data(rows: readonly Partial<SafeRow>[]): SafeData {
  return {
    rows: rows.map((of, i) => ({
      line: i + 1,
      word: 'warm',
      contributor: i + 1,
      setting: SETTING,
      ...of,
    })),
    rejected: [],
    rejectedTotal: 0,
    sha256: '0'.repeat(64),
    synthetic: false,
  };
}

/** Lines of copies, each with that of the row it repeats. */
function found(of: SafeData): [number, number][] {
  return copiesAcrossPeople(of).map(({ row, of: first }) => [row.line, first.line]);
}

describe('copies across people', () => {
  it('are a setting that another contributor had given, under whatever word', () => {
    expect(found(data([{}, { word: 'test' }, { contributor: 1 }]))).toEqual([[2, 1]]);
  });

  it('are told by what is heard: in another order, or with other silent bands, too', () => {
    const swapped = [3, 100, 1, 1000, 1, -2, 300, 1, 4, 3000, 1, -5, 9000];
    const silent = changed(5, 0);
    expect(found(data([{}, { setting: swapped }]))).toEqual([[2, 1]]);
    expect(found(data([{ setting: silent }, { setting: silent.with(6, 2000) }]))).toEqual([[2, 1]]);
  });

  it.each([
    [0.009, 1],
    [0.011, 0],
  ])('reach to 0.01 dB of curve: a shelf of %d dB more', (more, copies) => {
    // Far below its corner a shelf's curve is its gain.
    expect(found(data([{}, { setting: changed(0, 3 + more) }]))).toHaveLength(copies);
  });

  it('are no flat curves, and none in a file that does not say who gave a row', () => {
    const flat = FLAT_SETTING.with(1, 200);
    expect(found(data([{ setting: flat }, { setting: flat }]))).toEqual([]);
    const reading: Reading = {
      format: 'columns',
      notes: [],
      contributorsKnown: false,
      languages: [],
      choices: {},
    };
    expect(found({ ...data([{}, {}]), reading })).toEqual([]);
  });

  it('are those that comparing each row with each first one finds', () => {
    const gain = fc.constantFrom(0, 0.004, 0.008, 0.012, 1, 1.02);
    const row = fc.record({
      contributor: fc.integer({ min: 1, max: 4 }),
      setting: fc.tuple(gain, gain).map(([low, high]) => changed(0, low).with(11, high)),
    });
    const hz = Float64Array.from({ length: 64 }, (_, i) => 20 * 1000 ** (i / 63));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const of = data(rows);
        const firsts: { row: SafeRow; curve: Float64Array }[] = [];
        const wanted: [number, number][] = [];
        for (const each of of.rows) {
          const curve = responseDb(each.setting, hz, 48_000);
          const first = firsts.find((other) =>
            other.curve.every((db, i) => Math.abs(db - (curve[i] ?? NaN)) <= 0.01),
          );
          if (first === undefined) firsts.push({ row: each, curve });
          else if (first.row.contributor !== each.contributor)
            wanted.push([each.line, first.row.line]);
        }
        expect(found(of)).toEqual(wanted);
      }),
    );
  });

  it('are dropped, joined or kept as chosen', () => {
    const of = data([{}, { word: 'bright' }, { setting: changed(0, 5) }]);
    const lines = (copies: 'keep' | 'drop' | 'join') => {
      const { data: cleaned, cleaning } = cleanAndCount(of, { ...FOUNDING_CHOICES, copies });
      return [cleaned.rows.map(({ line, joinedTo }) => [line, joinedTo]), cleaning.dropped];
    };
    const all = [1, 2, 3].map((line) => [line, undefined]);
    expect(lines('keep')).toEqual([all, []]);
    expect(lines('drop')).toEqual([[all[0], all[2]], [{ id: 'copies', rows: 1 }]]);
    expect(lines('join')).toEqual([[all[0], [2, 1], all[2]], []]);
  });

  it('are held out with the person they repeat once they are joined', async () => {
    // Contributor 21 repeats each of 20 others, who gave two rows each.
    const own = Array.from({ length: 40 }, (_, i) => ({
      word: i % 2 === 0 ? 'warm' : 'bright',
      contributor: 1 + (i >> 1),
      setting: changed(0, i / 4 + 0.1),
    }));
    const copied = own.map((row) => ({ ...row, contributor: 21 }));
    const of = cleanData(data([...own, ...copied]), { ...FOUNDING_CHOICES, copies: 'join' });
    for (let seed = 1; seed < 6; seed++) {
      const held = chooseHeldOut(of.rows, { holdout: 0.2, seed });
      expect(held.subarray(0, 40)).toEqual(held.subarray(40));
      expect(held).toContain(1);
      // And nothing of theirs is learnt from as a row of another word.
      const warm = of.rows.filter((_, i) => i % 4 < 2);
      const others = of.rows
        .filter((_, i) => i % 4 >= 2)
        .map((row) => ({ ...row, word: `${row.word}er` }));
      const set = await makeTrainingSet({ ...of, rows: [...warm, ...others] }, ['warm', 'bright'], {
        holdout: 0.2,
        seed,
        otherRows: true,
      });
      const kept = new Set(
        set.rows.filter((_, i) => set.heldOut[i] === 1).map((row) => row.joinedTo),
      );
      expect(set.others.filter((row) => kept.has(row.joinedTo ?? row.contributor))).toEqual([]);
    }
  });

  it('are kept where choices were made before there was one about them', () => {
    const { copies, ...before } = FOUNDING_CHOICES;
    expect(copies).toBe('keep');
    expect(v.parse(auditChoicesSchema, before)).toEqual(FOUNDING_CHOICES);
  });
});

const path = sharedFile('data/SAFEEqualiserUserData.csv');

describe.skipIf(path === null)('copies in the real file (needs ../shared/data)', () => {
  it('are 158 of the 177 rows of “test” that one contributor has left', async () => {
    const real = await parseSafeCsv(readFileSync(path ?? ''), { synthetic: false });
    const cleaned = cleanData(real, { ...SENSIBLE_CHOICES, copies: 'keep' });
    const tests = (rows: readonly SafeRow[]): number =>
      rows.filter(({ word, contributor }) => word === 'test' && contributor === 109).length;
    expect(tests(cleaned.rows)).toBe(177);
    expect(tests(copiesAcrossPeople(cleaned).map(({ row }) => row))).toBe(158);
    expect(tests(cleanData(real, SENSIBLE_CHOICES).rows)).toBe(177 - 158);
    const finding = auditData(real).findings.find(({ id }) => id === 'copies');
    expect(finding?.examples[0]?.text).toBe(
      'contributor 109, 160 rows that repeat those of 10 others',
    );
  });
});
