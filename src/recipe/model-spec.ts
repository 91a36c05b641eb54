/** What a model is made of. Everything else (tensor names, shapes, sizes) follows from it. */
import * as v from 'valibot';
import { MODEL_SETTINGS } from './settings/model-settings';

/** Outputs of a word head at most. */
const MOST_WORDS = 65_536;

export const modelSpecSchema = v.strictObject({
  ...MODEL_SETTINGS,
  /** Outputs of the word head, one a word; 0: there is none. */
  wordHead: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_WORDS)), 0),
});

/**
 * An autoencoder of 13 equaliser parameters.
 *
 * With a `residual` body: encoder 13 → residual blocks `hidden` → linear, activation, linear,
 * tanh = latent, and beside it a linear projection of the latent for the contrastive loss; decoder
 * latent → residual blocks `hidden` reversed → linear, activation, linear, sigmoid. A block is
 * linear, normalisation, activation, dropout, linear, normalisation, plus a linear skip where its
 * sizes differ, and an activation after the sum.
 *
 * With a `plain` body a hidden layer is linear, normalisation, activation, dropout, and a half
 * ends in one linear layer instead of two.
 *
 * A variational encoder ends in two linear layers, side by side and without tanh: mean and
 * log-variance. In training the latent, which the decoder and the contrastive loss look at, is
 * mean + exp(½ log-variance) ⊙ standard normal noise; in use it is the mean.
 *
 * With a latent skip, a linear function of the encoder's input is added to what its last layer gives
 * (of a variational one, to the mean). A word head is a linear layer from the latent to as many words,
 * and stands in the place of the contrastive loss and its projection.
 */
export type ModelSpec = v.InferOutput<typeof modelSpecSchema>;

/** ε inside the square root of layer normalisation. */
export const LAYER_NORM_EPSILON = 1e-5;
