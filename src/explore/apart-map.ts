/** A model's map with its words drawn apart. */
import { fitProjection, project } from '../analysis/projection';
import { rowsWhere } from '../math/pick-rows';
import type { ModelMap } from '../model/model';
import { drawnApart, type WordPull } from './draw-apart';

/** What is another than on the model's own map. */
export interface ApartMap extends Pick<ModelMap, 'points' | 'origin' | 'axes'> {
  /** What takes a latent to where the axes and the origin are of. */
  readonly pull: WordPull;
}

/**
 * The two principal components of the latents as they are drawn, of the training rows', as on every
 * map. They are turned towards the axes of the model's own map, so that the words stay on their sides
 * of it whatever the amount.
 *
 * @param map     the model's own
 * @param latents of the map's rows, [rows, latent]
 */
export function mapApart(map: ModelMap, latents: Float32Array, pull: WordPull): ApartMap {
  const dimensions = map.origin.length;
  const places = new Float32Array(latents.length);
  for (let from = 0; from < latents.length; from += dimensions) {
    places.set(drawnApart(latents.subarray(from, from + dimensions), pull), from);
  }
  const { origin, axes } = fitProjection(places, dimensions, map, rowsWhere(map.heldOut, 0));
  return { points: project(places, { origin, axes }), origin, axes, pull };
}
