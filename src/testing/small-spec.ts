/** The architecture that tests of shapes and arithmetic begin with. For tests only. */
import type { ModelSpec } from '../recipe/model-spec';

/** Seed V2's, at small sizes and without a projection. */
export const SMALL_SPEC: ModelSpec = {
  latent: 2,
  hidden: [3],
  activation: 'relu',
  normalisation: 'layer',
  projection: null,
  body: 'residual',
  variational: false,
  input: 'parameters',
  latentActivation: 'tanh',
  latentSkip: false,
  wordHead: 0,
  output: 'sigmoid',
};
