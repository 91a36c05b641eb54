import { beforeAll, describe, expect, it, vi } from 'vitest';
import { wordSettings } from '../../src/model/word-settings';
import { sampleModel } from '../../src/testing/sample-model';
import { loadModelCode } from '../state/model-code';
import type { ShownModel } from '../state/page-state';
import { WordsOfModel } from './words-of-model';

function shownModel(): ShownModel {
  return { ...sampleModel(), settings: null, contributors: null, source: 'run' };
}

/** The same words at other places of the latent. */
function moved(model: ShownModel): ShownModel {
  const words = model.document.words.map((word) => ({
    ...word,
    centroid: word.centroid?.map((value) => value + 0.5) ?? null,
  }));
  return { ...model, document: { ...model.document, words } };
}

function renamed(model: ShownModel): ShownModel {
  const words = model.document.words.map((word) => ({ ...word, word: `${word.word}er` }));
  return { ...model, document: { ...model.document, words } };
}

/** One that has time for a single word in each turn, and waits until the words were others. */
function slow() {
  let now = 0;
  const changed = vi.fn();
  const words = new WordsOfModel(changed, () => (now += 1000));
  const next = async () => {
    const { length } = changed.mock.calls;
    await vi.waitFor(() => {
      expect(changed.mock.calls.length).toBeGreaterThan(length);
    });
  };
  return { words, changed, next };
}

describe('the words of the shown model', () => {
  beforeAll(loadModelCode);

  it('are there at once where there is time for all of them', () => {
    const model = shownModel();
    const changed = vi.fn();
    const words = new WordsOfModel(changed, () => 0);
    expect(words.of(model)).toEqual(wordSettings(model));
    expect(words.of(model)).toBe(words.of(model));
    expect(words.of(null)).toEqual([]);
    expect(changed).not.toHaveBeenCalled();
  });

  it('come in turns where there are many, and those before stand until then', async () => {
    const model = shownModel();
    expect(wordSettings(model).length).toBeGreaterThan(1);
    const { words, next } = slow();
    expect(words.of(model)).toEqual([]);
    await next();
    expect(words.of(model)).toEqual(wordSettings(model));

    const second = moved(model);
    expect(words.of(second)).toEqual(wordSettings(model));
    await next();
    expect(words.of(second)).toEqual(wordSettings(second));
  });

  it('are worked out to the end while models follow each other, and then of the newest', async () => {
    const model = shownModel();
    const { words, next } = slow();
    words.of(model);
    const newest = moved(model);
    expect(words.of(newest)).toEqual([]);
    await next();
    expect(words.of(newest)).toEqual(wordSettings(model));
    await next();
    expect(words.of(newest)).toEqual(wordSettings(newest));
  });

  it('are never those of a model with other words', async () => {
    const model = shownModel();
    const { words, next } = slow();
    words.of(model);
    const other = renamed(model);
    words.of(other);
    await next();
    expect(words.of(other)).toEqual([]);
    await next();
    expect(words.of(other)).toEqual(wordSettings(other));
    words.of(null);
    expect(words.of(model)).toEqual([]);
  });
});
