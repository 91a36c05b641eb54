import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, type EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { InputError } from '../base/input-error';
import { canonicalSetting } from '../eq/canonical-setting';
import { decodeSetting } from '../model/word-settings';
import fc from '../testing/fast-check';
import { sampleModel } from '../testing/sample-model';
import { mix } from './mix';
import {
  knowsWords,
  mixtureName,
  strengthened,
  wordAlone,
  type Mixture,
  type Part,
} from './mixture';

const model = sampleModel();
const [bright, warm] = model.document.words;
if (bright?.centroid == null || warm?.centroid == null) throw new Error('The sample has places.');
const topLift = bright.schools[0];
if (topLift === undefined) throw new Error('The sample’s bright has schools.');
const FREQUENCIES = logFrequencies(64);

const setting: fc.Arbitrary<EqSetting> = fc.tuple(
  ...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })),
);
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({
    word: fc.constantFrom('bright', 'wärm'),
    cluster: fc.constant(null),
    weight: fc.double({ min: 0, max: 1e6, noNaN: true }),
  }),
  fc.record({
    word: fc.constant('bright'),
    cluster: fc.constantFrom('top lift', 'gentle'),
    weight: fc.double({ min: 0, max: 1e6, noNaN: true }),
  }),
);
const mixture: fc.Arbitrary<Mixture> = fc
  .record({
    parts: fc.array(part, { minLength: 1, maxLength: 6 }),
    space: fc.constantFrom('latent', 'parameters'),
    strength: fc.double({ min: -10, max: 10, noNaN: true }),
  })
  .filter(({ parts }) => parts.some(({ weight }) => weight > 0));

function two(share: number, space: Mixture['space']): Mixture {
  return {
    parts: [
      { word: 'bright', cluster: null, weight: 1 - share },
      { word: 'wärm', cluster: null, weight: share },
    ],
    space,
    strength: 1,
  };
}

describe('a mixture', () => {
  it('is inside the bounds, for any weights and strengths', () => {
    fc.assert(
      fc.property(mixture, (any) => {
        mix(model, any).setting.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(EQ_PARAMETERS[i]?.min ?? NaN);
          expect(value).toBeLessThanOrEqual(EQ_PARAMETERS[i]?.max ?? NaN);
        });
      }),
    );
  });

  it('of one word is that word, and of one cluster that cluster, in both ways', () => {
    for (const space of ['latent', 'parameters'] as const) {
      const alone = { ...wordAlone('wärm'), space };
      expect(mix(model, alone)).toEqual({
        setting: decodeSetting(model, warm.centroid ?? []),
        latent: warm.centroid,
      });
      expect(mix(model, two(1, space))).toEqual(mix(model, alone));
      expect(mix(model, { ...wordAlone('bright', 'top lift'), space })).toEqual({
        setting: topLift.setting,
        latent: topLift.latent,
      });
    }
  });

  it('averages latents, or dB, Hz and Q, by weight', () => {
    const a = bright.centroid ?? [];
    const b = warm.centroid ?? [];
    const between = a.map((value, i) => 0.75 * value + 0.25 * (b[i] ?? NaN));
    const through = mix(model, two(0.25, 'latent'));
    between.forEach((value, i) => {
      expect(through.latent?.[i]).toBeCloseTo(value, 12);
    });
    expect(through.setting).toEqual(decodeSetting(model, through.latent ?? []));

    const numbers = mix(model, two(0.25, 'parameters'));
    expect(numbers.latent).toBeNull();
    const low = decodeSetting(model, a);
    const high = decodeSetting(model, b);
    numbers.setting.forEach((value, i) => {
      expect(value).toBeCloseTo(0.75 * (low[i] ?? NaN) + 0.25 * (high[i] ?? NaN), 9);
    });
  });

  it('is canonical where the model learnt from curves, of clusters and of their numbers, too', () => {
    const { run } = model.document;
    if (run === null) throw new Error('The sample has a run.');
    const recipe = { ...run.recipe, reconstruction: 'response' as const };
    const ofCurves = { ...model, document: { ...model.document, run: { ...run, recipe } } };
    const alone = wordAlone('bright', 'top lift');
    expect(mix(ofCurves, alone).setting).toEqual(canonicalSetting(topLift.setting));
    expect(canonicalSetting(topLift.setting)).not.toEqual(topLift.setting);
    const numbers = mix(ofCurves, two(0.25, 'parameters')).setting;
    const parts = [bright, warm].map(({ centroid }) => decodeSetting(ofCurves, centroid ?? []));
    const mean = parts[0]?.map((value, i) => 0.75 * value + 0.25 * (parts[1]?.[i] ?? NaN)) ?? [];
    const canonical = canonicalSetting(mean);
    numbers.forEach((value, i) => {
      expect(value).toBeCloseTo(canonical[i] ?? NaN, 6);
    });
  });

  it('that is stronger or weaker lies where only the encoder can say', () => {
    const loud = mix(model, { ...wordAlone('wärm'), strength: 1.5 });
    expect(loud.latent).toBeNull();
    expect(loud.setting).toEqual(strengthened(decodeSetting(model, warm.centroid ?? []), 1.5));
  });

  it('depends on the ratio of the weights alone, and takes clusters', () => {
    const of = (scale: number): Mixture => ({
      parts: [
        { word: 'bright', cluster: 'gentle', weight: 3 * scale },
        { word: 'wärm', cluster: null, weight: 1 * scale },
        { word: 'bright', cluster: 'top lift', weight: 0 },
      ],
      space: 'latent',
      strength: 1,
    });
    expect(mix(model, of(1)).setting).toEqual(mix(model, of(8)).setting);
    const gentle = bright.schools[1]?.latent ?? [];
    mix(model, of(1)).latent?.forEach((value, i) => {
      expect(value).toBeCloseTo(0.75 * (gentle[i] ?? NaN) + 0.25 * (warm.centroid?.[i] ?? NaN), 12);
    });
  });

  it.each([
    ['an unknown word', wordAlone('thin'), '“thin”'],
    ['an unknown cluster', wordAlone('wärm', 'top lift'), '“top lift”'],
    ['no weight at all', { ...wordAlone('wärm'), parts: [] }, 'above 0'],
    [
      'a negative weight',
      { ...wordAlone('wärm'), parts: [{ word: 'wärm', cluster: null, weight: -1 }] },
      'not -1',
    ],
  ])('refuses %s', (_, wrong, names) => {
    expect(() => mix(model, wrong)).toThrow(InputError);
    expect(() => mix(model, wrong)).toThrow(names);
  });

  it('is known to models that have a place for each of its words', () => {
    expect(knowsWords(model.document, two(0.5, 'latent'))).toBe(true);
    expect(knowsWords(model.document, wordAlone('thin'))).toBe(false);
    const lost = model.document.words.map((word) => ({ ...word, centroid: null }));
    expect(knowsWords({ ...model.document, words: lost }, wordAlone('wärm'))).toBe(false);
  });

  it('has a name that says what is in it', () => {
    expect(mixtureName(wordAlone('warm'))).toBe('warm');
    expect(mixtureName({ ...wordAlone('bright', 'gentle'), strength: -1 })).toBe(
      'bright, gentle at −100 %',
    );
    expect(mixtureName({ ...two(0.3, 'latent'), strength: 1.5 })).toBe(
      '70 % bright, 30 % wärm at 150 %',
    );
    expect(mixtureName(two(1, 'latent'))).toBe('wärm');
  });
});

describe('the strength', () => {
  it('of 0 is flat, and of 1 the setting itself', () => {
    fc.assert(
      fc.property(setting, (any) => {
        expect(strengthened(any, 1)).toEqual(any);
        const flat = responseDb(strengthened(any, 0), FREQUENCIES);
        expect(Math.max(...flat.map(Math.abs))).toBeLessThan(1e-9);
      }),
    );
  });

  it('of −1 is the inverse, within rounding', () => {
    fc.assert(
      fc.property(setting, (any) => {
        const there = responseDb(any, FREQUENCIES);
        const back = responseDb(strengthened(any, -1), FREQUENCIES);
        there.forEach((db, i) => {
          expect(db + (back[i] ?? NaN)).toBeCloseTo(0, 9);
        });
      }),
    );
  });

  it('keeps frequencies and Qs, and stops gains at the bounds', () => {
    const loud = EQ_PARAMETERS.map(({ kind, initial }) => (kind === 'gain' ? 8 : initial));
    expect(strengthened(loud, 2)).toEqual(
      EQ_PARAMETERS.map(({ kind, initial }) => (kind === 'gain' ? 12 : initial)),
    );
  });
});
