/** How long a model is trained, and how its weights are adjusted. */
import * as v from 'valibot';
import { numberFrom, setting, share, wholeFrom } from './setting';

export const OPTIMISATION_SETTINGS = {
  dropout: setting(numberFrom(0, 0.9), {
    label: 'Dropout',
    help: 'Share of activations, 0 to 0.9, switched off at random in each training step, so that the model relies on none of them.',
    group: 'model',
    step: 0.05,
    sweep: { varies: true, example: '0, 0.1, 0.2' },
    losses: 'noise',
  }),
  epochs: setting(wholeFrom(1, 10_000), {
    label: 'Epochs',
    help: 'How many times training goes through all training rows.',
    group: 'run',
    sweep: 'length',
  }),
  batchSize: setting(wholeFrom(2, 4096), {
    label: 'Batch size',
    short: 'batch',
    help: 'Rows in one training step. The contrastive loss compares the rows of a batch with each other.',
    unit: 'rows',
    group: 'loss',
    sweep: 'shape',
  }),
  learningRate: setting(numberFrom(1e-7, 1), {
    label: 'Learning rate',
    help: 'Largest size of the steps that the optimiser, Adam, takes; the schedule makes them smaller.',
    group: 'loss',
    sweep: { varies: true, example: '0.0005, 0.001, 0.002' },
  }),
  schedule: setting(v.optional(v.picklist(['plateau', 'cosine']), 'plateau'), {
    label: 'Learning rate schedule',
    short: 'schedule',
    help: 'Halves the learning rate when the total loss stops improving, or lets it fall along half a cosine to 0.',
    group: 'more',
    options: { plateau: 'Halved on a plateau', cosine: 'Cosine' },
    sweep: { varies: true },
  }),
  plateauPatience: setting(wholeFrom(0, 10_000), {
    label: 'Plateau patience',
    help: 'Epochs without a better total loss after which the plateau schedule halves the learning rate; 0 never halves it.',
    unit: 'epochs',
    group: null,
    sweep: { varies: true, example: '0, 20' },
  }),
  warmUp: setting(v.optional(share, 0.1), {
    label: 'Warm-up',
    help: 'Share of the epochs in which the learning rate grows from 0, before it falls along the cosine.',
    unit: 'share',
    group: 'more',
    step: 0.05,
    when: { schedule: ['cosine'] },
    sweep: { varies: true },
  }),
  weightDecay: setting(v.optional(numberFrom(0, 10), 0), {
    label: 'Weight decay',
    help: 'How fast weights shrink that the losses do not need; with Adam, 0.01 is usual.',
    group: 'more',
    step: 0.01,
    sweep: { varies: true, example: '0, 0.01, 0.1' },
  }),
  beta2: setting(v.optional(numberFrom(0, 0.9999), 0.999), {
    label: 'Adam’s β₂',
    short: 'β₂',
    help: 'How long the optimiser remembers how large gradients were: 0.999 averages over a thousand steps, 0.98 over fifty.',
    group: 'more',
    step: 0.001,
    sweep: { varies: true, example: '0.98, 0.99, 0.999' },
  }),
  validation: setting(v.optional(share, 0), {
    label: 'Validation rows',
    help: 'Share of the training rows, of whole contributors, that only decides when to stop early. Held-out rows have no part in that.',
    unit: 'share',
    group: 'more',
    step: 0.05,
    sweep: 'length',
  }),
  stopPatience: setting(v.optional(wholeFrom(0, 10_000), 0), {
    label: 'Early-stopping patience',
    help: 'Epochs without a better loss on the validation rows after which training ends and takes the best weights; 0 trains to the last epoch.',
    unit: 'epochs',
    group: 'more',
    sweep: 'length',
  }),
};
