/** The two kernels, compiled for a device and a profile. */
import { GRID_POINTS, GRID_RATE_HZ } from '../../eq/response-grid';
import { OUTPUT_HEADS } from '../../model/heads';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../../recipe/model-spec';
import { Stream } from '../../math/threefry';
import { ADAM } from '../engine';
import bindings from './bindings.wgsl?raw';
import { SHELF_CROSS } from '../tape/response-table';
import { LOSS_SUMS } from '../tape/tape';
import { ACTIVATION, BATCH, NONE, OP, RECONSTRUCTION_KIND, UPDATE } from './codes';
import contrast from './contrast.wgsl?raw';
import dropout from './dropout.wgsl?raw';
import finish from './finish.wgsl?raw';
import heads from './heads.wgsl?raw';
import relu from './hidden-relu.wgsl?raw';
import silu from './hidden-silu.wgsl?raw';
import narrow from './multiply-narrow.wgsl?raw';
import wide from './multiply-wide.wgsl?raw';
import { PROFILES, type Profile, type ProfileName } from './profiles';
import reduce from './reduce.wgsl?raw';
import response from './response.wgsl?raw';
import rows from './rows.wgsl?raw';
import runRows from './run-rows.wgsl?raw';
import runTiles from './run-tiles.wgsl?raw';
import sample from './sample.wgsl?raw';
import { compileShader, type ShaderPart } from './shader';
import wordLoss from './word-loss.wgsl?raw';

export interface Kernels {
  readonly profile: Profile;
  /** Bindings 0–8 of bindings.wgsl; the last two take dynamic offsets. */
  readonly layout: GPUBindGroupLayout;
  /** A range of stages, whose layers go forward. */
  readonly forward: GPUComputePipeline;
  /** A range of stages, whose layers go back. */
  readonly backward: GPUComputePipeline;
  /** A range of tiles, one a workgroup. */
  readonly tiles: GPUComputePipeline;
}

/** What was compiled for a device, by profile and activation: it takes seconds, and serves any model. */
const compiled = new WeakMap<GPUDevice, Map<string, Promise<Kernels>>>();

/**
 * The kernels of a device: compiled when they are first asked for.
 *
 * @throws Error when the device does not take them; the next call tries again
 */
export function kernelsOf(
  device: GPUDevice,
  name: ProfileName,
  activation: ModelSpec['activation'],
): Promise<Kernels> {
  const ofDevice = compiled.get(device) ?? new Map<string, Promise<Kernels>>();
  compiled.set(device, ofDevice);
  const key = `${name} ${activation}`;
  const known = ofDevice.get(key);
  if (known !== undefined) return known;
  const kernels = compileKernels(device, name, activation);
  ofDevice.set(key, kernels);
  kernels.catch(() => ofDevice.delete(key));
  return kernels;
}

async function compileKernels(
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
  const pipeline = (
    entryPoint: string,
    constants: Record<string, number> = {},
  ): Promise<GPUComputePipeline> =>
    device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint, constants },
    });
  const [forward, backward, tiles] = await Promise.all([
    pipeline('run_rows', { BACK: 0 }),
    pipeline('run_rows', { BACK: 1 }),
    pipeline('run_tiles'),
  ]);
  return { profile, layout, forward, backward, tiles };
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
    MULTIPLY[profile.multiply],
    { file: 'dropout.wgsl', text: dropout },
    { file: 'rows.wgsl', text: rows },
    { file: 'contrast.wgsl', text: contrast },
    { file: 'response.wgsl', text: response },
    { file: 'constants', text: headOf() },
    { file: 'heads.wgsl', text: heads },
    { file: 'sample.wgsl', text: sample },
    { file: 'word-loss.wgsl', text: wordLoss },
    { file: 'run-rows.wgsl', text: runRows },
    { file: 'run-tiles.wgsl', text: runTiles },
  ];
}

const MULTIPLY: Readonly<Record<Profile['multiply'], ShaderPart>> = {
  wide: { file: 'multiply-wide.wgsl', text: wide },
  narrow: { file: 'multiply-narrow.wgsl', text: narrow },
};

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
    LOSS_SUMS,
    DROPOUT_STREAM: Stream.dropout,
    GRID_POINTS,
    ...OP,
    ...UPDATE,
    ...ACTIVATION,
    ...RECONSTRUCTION_KIND,
  };
  const real = {
    LAYER_NORM_EPSILON,
    BETA1: ADAM.beta1,
    EPSILON: ADAM.epsilon,
    GRID_RATE: GRID_RATE_HZ,
    SHELF_CROSS,
  };
  return [
    ...Object.entries(whole).map(([name, value]) => `const ${name} = ${String(value)}u;`),
    // Without a type: WGSL computes with such constants in float64.
    ...Object.entries(real).map(([name, value]) => `const ${name} = ${String(value)};`),
  ].join('\n');
}

/** The output heads as a function of the column: a table would be copied at every call. */
function headOf(): string {
  const cases = OUTPUT_HEADS.map(
    ({ low, high, steepness }, column) =>
      `case ${String(column)}u: { return Head(${[low, high, steepness].map(String).join(', ')}); }`,
  );
  return [
    'struct Head { low: f32, high: f32, steepness: f32 }',
    'fn head_of(column: u32) -> Head {',
    'switch column {',
    ...cases,
    'default: { return Head(); }',
    '}',
    '}',
  ].join('\n');
}
