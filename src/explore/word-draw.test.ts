import { describe, expect, it } from 'vitest';
import { encodeSettings } from '../model/encode-settings';
import { decodeSetting } from '../model/word-settings';
import { sampleModel } from '../testing/sample-model';
import { offeredProposal, proposalsFor } from './proposals';
import { drawWord } from './word-draw';

const model = sampleModel();

describe('drawWord', () => {
  it('draws the same again from the same seed, word and number, and others from others', () => {
    const first = drawWord(model, 'bright', { seed: 1, draw: 1 });
    expect(first.name).toBe('bright, another engineer’s (1)');
    expect(first.setting).toEqual(decodeSetting(model, first.latent));
    expect(drawWord(model, 'bright', { seed: 1, draw: 1 })).toEqual(first);
    expect(drawWord(model, 'bright', { seed: 1, draw: 2 }).latent).not.toEqual(first.latent);
    expect(drawWord(model, 'bright', { seed: 2, draw: 1 }).latent).not.toEqual(first.latent);
    const other = sampleModel(['brighter', 'wärm']);
    expect(drawWord(other, 'brighter', { seed: 1, draw: 1 }).latent).not.toEqual(first.latent);
  });

  it('draws each part as often as it has rows, as wide as they lie', () => {
    const draws = Array.from({ length: 3000 }, (_, i) =>
      drawWord(model, 'bright', { seed: 7, draw: i + 1 }),
    ).map(({ latent }) => latent);
    // The second part has no width: its draws are its mean.
    const second = draws.filter(([, , third]) => third === 1);
    expect(second.length / draws.length).toBeCloseTo(1 / 3, 1);
    for (const latent of second) expect(latent).toEqual([0, -0.4, 1]);
    const first = draws.filter(([, , third]) => third === 0);
    expect(first.length + second.length).toBe(draws.length);
    const ofSecond = first.map(([, number = 0]) => number);
    const mean = ofSecond.reduce((sum, value) => sum + value, 0) / ofSecond.length;
    const squares = ofSecond.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(mean).toBeCloseTo(-0.1, 2);
    expect(Math.sqrt(squares / ofSecond.length)).toBeCloseTo(0.1, 2);
  });

  it('says what it cannot draw from', () => {
    expect(() => drawWord(model, 'thin', { seed: 1, draw: 1 })).toThrow('does not know the word');
    expect(() => drawWord(model, 'wärm', { seed: 1, draw: 1 })).toThrow(
      'does not say how people differ on “wärm”',
    );
  });
});

describe('proposalsFor', () => {
  it('gives the set of the size asked for, or the best of a larger one', () => {
    const names = (count?: number) => proposalsFor(model, 'bright', count).map(({ name }) => name);
    expect(names(1)).toEqual(['gentle']);
    expect(names(2)).toEqual(['top lift', 'gentle']);
    expect(names()).toEqual(['top lift', 'gentle']);
    expect(() => proposalsFor(model, 'wärm')).toThrow('The model has no proposals for “wärm”');
  });
});

describe('offeredProposal', () => {
  it('is a fitted setting as it is, where the model comes nowhere near', () => {
    const [proposal] = proposalsFor(model, 'bright');
    if (proposal === undefined) throw new Error('The sample has proposals.');
    expect(offeredProposal(model, proposal)).toEqual({
      name: 'top lift',
      from: 'people',
      setting: proposal.setting,
      latent: [...encodeSettings(model, [proposal.setting])],
    });
  });

  it('is what the model decodes, where that is near', () => {
    const latent = encodeSettings(model, [decodeSetting(model, [0, 0, 0])]);
    // What the model says of its own decoding is as good as that.
    const setting = [...decodeSetting(model, latent)];
    const offered = offeredProposal(model, {
      name: 'own',
      setting,
    });
    expect(offered.from).toBe('model');
    expect(offered.setting).toEqual(decodeSetting(model, offered.latent));
  });
});
