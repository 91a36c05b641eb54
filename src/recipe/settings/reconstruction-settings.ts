/** The losses of a single row: how well it is reconstructed, and how its latent is spread. */
import * as v from 'valibot';
import { setting, weight, wholeFrom } from './setting';

export const RECONSTRUCTION_SETTINGS = {
  // How each is computed: StepSettings.reconstruction.
  reconstruction: setting(v.optional(v.picklist(['mse', 'mae', 'response', 'shape']), 'mse'), {
    label: 'Reconstruction loss',
    short: 'reconstruction',
    help: 'What an EQ setting and its reconstruction are compared by: their normalised parameters, or their response curves, with or without their mean level.',
    group: 'more',
    options: {
      mse: 'Mean squared error',
      mae: 'Mean absolute error',
      response: 'Response error, dB',
      shape: 'Response error less its mean, dB',
    },
    sweep: 'meaning',
    losses: 'measure',
  }),
  klFrom: setting(v.optional(wholeFrom(0, 10_000), 0), {
    label: 'KL annealing start',
    help: 'Up to this epoch the KL divergence, which pulls the latents towards a normal distribution, has no weight.',
    group: 'more',
    when: { variational: [true] },
    sweep: { varies: true },
    losses: 'weight',
  }),
  klStep: setting(v.optional(weight, 0), {
    label: 'KL annealing step',
    help: 'What the weight of the KL divergence grows by in each epoch after the annealing starts.',
    group: 'more',
    when: { variational: [true] },
    sweep: { varies: true },
    losses: 'weight',
  }),
  klMost: setting(v.optional(weight, 0), {
    label: 'Final KL weight',
    help: 'Where the weight of the KL divergence stops growing.',
    group: 'more',
    when: { variational: [true] },
    sweep: { varies: true },
    losses: 'weight',
  }),
};
