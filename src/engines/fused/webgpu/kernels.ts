/** The two kernels, compiled for a device and a profile. */
import { LAYER_NORM_EPSILON, type ModelSpec } from '../../../model/spec';
import { Stream } from '../../../random/threefry';
import { ADAM } from '../../engine';
import bindings from './bindings.wgsl?raw';
import { ACTIVATION, BATCH, NONE, OP, UPDATE } from './codes';
import contrast from './contrast.wgsl?raw';
import dropout from './dropout.wgsl?raw';
import finish from './finish.wgsl?raw';
import relu from './hidden-relu.wgsl?raw';
import silu from './hidden-silu.wgsl?raw';
import { PROFILES, type Profile, type ProfileName } from './profiles';
import reduce from './reduce.wgsl?raw';
import rows from './rows.wgsl?raw';
import runRows from './run-rows.wgsl?raw';
import runTiles from './run-tiles.wgsl?raw';
import { compileShader, type ShaderPart } from './shader';

export interface Kernels {
  readonly profile: Profile;
  /** Bindings 0–8 of bindings.wgsl; the last two take dynamic offsets. */
  readonly layout: GPUBindGroupLayout;
  /** Of the hidden layers. */
  readonly activation: ModelSpec['activation'];
  /** A range of stages, whose layers go forward. */
  readonly forward: GPUComputePipeline;
  /** A range of stages, whose layers go back. */
  readonly backward: GPUComputePipeline;
  /** A range of tiles, one a workgroup. */
  readonly tiles: GPUComputePipeline;
}

export async function compileKernels(
  device: GPUDevice,
  name: ProfileName,
  activation: ModelSpec['activation'],
): Promise<Kernels> {
  const profile = PROFILES[name];
  const module = await compileShader(device, partsOf(profile, activation));
  const layout = device.createBindGroupLayout({
    entries: [
      ...(['storage', ...READ_ONLY, 'storage'] as const).map((type, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type },
      })),
      ...(['read-only-storage', 'uniform'] as const).map((type, i) => ({
        binding: 7 + i,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type, hasDynamicOffset: true },
      })),
    ],
  });
  const pipeline = (entryPoint: string): Promise<GPUComputePipeline> =>
    device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint },
    });
  const [forward, backward, tiles] = await Promise.all([
    pipeline('run_forward'),
    pipeline('run_backward'),
    pipeline('run_tiles'),
  ]);
  return { profile, activation, layout, forward, backward, tiles };
}

/** Operations, updates, tiles, examples, order. */
const READ_ONLY = Array.from({ length: 5 }, () => 'read-only-storage' as const);

function partsOf(profile: Profile, activation: ModelSpec['activation']): ShaderPart[] {
  return [
    { file: 'constants', text: constants(profile) },
    { file: 'bindings.wgsl', text: bindings },
    { file: 'reduce.wgsl', text: reduce },
    HIDDEN[activation],
    { file: 'finish.wgsl', text: finish },
    profile.multiply,
    { file: 'dropout.wgsl', text: dropout },
    { file: 'rows.wgsl', text: rows },
    { file: 'contrast.wgsl', text: contrast },
    { file: 'run-rows.wgsl', text: runRows },
    { file: 'run-tiles.wgsl', text: runTiles },
  ];
}

const HIDDEN: Readonly<Record<ModelSpec['activation'], ShaderPart>> = {
  relu: { file: 'hidden-relu.wgsl', text: relu },
  silu: { file: 'hidden-silu.wgsl', text: silu },
};

/** What the kernels share with the TypeScript around them. */
function constants({ lanes }: Profile): string {
  const whole = {
    LANES: lanes,
    NONE,
    BATCH,
    DROPOUT_STREAM: Stream.dropout,
    ...OP,
    ...UPDATE,
    ...ACTIVATION,
  };
  const real = {
    LAYER_NORM_EPSILON,
    BETA1: ADAM.beta1,
    BETA2: ADAM.beta2,
    EPSILON: ADAM.epsilon,
  };
  return [
    ...Object.entries(whole).map(([name, value]) => `const ${name} = ${String(value)}u;`),
    // Without a type: WGSL computes with such constants in float64.
    ...Object.entries(real).map(([name, value]) => `const ${name} = ${String(value)};`),
  ].join('\n');
}
