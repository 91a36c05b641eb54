/** Where a model puts settings. */
import type { EqSetting } from '../eq/parameters';
import { encodeRows } from './inference';
import { encoderInputs } from './inputs';
import type { Model } from './model';

/** Latents of settings, [rows, latent]. */
export function encodeSettings(
  { document, weights }: Pick<Model, 'document' | 'weights'>,
  settings: readonly EqSetting[],
): Float32Array {
  const { spec, normaliser } = document;
  return encodeRows(spec, weights, encoderInputs(spec, settings, normaliser));
}
