/** The loss that looks at words: contrastive, which compares rows with each other, or a word head's. */
import * as v from 'valibot';
import { numberFrom, setting, weight } from './setting';

export const CONTRASTIVE_SETTINGS = {
  wordHead: setting(v.optional(v.boolean(), false), {
    label: 'Word head',
    help: 'A linear layer from the latent to the words, trained on the words of a row’s nearest neighbours, in place of the contrastive loss and with its weight.',
    group: null,
    sweep: 'shape',
    losses: 'contrast',
  }),
  contrastiveStart: setting(weight, {
    label: 'Initial contrastive weight',
    help: 'How much the contrastive loss, which draws rows of one word together and away from other words, or in its place the loss of a word head, counts in the first epoch.',
    group: 'loss',
    step: 0.05,
    sweep: { varies: true, example: '0, 0.1, 0.5' },
    losses: 'weight',
  }),
  contrastiveEnd: setting(weight, {
    label: 'Final contrastive weight',
    help: 'How much the contrastive loss, or the word head’s, counts in the last epoch; its weight changes linearly from the first epoch to the last.',
    group: 'loss',
    step: 0.05,
    sweep: { varies: true, example: '0.1, 0.5, 1' },
    losses: 'weight',
  }),
  temperature: setting(numberFrom(0.001, 100), {
    label: 'Temperature',
    help: 'What the contrastive loss divides similarities by. With a lower one, the most similar rows count more.',
    group: 'loss',
    step: 0.01,
    sweep: { varies: true, example: '0.05, 0.1, 0.5' },
    losses: 'contrast',
  }),
  contrastiveSelf: setting(v.boolean(), {
    label: 'Self-contrast',
    help: 'Whether the contrastive loss compares a row with itself, too, as Seed V2 does; its standard form does not.',
    group: null,
    sweep: { varies: true, example: 'on, off' },
    losses: 'contrast',
  }),
};
