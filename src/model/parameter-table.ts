/** The one list of a model's tensors: names, shapes and places in the flat weight vector. */
import { PARAMETER_COUNT } from '../eq/parameters';
import { inputWidth } from './inputs';
import type { ModelSpec } from '../recipe/model-spec';

export interface TensorEntry {
  /** Name in the reference model's PyTorch state dict. */
  readonly name: string;
  /** Linear weights are [out, in], as in PyTorch; all others are vectors. */
  readonly shape: readonly number[];
  /** First element in the flat weight vector. */
  readonly offset: number;
  readonly size: number;
  /** `scale` and `shift` are layer normalisation's. */
  readonly role: 'weight' | 'bias' | 'scale' | 'shift';
  /** Inputs of the linear layer this tensor belongs to; 0 for layer normalisation. */
  readonly fanIn: number;
}

export interface ParameterTable {
  readonly entries: readonly TensorEntry[];
  /** Number of parameters in all. */
  readonly total: number;
}

/** One hidden layer (in a residual body: one block), by tensor-name prefix. */
export interface BlockShape {
  readonly prefix: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** The hidden layers of one half, in order of execution. */
export function blocksOf(spec: ModelSpec, half: 'encoder' | 'decoder'): readonly BlockShape[] {
  const widths = half === 'encoder' ? spec.hidden : spec.hidden.toReversed();
  const first = half === 'encoder' ? inputWidth(spec) : spec.latent;
  return widths.map((outputs, i) => ({
    prefix: `${half}.${half}_layers.${String(i)}`,
    inputs: widths[i - 1] ?? first,
    outputs,
  }));
}

/** How a half ends, by the linear layers' tensor-name prefixes. */
export interface HeadShape {
  /** The first of two, with an activation behind it; null where there is one only. */
  readonly inner: string | null;
  /** The last: of a variational encoder, the one that gives the mean. */
  readonly last: string;
}

/** The linear layer beside a variational encoder's last one. */
export const LOG_VARIANCE_HEAD = 'encoder.to_log_variance';

/** The linear layer from the inputs to the latent, beside the encoder's hidden layers. */
export const LATENT_SKIP = 'encoder.latent_skip';

/** The linear layer from the latent to where the contrastive loss compares rows. */
export const PROJECTION_HEAD = 'encoder.semantic_proj';

/** The linear layer from the latent to the words. */
export const WORD_HEAD = 'encoder.word_head';

export function headOf({ body }: ModelSpec, half: 'encoder' | 'decoder'): HeadShape {
  const prefix = half === 'encoder' ? 'encoder.to_latent' : 'decoder.output_head';
  if (body === 'plain') return { inner: null, last: prefix };
  return { inner: `${prefix}.0`, last: `${prefix}.2` };
}

/** The table of `spec`, in the order of the reference model's state dict. */
export function parameterTable(spec: ModelSpec): ParameterTable {
  const entries: TensorEntry[] = [];
  let offset = 0;
  const add = (
    name: string,
    shape: readonly number[],
    role: TensorEntry['role'],
    fanIn: number,
  ): void => {
    const size = shape.reduce((product, n) => product * n, 1);
    entries.push({ name, shape, offset, size, role, fanIn });
    offset += size;
  };
  const linear = (prefix: string, inputs: number, outputs: number): void => {
    add(`${prefix}.weight`, [outputs, inputs], 'weight', inputs);
    add(`${prefix}.bias`, [outputs], 'bias', inputs);
  };
  const norm = (prefix: string, size: number): void => {
    if (spec.normalisation === 'none') return;
    add(`${prefix}.weight`, [size], 'scale', 0);
    add(`${prefix}.bias`, [size], 'shift', 0);
  };
  const hidden = ({ prefix, inputs, outputs }: BlockShape): void => {
    if (spec.body === 'plain') {
      linear(`${prefix}.0`, inputs, outputs);
      norm(`${prefix}.1`, outputs);
      return;
    }
    linear(`${prefix}.main_path.0`, inputs, outputs);
    norm(`${prefix}.main_path.1`, outputs);
    linear(`${prefix}.main_path.4`, outputs, outputs);
    norm(`${prefix}.main_path.5`, outputs);
    if (inputs !== outputs) linear(`${prefix}.skip`, inputs, outputs);
  };
  const head = (half: 'encoder' | 'decoder', inputs: number, outputs: number): void => {
    const { inner, last } = headOf(spec, half);
    if (inner !== null) linear(inner, inputs, inputs);
    linear(last, inputs, outputs);
  };

  const encoderEnd = spec.hidden.at(-1) ?? PARAMETER_COUNT;
  const decoderEnd = spec.hidden[0] ?? PARAMETER_COUNT;
  blocksOf(spec, 'encoder').forEach(hidden);
  head('encoder', encoderEnd, spec.latent);
  if (spec.latentSkip) linear(LATENT_SKIP, inputWidth(spec), spec.latent);
  if (spec.variational) linear(LOG_VARIANCE_HEAD, encoderEnd, spec.latent);
  if (spec.projection !== null && spec.wordHead === 0)
    linear(PROJECTION_HEAD, spec.latent, spec.projection);
  if (spec.wordHead > 0) linear(WORD_HEAD, spec.latent, spec.wordHead);
  blocksOf(spec, 'decoder').forEach(hidden);
  head('decoder', decoderEnd, PARAMETER_COUNT);
  return { entries, total: offset };
}
