import { describe, expect, it } from 'vitest';
import fc from '../../src/testing/fast-check';
import type { CurrentEq } from './current-eq';
import { EMPTY_HISTORY, redo, take, underAnotherModel, undo, type EqHistory } from './eq-history';

const current = (name: string): CurrentEq => ({ name, setting: [], latent: [1] });
const taken = (names: string): EqHistory =>
  Array.from(names).reduce((history, name) => take(history, current(name), null), EMPTY_HISTORY);
const names = ({ past, present, future }: EqHistory) => [
  past.map(({ name }) => name).join(''),
  present?.name,
  future.map(({ name }) => name).join(''),
];

describe('undo and redo', () => {
  it('go back and forth, step by step', () => {
    const back = undo(undo(taken('abcd')));
    expect(names(back)).toEqual(['a', 'b', 'cd']);
    expect(names(redo(back))).toEqual(['ab', 'c', 'd']);
    expect(names(redo(redo(redo(back))))).toEqual(['abc', 'd', '']);
  });

  it('have nothing to do at either end', () => {
    expect(undo(EMPTY_HISTORY)).toBe(EMPTY_HISTORY);
    const one = taken('a');
    expect(undo(one)).toBe(one);
    expect(redo(one)).toBe(one);
  });

  it('forget what was undone once another way is taken', () => {
    expect(names(take(undo(taken('abc')), current('x'), null))).toEqual(['ab', 'x', '']);
  });

  it('take a whole drag as one step, and the next drag as another', () => {
    let history = taken('a');
    for (const [name, gesture] of [
      ['b', 7],
      ['c', 7],
      ['d', 7],
      ['e', 8],
      ['f', 8],
    ] as const) {
      history = take(history, current(name), gesture);
    }
    expect(names(history)).toEqual(['ad', 'f', '']);
    // A drag that is undone while it goes on begins anew.
    expect(names(take(undo(history), current('g'), 8))).toEqual(['ad', 'g', '']);
  });

  it('keep a hundred steps', () => {
    let history = EMPTY_HISTORY;
    for (let i = 0; i < 250; i++) history = take(history, current(String(i)), null);
    expect(history.past.length).toBe(100);
    expect(history.past[0]?.name).toBe('149');
  });

  it('undo all that can be undone, and redo it to the same', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(3)), { minLength: 1, maxLength: 60 }), (gestures) => {
        const end = gestures.reduce<EqHistory>(
          (history, gesture, i) => take(history, current(String(i)), gesture),
          EMPTY_HISTORY,
        );
        let history = end;
        while (undo(history) !== history) history = undo(history);
        expect(history.past).toEqual([]);
        while (redo(history) !== history) history = redo(history);
        expect(names(history)).toEqual(names(end));
      }),
    );
  });

  it('change the current EQ with the model, and forget where the rest lay', () => {
    const history = underAnotherModel(undo(taken('abc')), current('B'));
    expect(names(history)).toEqual(['a', 'B', 'c']);
    expect(history.present?.latent).toEqual([1]);
    expect([...history.past, ...history.future].map(({ latent }) => latent)).toEqual([null, null]);
  });
});
