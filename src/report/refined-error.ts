/** Response error of held-out rows where the encoder's answer is only the beginning of a search. */
import { curvesOf } from '../analysis/metrics/curves';
import { encodeSettings } from '../model/encode-settings';
import { refineLatents } from '../analysis/metrics/refine-latents';
import type { EqSetting } from '../eq/parameters';
import { decodeRows } from '../model/inference';
import type { Model } from '../model/model';
import { denormalise } from '../model/normaliser';

/** Enough for the error to settle: ten steps more take less than a hundredth of it away. */
const STEPS = 10;

/**
 * Root of the mean square, over settings and 256 points from 20 Hz to 20 kHz, of what lies between
 * each setting's curve and the nearest that the decoder was found to make, in dB. Principal
 * components are given the nearest point, too; see {@link refineLatents}.
 *
 * @param settings of rows the model has not learnt from, at least one
 */
export async function refinedError(model: Model, settings: readonly EqSetting[]): Promise<number> {
  const { spec, normaliser } = model.document;
  const decode = (latents: Float32Array): Float64Array => {
    const made = decodeRows(spec, model.weights, latents);
    const rows = latents.length / spec.latent;
    return curvesOf(Array.from({ length: rows }, (_, row) => denormalise(made, normaliser, row)));
  };
  const wanted = curvesOf(settings);
  const latents = await refineLatents({
    latents: encodeSettings(model, settings),
    dimensions: spec.latent,
    wanted,
    decode: (latents) => Promise.resolve(decode(latents)),
    steps: STEPS,
  });
  const made = decode(latents);
  const squares = made.reduce((sum, db, i) => sum + (db - (wanted[i] ?? Number.NaN)) ** 2, 0);
  return Math.sqrt(squares / made.length);
}
