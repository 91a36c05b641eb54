import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { nextRecord, savedAs, renamedRecord, summariesOf, type RunSummary } from './run-summary';

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
    expect(() => renamedRecord(summary('a', 1), 'x'.repeat(201))).toThrow("The run's new name");
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
