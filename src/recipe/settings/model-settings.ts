/** The settings that fix a model's shape: its specification. */
import * as v from 'valibot';
import { setting, wholeFrom } from './setting';

const width = wholeFrom(1, 2048);

export const MODEL_SETTINGS = {
  latent: setting(wholeFrom(1, 64), {
    label: 'Latent size',
    short: 'latent',
    help: 'How many numbers the model describes an EQ setting with. With fewer it has to generalise more.',
    group: 'model',
    sweep: 'shape',
  }),
  hidden: setting(v.pipe(v.array(width), v.minLength(1), v.maxLength(8)), {
    label: 'Hidden sizes',
    short: 'hidden',
    help: 'Widths of the encoder’s hidden blocks, separated by commas; the decoder has them in reverse order.',
    group: 'model',
    sweep: 'shape',
  }),
  activation: setting(v.picklist(['relu', 'silu']), {
    label: 'Activation',
    help: 'The non-linear function that follows the hidden layers.',
    group: null,
    options: { relu: 'ReLU', silu: 'SiLU' },
    sweep: 'operations',
  }),
  normalisation: setting(v.picklist(['layer', 'none']), {
    label: 'Normalisation of layers',
    short: 'normalisation',
    help: 'Layer normalisation brings what a hidden layer gives for a row to mean 0 and variance 1.',
    group: null,
    options: { layer: 'Layer normalisation', none: 'None' },
    // Layer norms have parameters of their own.
    sweep: 'shape',
  }),
  projection: setting(v.nullable(width), {
    label: 'Projection head',
    short: 'projection',
    help: 'Width of a linear layer between the latent and the contrastive loss. Without one, the loss looks at the latent itself.',
    group: null,
    sweep: 'shape',
  }),
  body: setting(v.optional(v.picklist(['residual', 'plain']), 'residual'), {
    label: 'Hidden blocks',
    short: 'body',
    help: 'Residual blocks of two layers with a skip connection, or plain single layers.',
    group: null,
    options: { residual: 'Residual blocks', plain: 'Plain layers' },
    sweep: 'shape',
  }),
  variational: setting(v.optional(v.boolean(), false), {
    label: 'Variational autoencoder',
    short: 'variational',
    help: 'The encoder gives a normal distribution instead of a point, and training samples the latent from it.',
    group: null,
    sweep: 'shape',
    losses: 'weight',
  }),
  input: setting(v.optional(v.picklist(['parameters', 'response']), 'parameters'), {
    label: 'Encoder input',
    short: 'input',
    help: 'The 13 parameters of an EQ setting, normalised, or the response curve that they make, at 64 frequencies.',
    group: 'more',
    options: { parameters: 'Parameters', response: 'Response curve' },
    sweep: 'shape',
  }),
  latentActivation: setting(v.optional(v.picklist(['tanh', 'none', 'unit']), 'tanh'), {
    label: 'Latent activation',
    help: 'Tanh keeps each number of the latent between −1 and 1. Unit length puts the latents of all rows on a sphere.',
    group: 'more',
    options: { tanh: 'Tanh', none: 'None', unit: 'Unit length' },
    when: { variational: [false] },
    sweep: 'operations',
  }),
  latentSkip: setting(v.optional(v.boolean(), false), {
    label: 'Linear skip to the latent',
    short: 'linear skip',
    help: 'Adds a linear function of the encoder’s input to the latent. It begins as the principal components of the training rows, so that the hidden layers learn only what those miss.',
    group: null,
    sweep: 'shape',
  }),
  output: setting(v.optional(v.picklist(['sigmoid', 'heads']), 'sigmoid'), {
    label: 'Decoder output',
    short: 'output',
    help: 'Normalised parameters from 0 to 1; or, as in Seed V1, three heads that give dB, Hz and Q, which are then taken for normalised ones.',
    group: 'more',
    options: { sigmoid: 'Normalised, 0 to 1', heads: 'dB, Hz and Q' },
    sweep: 'operations',
  }),
};
