import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { answeredTest } from '../testing/listening-test';
import { keptTests } from './kept-tests';

const early = answeredTest('AB', { id: 'early', startedAt: '2026-05-01T10:00:00.000Z' });
const late = answeredTest('AB', { id: 'late', startedAt: '2026-05-02T09:00:00.000Z' });

describe('the kept blind tests', () => {
  it('have the last one first', () => {
    expect(
      keptTests([
        ['early', early],
        ['late', late],
      ]),
    ).toEqual({ tests: [late, early], unreadable: 0 });
  });

  it('leave out what cannot be read, and count it', () => {
    const { tests, unreadable } = keptTests([
      ['early', early],
      ['late', { ...late, version: 2 }],
      ['other', late],
      ['none', undefined],
    ]);
    expect(tests).toEqual([early]);
    expect(unreadable).toBe(3);
  });

  it('take any records', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.anything())), (records) => {
        expect(keptTests(records)).toEqual({ tests: [], unreadable: records.length });
      }),
    );
  });
});
