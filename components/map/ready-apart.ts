/** The ready-made model's maps with its words drawn apart, loaded when they are first wanted. */
import { unpackApartMaps } from '../../src/ready/apart-maps';
import type { ApartMap } from '../../src/explore/apart-map';
import type { Browser } from '../state/browser';
import type { ShownModel } from '../state/page-state';

const loaded = new WeakMap<ShownModel, Promise<readonly ApartMap[]>>();

/**
 * The map whose words are drawn apart by an amount; null for the model's own.
 *
 * @throws Error where the page's server does not give the file, or it is damaged
 */
export async function readyApart(
  model: ShownModel,
  amount: number,
  { readReadyMade }: Pick<Browser, 'readReadyMade'>,
): Promise<ApartMap | null> {
  if (amount === 0) {
    // It needs no file, but comes after what was asked for before.
    await loaded.get(model)?.catch(() => undefined);
    return null;
  }
  const maps =
    loaded.get(model) ??
    readReadyMade('apart.bin').then((bytes) => unpackApartMaps(new Uint8Array(bytes), model));
  loaded.set(model, maps);
  try {
    return (await maps).find(({ pull }) => pull.amount === amount) ?? null;
  } catch (error) {
    loaded.delete(model);
    throw error;
  }
}
