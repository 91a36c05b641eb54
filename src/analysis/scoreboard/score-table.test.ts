import { describe, expect, it } from 'vitest';
import type { Scoreboard, WordScore } from '../../model/model';
import { earlierScoreboard } from '../../testing/sample-model';
import type { Interval } from '../metrics/bootstrap';
import { figureText, intervalText, scoreTable, wordSummary } from './score-table';

const figures = {
  rows: 252,
  contributors: 30,
  wordsPresent: 2,
  silhouette: 0.5,
  daviesBouldin: 1,
  reconstruction: 0.01,
  neighbourAccuracy: 0.875,
  headAccuracy: 0.75,
  responseErrorDb: 2,
  baselines: { neighbourAccuracy: 0.9, flat: 5, parameterComponents: 2.25, curveComponents: 1.5 },
};

function word(name: string, flat: number, nearer: Interval | null, rows = 40): WordScore {
  return {
    word: name,
    rows: 100,
    contributors: 20,
    heldOutRows: rows,
    heldOutContributors: 8,
    headAccuracy: null,
    distances: {
      medians: { model: 3, flat, mean: 3.5, medoid: 3.25 },
      modelInterval: [2.5, 3.5],
      nearerThanFlat: nearer,
      person: null,
    },
  };
}

const board: Scoreboard = {
  ...earlierScoreboard({}),
  ...figures,
  intervals: {
    silhouette: [0.4, 0.6],
    neighbourAccuracy: [0.8, 0.95],
    responseErrorDb: [1.75, 2.25],
    neighbourGain: [-0.1, -0.01],
    headAccuracy: [0.625, 0.875],
    headGain: [-0.25, 0.125],
    responseGain: { flat: [2, 4], parameterComponents: [-0.25, 0.5], curveComponents: [-1, -0.1] },
  },
  training: { ...figures, rows: 1031, contributors: 75, responseErrorDb: 1 },
  words: [
    word('warm', 4, [0.5, 1.5]),
    word('muddy', 2.75, [-1, 0.5]),
    word('airy', 3.5, [-0.25, 1], 29),
  ],
};

const rowOf = (key: string, of: Scoreboard = board) =>
  scoreTable(of).rows.find((row) => row.key === key);

describe('scoreTable', () => {
  it('sets held-out rows beside training rows and baselines, with units', () => {
    const table = scoreTable(board);
    expect(table.on).toBe('Held-out rows (252, 30 people)');
    expect(table.training).toBe('Training rows (1,031, 75 people)');
    expect(rowOf('response-error')).toMatchObject({ unit: 'dB', value: 2, training: 1 });
    expect(rowOf('neighbours')).toMatchObject({ unit: '%', value: 87.5, interval: [80, 95] });
  });

  it('leads with what is real, and says of the silhouette that nothing was drawn apart', () => {
    const words = [
      { ...word('airy', 3.5, null, 2), headAccuracy: 0.5 },
      { ...word('warm', 4, null, 1), headAccuracy: 0 },
      { ...word('muddy', 4, null, 60), headAccuracy: 0.9125 },
      word('clear', 4, null, 0),
    ];
    const { rows } = scoreTable({ ...board, words });
    expect(rows.map(({ key }) => key)).toEqual([
      ...['word-head', 'neighbours', 'response-error'],
      ...['silhouette', 'davies-bouldin', 'reconstruction'],
    ]);
    expect(rows[0]).toMatchObject({
      title: 'Word accuracy',
      value: 75,
      training: 75,
      interval: [62.5, 87.5],
      aside: 'muddy 91.3 % of 60 rows, 2 words of fewer rows',
      baselines: [{ name: 'by the curves alone', value: 90, verdict: 'unclear' }],
    });
    expect(scoreTable({ ...board, words: words.slice(0, 2) }).rows[0]?.aside).toBe(
      'airy 50.0 % of 2 rows, warm 0.0 % of 1 row',
    );
    const apart = 'measured with no words drawn apart';
    expect(rows.map(({ aside }) => aside).slice(1)).toEqual([null, null, apart, apart, null]);
  });

  it('has no word accuracy, and nothing that could be drawn apart, without a word head', () => {
    const none = { headAccuracy: null };
    const training = { ...figures, ...none };
    const { rows } = scoreTable({ ...board, ...none, training });
    expect(rows[0]?.key).toBe('neighbours');
    expect(rows.every(({ aside }) => aside === null)).toBe(true);
  });

  it('judges the model beside a baseline by the interval of their difference', () => {
    const verdicts = rowOf('response-error')?.baselines.map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['unclear', 'worse', 'better']);
    expect(rowOf('neighbours')?.baselines[0]?.verdict).toBe('worse');
    const untold = { ...board, intervals: null };
    expect(rowOf('response-error', untold)?.baselines[0]?.verdict).toBeNull();
  });

  it('says in a sentence where a word cannot beat a flat curve', () => {
    const { words } = scoreTable(board);
    expect(words.map(({ verdict }) => verdict)).toEqual(['better', 'unclear', 'unclear']);
    expect(words.map(({ sentence }) => sentence)).toEqual([
      null,
      'For “muddy” the model’s curve is no nearer to held-out people than a flat one.',
      'For “airy” the model’s curve is 0.50 dB nearer to held-out people than a flat one, which may be chance: other people might make it −0.25 to 1.00 dB.',
    ]);
    expect(wordSummary(scoreTable(board))).toBe(
      'The model’s curve is nearer to held-out people than a flat one for 1 of 3 words.',
    );
  });

  it('says what keeps a word from being judged', () => {
    const onePerson = { ...word('deep', 4, null), heldOutContributors: 1 };
    const nobody = { ...word('full', 4, null, 0), distances: null };
    const table = scoreTable({ ...board, words: [...board.words, onePerson, nobody] });
    expect(table.words[3]?.sentence).toContain('but 1 person cannot tell what others would say.');
    expect(table.words[4]?.sentence).toBe(
      'Nobody who is held out used “full”, so it cannot be judged.',
    );
    expect(wordSummary(table)).toContain('for 1 of 3 words; 2 cannot be told.');
  });

  it('marks words of fewer than 30 held-out rows', () => {
    const table = scoreTable(board);
    expect(table.words.map(({ few }) => few)).toEqual([false, false, true]);
    expect(table.notes.join(' ')).toContain('1 of 3 words have fewer than 30 held-out rows');
  });

  it('says so where principal components have nothing to lose', () => {
    const baselines = { ...figures.baselines, parameterComponents: 1e-5 };
    expect(scoreTable({ ...board, baselines }).notes.join(' ')).toContain('loses nothing');
    expect(scoreTable(board).notes.join(' ')).not.toContain('loses nothing');
  });

  it('warns of rows held out by row, and claims nothing where none are held out', () => {
    expect(scoreTable({ ...board, split: 'row' }).notes[0]).toContain('leaks');
    const training = scoreTable({
      ...board,
      on: 'training rows',
      training: null,
      baselines: null,
      intervals: null,
      words: board.words.map((of) => ({ ...of, heldOutRows: 0, distances: null })),
    });
    expect(training.training).toBeNull();
    expect(training.rows.flatMap(({ baselines }) => baselines)).toEqual([]);
    expect(training.notes).toHaveLength(1);
    expect(training.notes[0]).toContain('Nothing is held out');
    expect(wordSummary(training)).toBeNull();
    expect(training.words.map(({ sentence, few }) => [sentence, few])).toEqual(
      board.words.map(() => [null, false]),
    );
  });

  it('leaves out what an earlier version did not measure', () => {
    const keys = scoreTable(earlierScoreboard({})).rows.map(({ key }) => key);
    expect(keys).toEqual(['silhouette', 'davies-bouldin', 'reconstruction']);
  });
});

describe('the text of a figure', () => {
  it('has the decimals worth reading', () => {
    expect(figureText({ digits: 2 }, 1.005)).toBe('1.00');
    expect(figureText({ digits: 2 }, null)).toBe('–');
    expect(intervalText({ digits: 1 }, [1, 2.25])).toBe('1.0 to 2.3');
  });
});
