/** Which rows a model is trained and measured on, and what it sees of them. */
import * as v from 'valibot';
import { auditChoicesSchema, FOUNDING_CHOICES } from '../audit-choices';
import { numberFrom, setting, share, wholeFrom } from './setting';

/** What becomes of the 13 parameters: see fitNormaliser. */
export const NORMALISERS = [
  'data',
  'z-score',
  'fixed-log',
  'plug-in-linear',
  'plug-in-log',
  'plug-in-log-wide',
] as const;

export const DATA_SETTINGS = {
  split: setting(v.optional(v.picklist(['contributor', 'row', 'folds']), 'contributor'), {
    label: 'Split',
    help: 'Which rows are held out from training to measure quality on. A person’s settings are alike, so whole contributors are the honest choice.',
    group: 'run',
    options: {
      contributor: 'Whole contributors',
      folds: 'Folds of contributors',
      row: 'Single rows (leaks)',
    },
    warnings: {
      row: 'Rows were held out one by one, so the same people’s settings are on both sides: these figures leak, and look better than the model is.',
    },
    sweep: 'rows',
  }),
  holdout: setting(share, {
    label: 'Held out',
    help: 'Share of rows that are held out from training. With 0, all rows are trained on, and figures say so.',
    unit: 'share',
    group: 'run',
    step: 0.05,
    when: { split: ['contributor', 'row'] },
    sweep: 'rows',
  }),
  folds: setting(v.optional(wholeFrom(2, 20), 5), {
    label: 'Number of folds',
    short: 'folds',
    help: 'How many parts, of nearly equal rows, the contributors are divided into.',
    group: 'run',
    when: { split: ['folds'] },
    sweep: 'rows',
  }),
  fold: setting(v.optional(wholeFrom(1, 20), 1), {
    label: 'Fold',
    help: 'Which of the folds is held out, counted from 1. A sweep can hold out each in turn.',
    group: 'run',
    when: { split: ['folds'] },
    sweep: {
      varies: true,
      example: '1–5',
      hint: 'With all of them, everybody is held out once.',
    },
  }),
  // Every random number of a run follows from it: see src/math/threefry.
  seed: setting(wholeFrom(0, 0xffff_ffff), {
    label: 'Seed',
    help: 'Initial weights, order of rows, dropout and split follow from this number: same seed, same run.',
    group: 'run',
    sweep: { varies: true, example: '1–4', hint: '“1–8” tries eight seeds.' },
  }),
  normaliser: setting(v.optional(v.picklist(NORMALISERS), 'data'), {
    label: 'Normaliser',
    help: 'How dB, Hz and Q become the numbers that the model works with: from 0 to 1 by what the training rows range over or by fixed ranges, or by the rows’ mean and spread.',
    group: 'more',
    options: {
      data: 'Ranges in the training rows',
      'z-score': 'Mean and standard deviation',
      'fixed-log': '20 Hz–20 kHz, logarithmic',
      'plug-in-linear': 'The plug-in’s ranges',
      'plug-in-log': 'The plug-in’s ranges, logarithmic',
      'plug-in-log-wide': 'The plug-in’s ranges, logarithmic, 5 % wider',
    },
    sweep: 'meaning',
    losses: 'unit',
  }),
  sampling: setting(v.optional(v.picklist(['shuffled', 'balanced']), 'shuffled'), {
    label: 'Sampling',
    help: 'Whether an epoch has every row once, or rows drawn so that each word is as frequent as any other.',
    group: 'more',
    options: { shuffled: 'Every row once', balanced: 'Words equally often' },
    sweep: 'length',
  }),
  madeUp: setting(v.optional(wholeFrom(0, 64), 0), {
    label: 'Augmented rows per row',
    short: 'augmented rows',
    help: 'How many EQ settings are put together for each training row, from single bands of different training rows. They have no word but that of their neighbours, where neighbours vote, and make an epoch longer.',
    group: 'more',
    sweep: 'length',
  }),
  madeUpSets: setting(v.optional(wholeFrom(1, 64), 1), {
    label: 'Sets of augmented rows',
    short: 'augmented sets',
    help: 'How many such sets are made. Each epoch trains on the next, so that with more of them fewer augmented rows come twice.',
    group: null,
    sweep: 'length',
  }),
  exchange: setting(v.optional(numberFrom(0, 1), 0.25), {
    label: 'Bands exchanged',
    help: 'How likely a band of an augmented row is to be another row’s.',
    unit: 'share',
    group: null,
    sweep: 'meaning',
  }),
  drawnBands: setting(v.optional(numberFrom(0, 1), 0), {
    label: 'Bands drawn at random',
    short: 'drawn bands',
    help: 'How likely a band of an augmented row is to be nobody’s: its gain, frequency and Q are then drawn at random within the plug-in’s ranges.',
    unit: 'share',
    group: null,
    sweep: 'meaning',
  }),
  otherRows: setting(v.optional(v.boolean(), false), {
    label: 'Rows of other words, too',
    short: 'other rows',
    help: 'Rows whose word is not chosen train the reconstruction, too; they have no word but that of their neighbours, where neighbours vote.',
    group: 'more',
    sweep: 'length',
  }),
  // How the neighbours vote: see neighbourLabels.
  labels: setting(v.optional(v.picklist(['own', 'neighbours']), 'own'), {
    label: 'Labels for the contrastive loss',
    short: 'labels',
    help: 'A row’s own word, or the word that most of its nearest training rows have, by the shape of their response curves. Neighbours give augmented rows a word, too.',
    group: 'more',
    options: { own: 'A row’s own word', neighbours: 'Vote of nearest neighbours' },
    sweep: 'meaning',
    losses: 'contrast',
  }),
  neighbours: setting(v.optional(wholeFrom(1, 1000), 15), {
    label: 'Nearest neighbours that vote',
    short: 'neighbours',
    help: 'With few, a row is labelled as the people nearest to it would; with many, as most people would.',
    group: 'more',
    when: { labels: ['neighbours'] },
    sweep: 'meaning',
    losses: 'contrast',
  }),
  audit: setting(v.optional(auditChoicesSchema, FOUNDING_CHOICES), {
    label: 'Data cleaning',
    short: 'audit',
    help: 'What is done about each finding of the audit, before any row is held out or trained on.',
    group: null,
    sweep: 'rows',
  }),
};
