import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, type EqSetting } from '../../eq/parameters';
import { allVotes } from '../../engines/votes';
import { gridResponses } from '../../eq/response-grid';
import { MOST_VOTERS, neighbourLabels, neighbourVotes, type Electorate } from './neighbour-labels';

/** The electorate of rows that are given by their settings. */
const electorateOf = ({
  settings,
  ...rest
}: { settings: EqSetting[] } & Omit<Electorate, 'curves' | 'rows'>): Electorate => ({
  ...rest,
  curves: gridResponses(settings),
  rows: settings.length,
});
const labelsOf = (given: Parameters<typeof electorateOf>[0]) =>
  neighbourLabels(electorateOf(given));

/** A low shelf of that gain; nothing else. */
const shelf = (gainDb: number): EqSetting =>
  EQ_PARAMETERS.map(({ kind, initial }, i) => (i === 0 ? gainDb : kind === 'gain' ? 0 : initial));

/** Twenty rows that lift the lows and are word 0, twenty that cut them and are word 1. */
const lifted = Array.from({ length: 20 }, (_, i) => shelf(3 + i / 10));
const cut = Array.from({ length: 20 }, (_, i) => shelf(-3 - i / 10));
const settings = [...lifted, ...cut];
const labels = Int32Array.from(settings, (_, row) => (row < 20 ? 0 : 1));

describe('the words that rows have in the ears of their neighbours', () => {
  it('are those of the rows that sound alike, whatever a row’s own', () => {
    const slips = labels.slice();
    slips[4] = 1;
    slips[30] = 0;
    expect(labelsOf({ settings, labels: slips, neighbours: 15 })).toEqual(labels);
  });

  it('are a row’s own where only the nearest has a say, and the majority’s where all have', () => {
    const slips = labels.slice();
    slips[4] = 1;
    expect(labelsOf({ settings, labels: slips, neighbours: 1 })).toEqual(slips);
    // Nineteen rows are word 0 then, twenty-one word 1.
    expect(new Set(labelsOf({ settings, labels: slips, neighbours: 1000 }))).toEqual(new Set([1]));
  });

  it('are there for rows without a word', () => {
    const more = [...settings, shelf(7), shelf(-0.8)];
    expect([...labelsOf({ settings: more, labels, neighbours: 15 })].slice(-2)).toEqual([0, 1]);
  });

  it('do not hear level', () => {
    // A bell as wide as can be in the middle lifts nearly everything: by shape it cuts both ends.
    const bell = (gainDb: number): EqSetting =>
      EQ_PARAMETERS.map(({ kind, initial }, i) =>
        i === 5 ? gainDb : i === 7 ? 0.1 : kind === 'gain' ? 0 : initial,
      );
    const loud = Array.from({ length: 15 }, (_, i) => bell(8 + i / 10));
    const flat = Array.from({ length: 15 }, (_, i) => bell(1 + i / 100));
    const both = [...loud, ...flat];
    const words = Int32Array.from(both, (_, row) => (row < 15 ? 0 : 1));
    expect(labelsOf({ settings: [...both, bell(7.5)], labels: words, neighbours: 15 }).at(-1)).toBe(
      0,
    );
    expect(labelsOf({ settings: [...both, bell(0)], labels: words, neighbours: 15 }).at(-1)).toBe(
      1,
    );
  });

  it('are the nearest row’s where there is a tie, and work with few rows', () => {
    const few = [shelf(4), shelf(-4)];
    expect([
      ...labelsOf({
        settings: [...few, shelf(1)],
        labels: Int32Array.of(0, 1),
        neighbours: 15,
      }),
    ]).toEqual([0, 1, 0]);
  });

  it('are voted for by a sample of very many training rows', () => {
    const many = Array.from({ length: 3 * MOST_VOTERS }, (_, i) => settings[i % 40] ?? []);
    const own = Int32Array.from(many, (_, i) => labels[i % 40] ?? 0);
    expect(labelsOf({ settings: [...many, shelf(7)], labels: own, neighbours: 15 })).toEqual(
      Int32Array.from([...own, 0]),
    );
  });
});

describe('the votes of a row’s neighbours', () => {
  it('are the shares of their words, with all they disagree about', () => {
    const slips = labels.slice();
    slips[0] = 1;
    const votes = allVotes({
      rows: 41,
      votes: neighbourVotes(
        electorateOf({ settings: [...settings, shelf(3)], labels: slips, neighbours: 5 }),
        3,
      ),
    });
    // The five nearest to a shelf of 3 dB are rows 0 to 4, of which row 0 has the other word.
    expect(Array.from(votes.subarray(40 * 3), (share) => Number(share.toFixed(6)))).toEqual([
      0.8, 0.2, 0,
    ]);
    const sums = Array.from({ length: 41 }, (_, row) =>
      votes.subarray(row * 3, row * 3 + 3).reduce((sum, share) => sum + share, 0),
    );
    for (const sum of sums) expect(sum).toBeCloseTo(1, 6);
  });
});
