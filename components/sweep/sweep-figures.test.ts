import { describe, expect, it } from 'vitest';
import { earlierScoreboard, sampleModel } from '../../src/testing/sample-model';
import { RECIPES } from '../../src/recipe/recipes';
import { expandSweep } from '../../src/training/sweep/sweep';
import type { Variation } from '../../workers/trainer/messages';
import { LossHistory } from '../state/loss-history';
import type { SweepMember, SweepOutcome } from '../state/sweep-state';
import {
  bestRuns,
  columnSpread,
  columnsOf,
  differingSettings,
  measuredAlike,
  measuredOn,
  sortedRuns,
  type SweepColumn,
} from './sweep-figures';
import { sweepTable } from './sweep-text';

const { recipe } = RECIPES['seed-v2'];

/** A finished run's outcome with that silhouette; a run that failed for a string. */
function outcomeOf(silhouette: number | null | string, rows = 10): SweepOutcome {
  if (typeof silhouette === 'string') return { kind: 'failed', reason: silhouette };
  const { map } = sampleModel();
  if (map === null) throw new Error('The sample model has a map.');
  const on = 'held-out rows' as const;
  const scoreboard = earlierScoreboard({ on, rows, silhouette });
  return { kind: 'finished', id: 'a', scoreboard, map };
}

/** The runs of a sweep that ended with these silhouettes; undefined for one still training. */
function membersOf(
  vary: Variation,
  silhouettes: readonly (number | null | string | undefined)[],
): SweepMember[] {
  return expandSweep({ recipe, vary }).map((run, i) => {
    const silhouette = silhouettes[i];
    const outcome = silhouette === undefined ? null : outcomeOf(silhouette, 10 + i);
    const losses = { reconstruction: 0.1 * i, contrastive: 2, kl: 0, total: 3 - i };
    const schedule = { validation: null, contrastiveWeight: 0.1, klWeight: 0, learningRate: 0.001 };
    const history = new LossHistory([{ epoch: 1, ...losses, ...schedule }]);
    return { ...run, history, epochs: 1, outcome };
  });
}

function column(members: readonly SweepMember[], wanted: string): SweepColumn {
  const found = columnsOf(members).find(({ key }) => key === wanted);
  if (found === undefined) throw new Error(`There is no column ${wanted}.`);
  return found;
}

const seeds = { seed: [1, 2, 3, 4, 5] };

describe('the columns', () => {
  it('name the settings that differ, and those alone', () => {
    const members = membersOf({ dropout: [0, 0.1], seed: [3], contrastiveSelf: [true, false] }, []);
    expect(differingSettings(members)).toEqual(['contrastiveSelf', 'dropout']);
    const self = column(members, 'contrastiveSelf');
    expect(members.map((member, i) => self.text(self.value(member, i) ?? NaN))).toEqual([
      'on',
      'on',
      'off',
      'off',
    ]);
  });

  it('have the accuracy of the word head where a run has one', () => {
    const members = membersOf(seeds, [0.1]);
    expect(columnsOf(members).map(({ key }) => key)).not.toContain('word-accuracy');
    const [member] = members;
    if (member?.outcome?.kind !== 'finished') throw new Error('The run has not finished.');
    const scoreboard = {
      ...member.outcome.scoreboard,
      headAccuracy: 0.625,
      neighbourAccuracy: 0.5,
    };
    const headed = { ...member.recipe, wordHead: true };
    const measured = [{ ...member, recipe: headed, outcome: { ...member.outcome, scoreboard } }];
    const text = (wanted: string): string => {
      const { value, text: textOf } = column(measured, wanted);
      return textOf(value(measured[0] ?? member, 0) ?? NaN);
    };
    expect([text('word-accuracy'), text('neighbour-accuracy')]).toEqual(['62.5', '50.0']);
  });

  it('say which rows the quality was measured on', () => {
    const members = membersOf(seeds, [0.1, 0.2]);
    expect(measuredOn(members.slice(0, 1))).toBe('held-out rows (10)');
    expect(measuredOn(members)).toBe('held-out rows (10–11)');
    expect(measuredOn(members.slice(2))).toBeNull();
  });
});

describe('the order of the runs', () => {
  const members = membersOf(seeds, [0.2, null, -0.4, 'It failed.', 0.2]);

  it('goes by the value, equal runs as they were laid out', () => {
    const silhouette = column(members, 'silhouette');
    expect(sortedRuns(members, silhouette, false)).toEqual([2, 0, 4, 1, 3]);
  });

  it('has runs without the figure last both ways', () => {
    const silhouette = column(members, 'silhouette');
    expect(sortedRuns(members, silhouette, true)).toEqual([0, 4, 2, 1, 3]);
  });

  it('goes by number, not by text', () => {
    const rates = membersOf({ learningRate: [0.01, 0.000_1, 0.5] }, []);
    expect(sortedRuns(rates, column(rates, 'learningRate'), false)).toEqual([1, 0, 2]);
  });
});

describe('the best', () => {
  const rates = { learningRate: [0.1, 0.2, 0.3, 0.4, 0.5] };

  it('is the highest silhouette and the lowest loss of the finished runs, ties alike', () => {
    const members = membersOf(rates, [0.2, 0.1, -0.4, 'It failed.', 0.2]);
    expect(bestRuns(members, column(members, 'silhouette'))).toEqual(new Set([0, 4]));
    const trained = membersOf(rates, [0.2, 0.1, -0.4, 'It failed.']);
    expect(bestRuns(trained, column(trained, 'total'))).toEqual(new Set([2]));
  });

  it('is no run while there is nothing to beat', () => {
    const one = membersOf(rates, [0.2]);
    expect(bestRuns(one, column(one, 'silhouette'))).toEqual(new Set());
    const same = membersOf(rates, [0.2, 0.2]);
    expect(bestRuns(same, column(same, 'silhouette'))).toEqual(new Set());
    expect(bestRuns(same, column(same, 'learningRate'))).toEqual(new Set());
  });

  it('is no run where each is measured on rows of its own', () => {
    const members = membersOf(seeds, [0.2, 0.1]);
    expect(measuredAlike(members)).toBe(false);
    expect(bestRuns(members, column(members, 'silhouette'))).toEqual(new Set());
  });

  it('is not claimed for losses that the runs measure differently', () => {
    const marked = (vary: Variation): string[] =>
      columnsOf(membersOf(vary, []))
        .filter(({ better }) => better !== null)
        .map(({ key }) => key);
    const quality = [
      'neighbour-accuracy',
      ...['response-error', 'silhouette', 'davies-bouldin', 'reconstruction'],
    ];
    expect(marked(seeds)).toEqual([...quality, 'total', 'contrastive', 'trained-reconstruction']);
    expect(marked({ contrastiveEnd: [0, 1] })).toEqual([
      ...quality,
      'contrastive',
      'trained-reconstruction',
    ]);
    expect(marked({ temperature: [0.1, 1] })).toEqual([...quality, 'trained-reconstruction']);
    expect(marked({ dropout: [0, 0.1] })).toEqual(quality);
  });
});

describe('the spread', () => {
  it('is the mean and the sample standard deviation of the finished runs', () => {
    const members = membersOf(seeds, [0.1, 0.2, 0.6, 'It failed.', null]);
    const spread = columnSpread(members, column(members, 'silhouette'));
    expect(spread?.mean).toBeCloseTo(0.3);
    // √((0.04 + 0.01 + 0.09) / 2)
    expect(spread?.deviation).toBeCloseTo(0.264_575);
  });

  it('needs two runs', () => {
    const members = membersOf(seeds, [0.1]);
    expect(columnSpread(members, column(members, 'silhouette'))).toBeNull();
  });
});

describe('the table that is taken away', () => {
  it('has each run with its figures as programs read them, and why one failed', () => {
    const { columns, rows } = sweepTable(membersOf({ seed: [1, 2, 3] }, [-0.25, 'It failed.']));
    const cell = (row: number, title: string): string | null | undefined =>
      rows[row]?.[columns.indexOf(title)];
    expect(rows.map((row) => row.length)).toEqual([columns.length, columns.length, columns.length]);
    expect([0, 1, 2].map((row) => cell(row, 'Seed'))).toEqual(['1', '2', '3']);
    expect([0, 1, 2].map((row) => cell(row, 'Silhouette, held-out rows (10)'))).toEqual([
      '-0.250',
      null,
      null,
    ]);
    expect(cell(2, 'Total loss, last epoch, training rows')).toBe('1.000');
    expect([0, 1, 2].map((row) => cell(row, 'Failed'))).toEqual([null, 'It failed.', null]);
  });

  it('has no column of failures where there are none', () => {
    expect(sweepTable(membersOf({ seed: [1, 2] }, [0.1, 0.2])).columns).not.toContain('Failed');
  });
});
