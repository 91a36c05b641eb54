/** Specs, settings and batches that between them use every kernel of an engine. For tests only. */
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
  latent: 2,
  hidden: [6, 8, 8],
  activation: 'relu',
  normalisation: 'layer',
  projection: 4,
};

const SETTINGS: StepSettings = {
  batchSize: 8,
  dropout: 0.25,
  temperature: 0.1,
  contrastiveSelf: true,
  seed: 4_000_000_007,
};

export const CASES: readonly [string, GridTask][] = [
  gridCase('the reference model, small'),
  gridCase('no dropout', {}, { dropout: 0 }),
  gridCase('SiLU', { activation: 'silu' }),
  gridCase('SiLU, no normalisation', { activation: 'silu', normalisation: 'none' }),
  gridCase('no normalisation', { normalisation: 'none' }),
  gridCase('no projection', { projection: null, latent: 3 }),
  gridCase('the standard contrastive loss', {}, { contrastiveSelf: false }),
  gridCase('a short batch', {}, { batchSize: 16 }, 7),
  gridCase('a batch of one row', { latent: 4 }, {}, 1),
  gridCase('one row, standard loss', { latent: 4 }, { contrastiveSelf: false }, 1),
  gridCase('odd sizes', { hidden: [5, 17, 3], latent: 9, projection: 11 }, {}, 5),
  gridCase('identity skips everywhere', { hidden: [13, 13], latent: 13 }),
  gridCase('identity skip at the latent alone', { hidden: [13, 7], latent: 7, projection: null }),
  gridCase(
    'all unusual at once, and a low temperature',
    { activation: 'silu', normalisation: 'none', projection: null, hidden: [9] },
    { contrastiveSelf: false, dropout: 0.5, temperature: 0.02 },
  ),
];

function gridCase(
  name: string,
  spec: Partial<ModelSpec> = {},
  settings: Partial<StepSettings> = {},
  rows = 8,
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
