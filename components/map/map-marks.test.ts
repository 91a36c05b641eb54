import { describe, expect, it } from 'vitest';
import { sampleModel } from '../../src/testing/sample-model';
import { emphasisOf, EMPHASIS, NO_MARKS } from './map-marks';

const { document, map } = sampleModel();
if (map === null) throw new Error('The sample has a map.');
const { grey, usual, front } = EMPHASIS;
const own = { document, map, selected: null, cluster: null, marks: NO_MARKS };
const words = document.words.map(({ word }) => word);
/** The emphasis that each row should have. */
const rows = (emphasis: (word: string | undefined, row: number) => number): number[] =>
  Array.from(map.labels, (label, row) => emphasis(words[label], row));

describe('what stands out of the map', () => {
  it('is nothing at first, and then the word that is looked at', () => {
    expect([...emphasisOf(own)]).toEqual(rows(() => usual));
    const [word = null] = words;
    expect([...emphasisOf({ ...own, selected: word })]).toEqual(
      rows((of) => (of === word ? front : usual)),
    );
  });

  it('are the words that are lit; the others are grey', () => {
    const [first = '', second = ''] = words;
    const marks = { lit: new Set([second]), picked: null };
    expect([...emphasisOf({ ...own, selected: first, marks })]).toEqual(
      rows((of) => (of === second ? front : grey)),
    );
  });

  it('are the rows that are picked, whatever is lit', () => {
    const marks = { lit: new Set(words), picked: Uint32Array.of(0, 2) };
    expect([...emphasisOf({ ...own, marks })]).toEqual(
      rows((_, row) => (row === 0 || row === 2 ? front : grey)),
    );
  });

  it('is one kind of the word that is looked at, its others aside', () => {
    const found = document.words.find(({ schools }) => schools.length > 1);
    const label = document.words.findIndex((word) => word === found);
    const looked = {
      ...own,
      selected: found?.word ?? null,
      cluster: found?.schools[1]?.name ?? null,
    };
    const schools = map.schools.map((_, row) => row % 2);
    expect([...emphasisOf({ ...looked, map: { ...map, schools } })]).toEqual(
      rows((_, row) => {
        if (map.labels[row] !== label || label < 0) return usual;
        return row % 2 === 1 ? front : EMPHASIS.aside;
      }),
    );
  });
});
