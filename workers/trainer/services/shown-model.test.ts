import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../../src/eq/parameters';
import { mapApart, type ApartMap } from '../../../src/explore/apart-map';
import { wordPull } from '../../../src/explore/draw-apart';
import { encodeSettings } from '../../../src/model/encode-settings';
import type { Model } from '../../../src/model/model';
import { sampleModel } from '../../../src/testing/sample-model';
import { wordHeadModel } from '../../../src/testing/word-head-model';
import type { EventOf, TrainerEvent } from '../messages';
import { DataService } from './data-service';
import { flatRows, type MapRows } from '../map-rows';
import { ShownModel } from './shown-model';

const settings = [0, 3, -3, 6, 1].map((gain, row) => FLAT_SETTING.with(row % 2, gain));
const mapRows = flatRows(settings.map((setting, row) => ({ setting, contributor: row + 1 })));

function showing(model: Model, rows: MapRows | null = mapRows) {
  const events: TrainerEvent[] = [];
  const emit = (event: TrainerEvent): void => {
    events.push(event);
  };
  const storage = { loadData: () => Promise.resolve(null), saveData: () => Promise.resolve() };
  const shown = new ShownModel(emit, new DataService(emit, storage));
  if (rows === null) shown.showOpened('file', model);
  else shown.showTraining(model, rows, null);
  return { shown, events };
}

function lastOf<Type extends TrainerEvent['type']>(events: readonly TrainerEvent[], type: Type) {
  const last = events.findLast((event): event is EventOf<Type> => event.type === type);
  if (last === undefined) throw new Error(`There was no ${type} event.`);
  return last;
}

/** The map that a model has at the amount 50. */
function drawnBy(model: Model): ApartMap {
  const pull = wordPull(model, 50);
  if (pull === null || model.map === null) throw new Error('The model has a head and a map.');
  return mapApart(model.map, encodeSettings(model, settings), pull);
}

describe('drawing the words of the shown model apart', () => {
  it('is answered with the map of the same rows, and the model stays what it is', () => {
    const model = wordHeadModel();
    const { shown, events } = showing(model);
    shown.drawApart({ type: 'draw-apart', amount: 50 });
    const { apart } = lastOf(events, 'map-drawn');
    expect(apart).toEqual(drawnBy(model));
    expect(apart?.points).toHaveLength(2 * settings.length);
    expect(shown.model).toBe(model);
    expect(events.map(({ type }) => type)).toEqual(['model', 'map-drawn']);
  });

  it('ends at the amount 0', () => {
    const { shown, events } = showing(wordHeadModel());
    shown.drawApart({ type: 'draw-apart', amount: 50 });
    shown.drawApart({ type: 'draw-apart', amount: 0 });
    expect(lastOf(events, 'map-drawn').apart).toBeNull();
  });

  it('is of the model that is shown by then', () => {
    const { shown, events } = showing(wordHeadModel());
    shown.drawApart({ type: 'draw-apart', amount: 50 });
    const before = wordHeadModel();
    const model = { ...before, weights: before.weights.map((value) => 2 * value) };
    shown.showTraining(model, mapRows, null);
    shown.drawApart({ type: 'draw-apart', amount: 50 });
    expect(lastOf(events, 'map-drawn').apart).toEqual(drawnBy(model));
  });

  it('is refused without a word head, without the rows and without a model', () => {
    const apart = { type: 'draw-apart', amount: 50 } as const;
    expect(() => {
      showing(sampleModel()).shown.drawApart(apart);
    }).toThrow('it has no word head');
    expect(() => {
      showing(wordHeadModel(), null).shown.drawApart(apart);
    }).toThrow('load the data set that the model was trained on');
    expect(() => {
      const emit = (): void => undefined;
      const storage = { loadData: () => Promise.resolve(null), saveData: () => Promise.resolve() };
      new ShownModel(emit, new DataService(emit, storage)).drawApart(apart);
    }).toThrow('There is no model yet');
  });
});

describe('the rows of the map', () => {
  it('are sent once as a run trains, and again after another model', () => {
    const { shown, events } = showing(sampleModel());
    shown.showTraining(sampleModel(), mapRows, null);
    const [first, second] = events.filter((event) => event.type === 'model');
    expect([first?.settings, first?.contributors]).toEqual([
      mapRows.settings,
      mapRows.contributors,
    ]);
    expect([second?.settings, second?.contributors, second?.sameRows]).toEqual([null, null, true]);
    shown.showOpened('file', sampleModel());
    expect(lastOf(events, 'model')).not.toHaveProperty('sameRows');
    shown.showTraining(sampleModel(), mapRows, null);
    expect(lastOf(events, 'model').settings).toEqual(mapRows.settings);
  });
});
