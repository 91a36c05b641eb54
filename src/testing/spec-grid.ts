/** Specs, settings and batches that between them use every kernel of an engine. For tests only. */
import fc from 'fast-check';
import type { Examples, StepSettings } from '../engines/engine';
import { PARAMETER_COUNT } from '../eq/parameters';
import type { ModelSpec } from '../model/spec';
import { Stream, randomUniform } from '../random/threefry';

export interface GridTask {
  readonly spec: ModelSpec;
  readonly settings: StepSettings;
  /** Rows of the batch, at most the batch size. */
  readonly rows: number;
}

const SPEC: ModelSpec = {
  latent: 3,
  hidden: [18, 24, 24],
  activation: 'relu',
  normalisation: 'layer',
  projection: 12,
  body: 'residual',
  variational: false,
  input: 'parameters',
  latentActivation: 'tanh',
  output: 'sigmoid',
};

const SETTINGS: StepSettings = {
  batchSize: 16,
  dropout: 0.25,
  temperature: 0.1,
  contrastiveSelf: true,
  reconstruction: 'mse',
  seed: 4_000_000_007,
};

export const CASES: readonly [string, GridTask][] = [
  gridCase('the reference model, small'),
  gridCase('no dropout', {}, { dropout: 0 }),
  gridCase('SiLU', { activation: 'silu' }),
  gridCase('SiLU, no normalisation', { activation: 'silu', normalisation: 'none' }),
  gridCase('no normalisation', { normalisation: 'none' }),
  gridCase('no projection', { projection: null }),
  gridCase('the standard contrastive loss', {}, { contrastiveSelf: false }),
  gridCase('a short batch', {}, {}, 11),
  gridCase('a batch of one row', { latent: 4 }, {}, 1),
  gridCase('one row, standard loss', { latent: 4 }, { contrastiveSelf: false }, 1),
  gridCase('odd sizes', { hidden: [15, 37, 19], latent: 9, projection: 11 }, {}, 13),
  gridCase('identity skips everywhere', { hidden: [13, 13], latent: 13 }),
  gridCase('identity skip at the latent alone', { hidden: [13, 17], latent: 17, projection: null }),
  gridCase(
    'all unusual at once, and a low temperature',
    { activation: 'silu', normalisation: 'none', projection: null, hidden: [29] },
    { contrastiveSelf: false, dropout: 0.5, temperature: 0.02 },
  ),
  gridCase('mean absolute error', {}, { reconstruction: 'mae' }),
  gridCase('a plain body', { body: 'plain' }),
  gridCase('a plain body, SiLU, no normalisation', {
    body: 'plain',
    activation: 'silu',
    normalisation: 'none',
  }),
  gridCase('variational', { variational: true }),
  gridCase('variational, no projection, SiLU', {
    variational: true,
    projection: null,
    activation: 'silu',
  }),
  gridCase('variational, a short batch', { variational: true, latent: 5 }, {}, 11),
  gridCase(
    'flowEQ in small: variational, plain, mean absolute error',
    {
      body: 'plain',
      variational: true,
      normalisation: 'none',
      projection: null,
      hidden: [40],
    },
    { reconstruction: 'mae', dropout: 0 },
  ),
  gridCase(
    'a plain variational body with all the rest',
    { body: 'plain', variational: true, activation: 'silu', hidden: [15, 37], latent: 9 },
    { reconstruction: 'mae', dropout: 0.5, contrastiveSelf: false },
    13,
  ),
];

function gridCase(
  name: string,
  spec: Partial<ModelSpec> = {},
  settings: Partial<StepSettings> = {},
  rows = 16,
): [string, GridTask] {
  return [name, { spec: { ...SPEC, ...spec }, settings: { ...SETTINGS, ...settings }, rows }];
}

/** Made-up rows of two words, and one row (number 5) of a third, which has no partner. */
export function madeUpExamples(rows: number): Examples {
  return {
    rows,
    inputs: Float32Array.from({ length: rows * PARAMETER_COUNT }, (_, i) =>
      randomUniform(3, Stream.sample, 0, i),
    ),
    labels: Int32Array.from({ length: rows }, (_, row) => (row === 5 ? 2 : row % 2)),
  };
}

/**
 * Any spec, with settings and a number of rows, in small. Not so small that the gradient is what
 * rounding left of numbers that cancel: two or three normalised numbers are all but constant, and
 * so is the direction of a point in one dimension.
 */
export const anyTask: fc.Arbitrary<GridTask> = fc
  .record({
    spec: fc.record<ModelSpec>({
      latent: fc.integer({ min: 3, max: 19 }),
      hidden: fc.array(fc.integer({ min: 16, max: 40 }), { minLength: 1, maxLength: 3 }),
      activation: fc.constantFrom('relu', 'silu'),
      normalisation: fc.constantFrom('layer', 'none'),
      projection: fc.option(fc.integer({ min: 12, max: 40 })),
      body: fc.constantFrom('residual', 'plain'),
      variational: fc.boolean(),
      input: fc.constant('parameters'),
      latentActivation: fc.constant('tanh'),
      output: fc.constant('sigmoid'),
    }),
    settings: fc.record<StepSettings>({
      batchSize: fc.integer({ min: 8, max: 28 }),
      dropout: fc.constantFrom(0, 0.1, 0.5),
      temperature: fc.constantFrom(0.1, 0.5, 1),
      contrastiveSelf: fc.boolean(),
      reconstruction: fc.constantFrom('mse', 'mae'),
      seed: fc.nat(0xffff_ffff),
    }),
    short: fc.nat(20),
  })
  .map(({ spec, settings, short }) => {
    const rows = Math.max(8, settings.batchSize - short);
    return { spec, settings, rows };
  });
