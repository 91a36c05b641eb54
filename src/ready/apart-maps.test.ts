import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import { deflate } from '../base/deflate';
import { FLAT_SETTING } from '../eq/parameters';
import { mapApart } from '../explore/apart-map';
import { READY_AMOUNTS, wordPull } from '../explore/draw-apart';
import { encodeSettings } from '../model/encode-settings';
import type { Model } from '../model/model';
import { unpackFile } from '../model/packed-file';
import { writeSafetensors, type TensorFile } from '../model/safetensors';
import { DEFAULT_RECIPE, RECIPES } from '../recipe/recipes';
import { sampleModel } from '../testing/sample-model';
import { wordHeadModel } from '../testing/word-head-model';
import { packApartMaps, unpackApartMaps } from './apart-maps';

const model = wordHeadModel();
const settings = [0, 3, -3, 6, 1].map((gain, row) => FLAT_SETTING.with(row % 2, gain));
const rows = settings.map((setting) => ({ setting }));

/** The file after a change to what it says of itself. */
async function changed(change: (document: { maps: Record<string, unknown>[] }) => void) {
  const file = await unpackFile(await packApartMaps(model, rows), 'The file');
  const [[key, text] = ['', '']] = file.metadata;
  const document = JSON.parse(text) as { maps: Record<string, unknown>[] };
  change(document);
  return packed({ ...file, metadata: new Map([[key, JSON.stringify(document)]]) });
}

const packed = (file: TensorFile) => deflate(writeSafetensors(file));

describe('the ready-made model’s maps with its words drawn apart', () => {
  it('are read as they were drawn, to a thousandth of their extent', async () => {
    const read = await unpackApartMaps(await packApartMaps(model, rows), model);
    expect(read.map(({ pull }) => pull.amount)).toEqual(READY_AMOUNTS);
    const map = model.map ?? expect.fail('It has a map.');
    for (const drawn of read) {
      const pull = wordPull(model, drawn.pull.amount) ?? expect.fail('It tells words apart.');
      const meant = mapApart(map, encodeSettings(model, settings), pull);
      expect(drawn.pull).toEqual(pull);
      expect([...drawn.origin]).toEqual([...meant.origin]);
      expect([...drawn.axes]).toEqual(
        [...meant.axes].map((value): unknown => expect.closeTo(value, 6)),
      );
      const extent = Math.max(...meant.points) - Math.min(...meant.points);
      const off = drawn.points.map((place, i) => Math.abs(place - (meant.points[i] ?? Number.NaN)));
      expect(Math.max(...off)).toBeLessThanOrEqual(extent / 1000);
    }
  });

  it('tell less of a row than its latent: two numbers each, with the model’s own map', () => {
    expect(2 + 2 * READY_AMOUNTS.length).toBeLessThan(RECIPES[DEFAULT_RECIPE].recipe.latent);
  });

  it('are not drawn of a model without a word head or a map', async () => {
    await expect(packApartMaps(sampleModel(), rows)).rejects.toThrow('does not tell them apart');
    await expect(packApartMaps({ ...model, map: null }, rows)).rejects.toThrow('has no map');
  });

  it('are refused in a sentence where they are damaged, or of another model', async () => {
    const whole = await packApartMaps(model, rows);
    const other: Model = {
      ...model,
      map: model.map && { ...model.map, labels: new Int32Array(7) },
    };
    const badly = async (index: number, change: Record<string, unknown>) =>
      unpackApartMaps(await changed(({ maps }) => Object.assign(maps[index] ?? {}, change)), model);
    const empty = await packed({ tensors: new Map(), metadata: new Map() });
    const cases: [string, () => Promise<unknown>][] = [
      ['it is damaged', () => unpackApartMaps(whole.subarray(0, 40), model)],
      ['points.0', () => unpackApartMaps(whole, other)],
      ['it is of another model', () => unpackApartMaps(whole, sampleModel())],
      ['the file holds none', () => unpackApartMaps(empty, model)],
      ['it is of another model', () => badly(0, { axes: [1] })],
      ['by another amount', () => badly(1, { amount: 7 })],
      [
        'its extent is reversed',
        () =>
          badly(0, {
            extent: [
              [1, 0],
              [0, 1],
            ],
          }),
      ],
      ['outside', () => badly(0, { origin: [1e9, 0, 0] })],
    ];
    for (const [sentence, read] of cases) {
      const error: unknown = await read().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toContain(sentence);
    }
  });
});
