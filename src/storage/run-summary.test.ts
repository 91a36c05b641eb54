import { describe, expect, it } from 'vitest';
import { LONGEST_NOTE, LONGEST_THUMBNAIL } from '../base/library-bounds';
import fc from '../testing/fast-check';
import { describedRecord, nextRecord, notedRecord, renamedRecord, savedAs } from './run-records';
import { summariesOf, type RunSummary } from './run-summary';

const summary = (id: string, savedAt: number): RunSummary => ({
  id,
  name: 'A run',
  savedAt,
  epochs: 3,
  plannedEpochs: 150,
  finished: false,
  synthetic: true,
  scoreboard: null,
  bytes: 1000,
});

describe('the list of saved runs', () => {
  it('has the run saved last first', () => {
    const runs = [summary('b', 2), summary('c', 3), summary('a', 1)];
    const ids = summariesOf(runs.map((run) => [run.id, run])).map(({ id }) => id);
    expect(ids).toEqual(['c', 'b', 'a']);
  });

  it('leaves damaged records out', () => {
    const whole = summary('a', 1);
    const damaged = [
      undefined,
      null,
      'a',
      [],
      { ...whole, more: 1 },
      { ...whole, id: '' },
      { ...whole, epochs: -1 },
      { ...whole, savedAt: Number.NaN },
      { ...whole, scoreboard: {} },
      { ...whole, finished: 'yes' },
      { ...whole, note: 7 },
      { ...whole, thumbnail: new Uint8Array(LONGEST_THUMBNAIL + 1) },
      { ...whole, thumbnail: [1, 2, 3] },
    ];
    expect(summariesOf([...damaged, whole].map((record) => ['a', record]))).toEqual([whole]);
  });

  it('calls a run by its key, under which it can be opened and deleted', () => {
    const runs = summariesOf([
      ['kept here', summary('a', 2)],
      ['a', summary('a', 1)],
      [7, summary('b', 3)],
    ]);
    expect(runs.map(({ id }) => id)).toEqual(['kept here', 'a']);
  });

  it('takes any records', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.anything(), fc.anything())), (records) => {
        expect(summariesOf(records)).toEqual([]);
      }),
    );
  });
});

describe('renaming a saved run', () => {
  it('changes its name alone', () => {
    expect(renamedRecord(summary('a', 1), 'B')).toEqual({ ...summary('a', 1), name: 'B' });
  });

  it('says in a sentence that the run is gone, damaged, or cannot be called so', () => {
    expect(() => renamedRecord(undefined, 'B')).toThrow(
      'This run is no longer saved here, so it cannot be renamed.',
    );
    expect(() => renamedRecord({}, 'B')).toThrow('The saved run cannot be used');
    expect(() => renamedRecord(summary('a', 1), 'x'.repeat(201))).toThrow('The run’s new name');
  });
});

describe('a note on a saved run', () => {
  const text = 'For <b>Ana</b>:\nless of the 200 Hz.';

  it('is kept as it is, and taken away by an empty one', () => {
    const noted = notedRecord(summary('a', 1), text);
    expect(noted).toEqual({ ...summary('a', 1), note: text });
    expect(notedRecord(noted, '')).toEqual(summary('a', 1));
  });

  it('has a bounded length and no control characters', () => {
    expect(() => notedRecord(summary('a', 1), 'x'.repeat(LONGEST_NOTE + 1))).toThrow(
      /^The note cannot be used: a note has at most 1000 characters\.$/,
    );
    expect(() => notedRecord(summary('a', 1), 'a\u0000b')).toThrow(/control character/);
  });

  it('says in a sentence that the run is gone', () => {
    expect(() => notedRecord(undefined, text)).toThrow(/no longer saved here/);
  });
});

describe('a record of an earlier version', () => {
  const description = { words: [{ word: 'warm', rows: 3 }], recipe: 'Seed V2' };

  it('gets what it had not, unless the run was saved or deleted meanwhile', () => {
    const old = summary('a', 1);
    expect(describedRecord(old, old, description)).toEqual({ ...old, ...description });
    const later = { ...old, revision: 1 };
    expect(() => describedRecord(later, old, description)).toThrow(/saved again/);
    expect(() => describedRecord(undefined, old, description)).toThrow(/cannot be used/);
  });
});

describe('the record that takes a stored one’s place', () => {
  const first = nextRecord(undefined, summary('a', 1), null);

  it('is counted, from a run that is new', () => {
    expect(first).toEqual({ ...summary('a', 1), revision: 1 });
    expect(nextRecord(first, summary('a', 2), savedAs(first))).toEqual({
      ...summary('a', 2),
      revision: 2,
    });
  });

  it('keeps the name that another tab gave the run', () => {
    const renamed = { ...first, name: 'Theirs' };
    expect(nextRecord(renamed, summary('a', 2), savedAs(first)).name).toBe('Theirs');
    const ours = { ...summary('a', 2), name: 'Ours' };
    expect(nextRecord(first, ours, savedAs(first)).name).toBe('Ours');
  });

  it('keeps the note that was written meanwhile', () => {
    const noted = { ...first, note: 'Mine.' };
    expect(nextRecord(noted, summary('a', 2), savedAs(first)).note).toBe('Mine.');
    const again = { ...summary('a', 2), note: 'Older.' };
    expect(nextRecord(noted, again, savedAs(first)).note).toBe('Mine.');
  });

  it('goes on from one of a version that did not count', () => {
    const old = summary('a', 1);
    expect(nextRecord(old, summary('a', 2), savedAs(old)).revision).toBe(1);
  });

  it('is refused where another tab has saved or deleted the run', () => {
    const theirs = nextRecord(first, summary('a', 2), savedAs(first));
    expect(() => nextRecord(theirs, summary('a', 3), savedAs(first))).toThrow(/another tab/);
    expect(() => nextRecord(undefined, summary('a', 3), savedAs(first))).toThrow(/deleted/);
    expect(() => nextRecord(first, summary('a', 3), null)).toThrow(/saved here already/);
  });
});
