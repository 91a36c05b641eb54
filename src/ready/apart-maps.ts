/**
 * The maps of the ready-made model with its words drawn apart, in a small file: it comes without its
 * rows, so that nobody can draw them but who trained it.
 */
import * as v from 'valibot';
import { numberWithin } from '../base/bounds';
import { checked, checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import type { SafeRow } from '../data/rows';
import { mapApart, type ApartMap } from '../explore/apart-map';
import { READY_AMOUNTS, wordPull } from '../explore/draw-apart';
import { encodeSettings } from '../model/encode-settings';
import { FARTHEST_LATENT, type Model } from '../model/model';
import { packFile, unpackFile } from '../model/packed-file';
import { extentOf, extentSchema, LAST_STEP, placesOf, stepOf } from '../model/places-in-steps';
import { takePlanes, toPlanes } from '../model/sixteen-bits';

const APART_KEY = 'drawn_apart';
const WHAT = 'The map with words drawn apart';

const coordinate = numberWithin(-FARTHEST_LATENT, FARTHEST_LATENT);
const mapsSchema = v.strictObject({
  version: v.literal(1, 'it is of a later version'),
  maps: v.array(
    v.strictObject({
      amount: v.picklist(READY_AMOUNTS, 'its words are drawn apart by another amount'),
      extent: extentSchema,
      origin: v.array(coordinate),
      /** [2, latent], row-major */
      axes: v.array(numberWithin(-1, 1)),
    }),
  ),
});

/**
 * The maps of {@link READY_AMOUNTS}.
 *
 * @param rows of the model's map, in its order
 * @throws InputError where it has no map, or no word head that tells words apart
 */
export async function packApartMaps(
  model: Model,
  rows: readonly Pick<SafeRow, 'setting'>[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { map } = model;
  if (map === null) throw new InputError('The words cannot be drawn apart: the model has no map.');
  const latents = encodeSettings(
    model,
    rows.map(({ setting }) => setting),
  );
  const maps = READY_AMOUNTS.map((amount) => {
    const pull = wordPull(model, amount);
    if (pull === null) {
      throw new InputError('The words cannot be drawn apart: the model does not tell them apart.');
    }
    return mapApart(map, latents, pull);
  });
  const described = maps.map(({ points, origin, axes, pull: { amount } }) => ({
    amount,
    extent: extentOf([points]),
    origin: [...origin],
    // Unit vectors, but for rounding.
    axes: Array.from(axes, (value) => Math.max(-1, Math.min(1, value))),
  }));
  const document = checked(mapsSchema, { version: 1, maps: described }, WHAT);
  const tensors = maps.map(({ points }, i): [string, ReturnType<typeof toPlanes>] => {
    const extent = document.maps[i]?.extent ?? extentOf([]);
    const steps = Int16Array.from(points, (_, at) => stepOf(points, at, extent));
    return [nameOf(i), toPlanes(steps, [rows.length, 2])];
  });
  return packFile({
    tensors: new Map(tensors),
    metadata: new Map([[APART_KEY, JSON.stringify(document)]]),
  });
}

/**
 * The maps in their file.
 *
 * @param model whose they are
 * @throws InputError where they are damaged, or none of that model
 */
export async function unpackApartMaps(
  bytes: Uint8Array,
  model: Pick<Model, 'document' | 'weights' | 'map'>,
): Promise<ApartMap[]> {
  const file = await unpackFile(bytes, WHAT);
  const text = file.metadata.get(APART_KEY);
  if (text === undefined) throw new InputError(`${WHAT} cannot be used: the file holds none.`);
  const { latent } = model.document.spec;
  const rows = model.map?.labels.length ?? 0;
  return checkedJson(mapsSchema, text, WHAT).maps.map(({ amount, extent, origin, axes }, i) => {
    const pull = wordPull(model, amount);
    if (pull === null || origin.length !== latent || axes.length !== 2 * latent) {
      throw new InputError(`${WHAT} cannot be used: it is of another model.`);
    }
    const steps = takePlanes(file, nameOf(i), [rows, 2]);
    if (steps.some((step) => step < 0 || step > LAST_STEP)) {
      throw new InputError(`${WHAT} cannot be used: a row lies outside its extent.`);
    }
    return {
      points: placesOf(steps, extent),
      origin: Float32Array.from(origin),
      axes: Float32Array.from(axes),
      pull,
    };
  });
}

function nameOf(map: number): string {
  return `points.${String(map)}`;
}
