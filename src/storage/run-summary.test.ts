import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renamedRecord, summariesOf, type RunSummary } from './run-summary';

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
