/** What a model is made of. Everything else (tensor names, shapes, sizes) follows from it. */
import * as v from 'valibot';

const width = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2048));

export const modelSpecSchema = v.strictObject({
  /** Size of the latent, 1–64. */
  latent: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
  /** Widths of the encoder's hidden layers; the decoder has them in reverse order. */
  hidden: v.pipe(v.array(width), v.minLength(1), v.maxLength(8)),
  activation: v.picklist(['relu', 'silu']),
  normalisation: v.picklist(['layer', 'none']),
  /** Width of the head the contrastive loss looks at; null: it looks at the latent itself. */
  projection: v.nullable(width),
  // Documents written before there was a choice leave out all that is optional.
  body: v.optional(v.picklist(['residual', 'plain']), 'residual'),
  /** Whether the encoder gives a distribution, of which training draws the latent. */
  variational: v.optional(v.boolean(), false),
  /** What the encoder sees: the normalised parameters, or the response curve they make. */
  input: v.optional(v.picklist(['parameters', 'response']), 'parameters'),
  /**
   * What ends an encoder that is not variational; `unit` divides a row's latent by its length, so
   * that all lie on a sphere.
   */
  latentActivation: v.optional(v.picklist(['tanh', 'none', 'unit']), 'tanh'),
  /**
   * What ends the decoder: a sigmoid for every normalised parameter, or Seed V1's three heads, which
   * give dB, Hz and Q.
   */
  output: v.optional(v.picklist(['sigmoid', 'heads']), 'sigmoid'),
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
 */
export type ModelSpec = v.InferOutput<typeof modelSpecSchema>;

/** ε inside the square root of layer normalisation. */
export const LAYER_NORM_EPSILON = 1e-5;
