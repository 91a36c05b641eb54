import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { wordAlone } from '../../src/explore/mixture';
import { readVisit } from './kept-visit';
import { visitText, type KeptVisit } from './visit-text';

const warm = { name: 'warm', setting: FLAT_SETTING, latent: [1, 2], follows: wordAlone('warm') };
const edited = { name: 'warm, edited', setting: FLAT_SETTING, latent: null };
const visit: KeptVisit = {
  run: 'run-1',
  mixture: wordAlone('warm'),
  eqHistory: { past: [warm], present: edited, future: [warm], gesture: 7 },
  slots: [
    { from: 'current' },
    { from: 'word', word: 'bright' },
    { from: 'kept', kept: { name: 'mine', setting: FLAT_SETTING } },
  ],
};

function kept(of: KeptVisit): string {
  const text = visitText(of);
  if (text === null) throw new Error('Nothing is kept.');
  return text;
}

describe('a visit that outlives a reload', () => {
  it('comes back but for where its settings lie, which the model says anew', () => {
    const back = readVisit(kept(visit));
    const unplaced = { ...warm, latent: null };
    expect(back).toEqual({
      ...visit,
      eqHistory: { past: [unplaced], present: edited, future: [unplaced], gesture: null },
    });
  });

  it('keeps no more than thirty steps each way', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ ...edited, name: String(i) }));
    const back = readVisit(
      kept({ ...visit, eqHistory: { ...visit.eqHistory, past: many, future: many } }),
    );
    expect(back?.eqHistory.past.map(({ name }) => name)).toEqual(
      many.slice(70).map(({ name }) => name),
    );
    expect(back?.eqHistory.future).toHaveLength(30);
  });

  it('is nothing without a current EQ', () => {
    expect(visitText({ ...visit, eqHistory: { ...visit.eqHistory, present: null } })).toBeNull();
  });

  it.each([
    ['no JSON', '{'],
    ['another shape', '{"run":null}'],
    ['a gain beyond the bounds', kept(visit).replace('"setting":[0', '"setting":[99')],
    ['a weight below zero', kept(visit).replace('"weight":1', '"weight":-1')],
    ['a field nobody knows', kept(visit).replace('{"run"', '{"more":1,"run"')],
    ['two slots', kept(visit).replace('{"from":"current"},', '')],
  ])('is not read from %s', (_, text) => {
    expect(readVisit(text)).toBeNull();
  });
});
