import { describe, expect, it } from 'vitest';
import { sampleSummary } from '../../src/testing/sample-summary';
import { searchRuns } from './run-search';

const runs = [
  sampleSummary('First', { recipe: 'Seed V2, latent 8', words: [{ word: 'warm', rows: 3 }] }),
  sampleSummary('Deuxième', {
    note: 'For Ana: <b>less</b> mud',
    words: [{ word: 'brillant', rows: 3 }],
  }),
  // As earlier versions kept them.
  sampleSummary('Third'),
];

const found = (query: string): string[] => searchRuns(runs, query).map(({ name }) => name);

describe('the search among runs', () => {
  it.each([
    ['name', 'third', ['Third']],
    ['name, without accents', 'deuxieme', ['Deuxième']],
    ['words', 'WARM', ['First']],
    ['recipe', 'latent 8', ['First']],
    ['note', 'ana mud', ['Deuxième']],
    ['markup, as text', '<b>', ['Deuxième']],
    ['all terms, wherever', 'brill ana', ['Deuxième']],
    ['nothing', 'warm ana', []],
    ['what is no pattern', '.*', []],
    ['spaces alone: all', '  ', ['First', 'Deuxième', 'Third']],
  ])('finds by %s', (_, query, names) => {
    expect(found(query)).toEqual(names);
  });
});
