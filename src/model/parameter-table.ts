/** The one list of a model's tensors: names, shapes and places in the flat weight vector. */
import { PARAMETER_COUNT } from '../eq/parameters';
import type { ModelSpec } from './spec';

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

/** One residual block, by tensor-name prefix. */
export interface BlockShape {
  readonly prefix: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** The residual blocks of one half, in order of execution. */
export function blocksOf(spec: ModelSpec, half: 'encoder' | 'decoder'): readonly BlockShape[] {
  const widths = half === 'encoder' ? spec.hidden : spec.hidden.toReversed();
  const first = half === 'encoder' ? PARAMETER_COUNT : spec.latent;
  return widths.map((outputs, i) => ({
    prefix: `${half}.${half}_layers.${String(i)}`,
    inputs: widths[i - 1] ?? first,
    outputs,
  }));
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
  const block = ({ prefix, inputs, outputs }: BlockShape): void => {
    linear(`${prefix}.main_path.0`, inputs, outputs);
    norm(`${prefix}.main_path.1`, outputs);
    linear(`${prefix}.main_path.4`, outputs, outputs);
    norm(`${prefix}.main_path.5`, outputs);
    if (inputs !== outputs) linear(`${prefix}.skip`, inputs, outputs);
  };

  const encoderEnd = spec.hidden.at(-1) ?? PARAMETER_COUNT;
  const decoderEnd = spec.hidden[0] ?? PARAMETER_COUNT;
  blocksOf(spec, 'encoder').forEach(block);
  linear('encoder.to_latent.0', encoderEnd, encoderEnd);
  linear('encoder.to_latent.2', encoderEnd, spec.latent);
  if (spec.projection !== null) linear('encoder.semantic_proj', spec.latent, spec.projection);
  blocksOf(spec, 'decoder').forEach(block);
  linear('decoder.output_head.0', decoderEnd, decoderEnd);
  linear('decoder.output_head.2', decoderEnd, PARAMETER_COUNT);
  return { entries, total: offset };
}
