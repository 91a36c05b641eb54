import { describe, expect, it } from 'vitest';
import { encodeSettings } from '../../src/model/encode-settings';
import type { EqSetting } from '../../src/eq/parameters';
import { mix } from '../../src/explore/mix';
import { mapApart } from '../../src/explore/apart-map';
import { drawnApart, wordPull } from '../../src/explore/draw-apart';
import { wordAlone } from '../../src/explore/mixture';
import { initialWeights } from '../../src/model/initialise';
import { decodeSetting } from '../../src/model/word-settings';
import { sampleModel } from '../../src/testing/sample-model';
import { wordHeadModel } from '../../src/testing/word-head-model';
import {
  movePoint,
  redoEq,
  shapeEq,
  takeEq,
  takeMixture,
  takePoint,
  takeCluster,
  undoEq,
  withModel,
} from './explore';
import { shapedEq } from './current-eq';
import { EMPTY_HISTORY } from './eq-history';
import type { ShownModel } from './page-state';
import { loadModelCode } from './model-code';

await loadModelCode();

const model: ShownModel = {
  source: 'training',
  settings: null,
  contributors: null,
  ...sampleModel(),
};
/** The next frame of a training: other weights, the same words. */
const next: ShownModel = { ...model, weights: initialWeights(model.document.spec, 8) };
const empty = { model: null, apart: null, mixture: null, eqHistory: EMPTY_HISTORY };
const begun = { model, apart: null, ...withModel(empty, model) };

function present({ eqHistory }: { eqHistory: typeof EMPTY_HISTORY }) {
  if (eqHistory.present === null) throw new Error('There is no current EQ.');
  return eqHistory.present;
}

describe('the current EQ', () => {
  it('takes the word with most rows when the first model comes, which is no step', () => {
    expect(begun.mixture).toEqual(wordAlone('bright'));
    expect(present(begun)).toMatchObject({
      name: 'bright',
      ...mix(model, wordAlone('bright')),
    });
    expect(begun.eqHistory.past).toEqual([]);
  });

  it('takes words, clusters and mixtures, each a step', () => {
    const warm = { model, ...takeMixture(begun, wordAlone('wärm')) };
    const bright = { model, ...takeMixture(warm, wordAlone('bright')) };
    const cluster = takeCluster(bright, 'gentle');
    expect(present(cluster).setting).toEqual(model.document.words[0]?.schools[1]?.setting);
    expect(cluster.mixture).toEqual(wordAlone('bright', 'gentle'));
    expect(cluster.eqHistory.past.map(({ name }) => name)).toEqual(['bright', 'wärm', 'bright']);
    // The model does not know it: nothing happens.
    expect(takeMixture(begun, wordAlone('thin'))).toEqual({
      mixture: begun.mixture,
      eqHistory: begun.eqHistory,
    });
  });

  it('takes what the decoder says of a point, at that very point', () => {
    const point = present(takePoint(begun, [0.1, 0.2, 0.3], 1));
    expect(point.latent).toEqual([0.1, 0.2, 0.3]);
    expect(point.setting).toEqual(decodeSetting(model, [0.1, 0.2, 0.3]));
    expect(point.follows).toBeUndefined();
  });

  it('moves on from where it is in the latent, in the plane of the map or not', () => {
    const point = { model, apart: null, ...takePoint(begun, [0.1, 0.2, 0.3], 1) };
    const moved = present(movePoint(point, [0.5, 0, -1], 2));
    expect(moved.latent).toEqual([0.6, 0.2, -0.7]);
    expect(moved.setting).toEqual(decodeSetting(model, moved.latent ?? []));
    expect(movePoint(empty, [1, 0, 0], 3)).toEqual(empty);
  });

  it('lies where the map has it, when the words are drawn apart', () => {
    const head = wordHeadModel();
    const pull = wordPull(head, 50);
    if (pull === null || head.map === null) throw new Error('The model has a head and a map.');
    const headed: ShownModel = { source: 'training', settings: null, contributors: null, ...head };
    const latents = Float32Array.from({ length: 15 }, (_, i) => Math.sin(i));
    const apart = mapApart(head.map, latents, pull);
    const state = { model: headed, apart, ...withModel(empty, headed) };
    const place = drawnApart([0.1, 0.2, 0.3], pull);
    const taken = takePoint(state, place, 1);
    const expectLatent = (of: readonly number[] | null, wanted: readonly number[]): void => {
      wanted.forEach((value, d) => {
        expect(of?.[d]).toBeCloseTo(value, 8);
      });
    };
    expectLatent(present(taken).latent, [0.1, 0.2, 0.3]);
    expect(present(taken).setting).toEqual(decodeSetting(headed, present(taken).latent ?? []));
    // An arrow's step is one on the map, and back again.
    const right = movePoint({ ...state, ...taken }, [1, 0, 0], 2);
    const to = drawnApart(present(right).latent ?? [], pull);
    expectLatent(to, [(place[0] ?? 0) + 1, place[1] ?? 0, place[2] ?? 0]);
    expectLatent(present(movePoint({ ...state, ...right }, [-1, 0, 0], 3)).latent, [0.1, 0.2, 0.3]);
  });

  it('is shaped from what it is by then, and a whole drag is one step', () => {
    const louder = (setting: EqSetting) => setting.with(0, (setting[0] ?? 0) + 1);
    const once = { model, ...shapeEq(begun, louder, 5) };
    const twice = shapeEq(once, louder, 5);
    expect(present(twice).setting[0]).toBeCloseTo((present(begun).setting[0] ?? 0) + 2, 12);
    expect(twice.eqHistory.past.map(({ name }) => name)).toEqual(['bright']);
    expect(shapeEq(empty, louder, 5)).toEqual(empty);
  });

  it('that came before any model picks the word that it is called by', () => {
    const came = takeEq(empty, { name: 'bright', setting: present(begun).setting, latent: null });
    const opened = withModel({ ...empty, ...came }, model);
    expect(opened.mixture).toEqual(wordAlone('bright'));
    const other = takeEq(empty, { name: 'mine', setting: present(begun).setting, latent: null });
    expect(withModel({ ...empty, ...other }, model).mixture).toEqual(
      withModel(empty, model).mixture,
    );
  });

  it('lies where the encoder says, once a person has shaped it', () => {
    const setting = present(begun).setting.with(0, 6);
    const shaped = present(takeEq(begun, shapedEq(present(begun), setting)));
    expect(shaped.name).toBe('bright, edited');
    expect(shaped.latent).toEqual([...encodeSettings(model, [setting])]);
    expect(shapedEq(shaped, setting).name).toBe('bright, edited');
    expect(present(takeEq({ ...begun, model: null }, { ...shaped, latent: null })).latent).toBe(
      null,
    );
  });

  it('of a word changes with every frame of a training, and one that was shaped stays', () => {
    const followed = withModel(begun, next);
    expect(present(followed).setting).toEqual(mix(next, wordAlone('bright')).setting);
    expect(present(followed).setting).not.toEqual(present(begun).setting);

    const setting = present(begun).setting.with(0, 6);
    const shaped = { model, ...takeEq(begun, shapedEq(present(begun), setting)) };
    const stayed = withModel(shaped, next);
    expect(present(stayed).setting).toEqual(setting);
    expect(present(stayed).latent).toEqual([...encodeSettings(next, [setting])]);
  });

  it('comes back by undo as the model of now has it', () => {
    const setting = present(begun).setting.with(0, 6);
    const shaped = { model, ...takeEq(begun, shapedEq(present(begun), setting)) };
    expect(present(undoEq(shaped))).toEqual(present(begun));

    const later = { model: next, ...withModel(shaped, next) };
    const undone = { model: next, ...undoEq(later) };
    expect(present(undone).setting).toEqual(mix(next, wordAlone('bright')).setting);
    const redone = redoEq(undone);
    expect(present(redone)).toEqual(present(later));
  });

  it('brings back the mixture it was of', () => {
    const strong = { ...wordAlone('wärm'), strength: 2 };
    const mixed = { model, ...takeMixture(begun, strong) };
    const undone = { model, ...undoEq(mixed) };
    expect(undone.mixture).toEqual(wordAlone('bright'));
    expect(redoEq(undone).mixture).toEqual(strong);
  });

  it('goes over to a word that another model knows, but a shaped one stays', () => {
    const words = model.document.words.map((word, i) =>
      i === 0 ? { ...word, word: 'thin', schools: [] } : word,
    );
    const other: ShownModel = { ...model, document: { ...model.document, words } };
    expect(present(withModel(begun, other)).name).toBe('thin');
    const cluster = { model, ...takeCluster(begun, 'gentle') };
    const without = {
      ...model.document,
      words: model.document.words.map((word) => ({ ...word, schools: [] })),
    };
    expect(withModel(cluster, { ...model, document: without }).mixture).toEqual(
      wordAlone('bright'),
    );
    const shaped = takeEq(begun, shapedEq(present(begun), present(begun).setting));
    expect(present(withModel({ model, ...shaped }, other)).name).toBe('bright, edited');
    // A model that does not say where its words lie leaves the setting, and follows nothing.
    const lost = words.map((word) => ({ ...word, centroid: null }));
    const left = withModel(begun, { ...model, document: { ...model.document, words: lost } });
    expect(left.mixture).toBeNull();
    expect(present(left).setting).toEqual(present(begun).setting);
    expect(present(left).follows).toBeUndefined();
  });
});
