/** A page that holds one fused WebGPU engine, for a test to call. */
import type { EpochLosses, EpochPlan, StepSettings } from '../../src/engines/engine';
import type { ProfileName } from '../../src/engines/fused/webgpu/profiles';
import { WebGpuFusedEngine } from '../../src/engines/fused/webgpu/webgpu-fused-engine';
import { findAdapter } from '../../src/engines/webgpu-adapter';
import type { ModelSpec } from '../../src/model/spec';
import {
  pack,
  packState,
  unpack,
  unpackExamples,
  unpackState,
  type Packed,
  type PackedExamples,
  type PackedState,
} from './packed';

export interface FusedPage {
  /** @returns the engine's name */
  start(profile: ProfileName): Promise<string>;
  load(
    spec: ModelSpec,
    state: PackedState,
    examples: PackedExamples,
    settings: StepSettings,
  ): Promise<void>;
  trainEpoch(
    order: readonly number[],
    rest: Omit<EpochPlan, 'order'>,
  ): Promise<EpochLosses & { readonly milliseconds: number }>;
  encode(values: Packed): Promise<Packed>;
  decode(values: Packed): Promise<Packed>;
  state(): Promise<PackedState>;
  /** Takes the device away. */
  lose(): void;
  /** What the shader compiler had to say. */
  readonly messages: string[];
  /** Dispatches so far. */
  dispatches: number;
  /** Errors of the GPU that nothing caught. */
  readonly errors: string[];
}

declare global {
  interface Window {
    fused: FusedPage;
  }
}

let device: GPUDevice;
let engine: WebGpuFusedEngine;

window.fused = {
  messages: [],
  errors: [],
  dispatches: 0,
  async start(profile) {
    const found = await findAdapter();
    if (typeof found === 'string') throw new Error(found);
    device = await found.adapter.requestDevice();
    device.onuncapturederror = ({ error }) => {
      this.errors.push(error.message);
    };
    watch();
    engine = new WebGpuFusedEngine({ device, name: found.name, profile });
    return engine.description.name;
  },
  load: (spec, state, examples, settings) =>
    engine.load(spec, unpackState(state), unpackExamples(examples), settings),
  async trainEpoch(order, rest) {
    const start = performance.now();
    const losses = await engine.trainEpoch({ order: Uint32Array.from(order), ...rest });
    return { ...losses, milliseconds: performance.now() - start };
  },
  encode: async (values) => pack(await engine.encode(unpack(values))),
  decode: async (values) => pack(await engine.decode(unpack(values))),
  state: async () => packState(await engine.state()),
  lose() {
    device.destroy();
  },
};

/** Notes what is compiled and dispatched. */
function watch(): void {
  const compile = Reflect.get(GPUDevice.prototype, 'createShaderModule');
  GPUDevice.prototype.createShaderModule = function (...given) {
    const module = compile.apply(this, given);
    void module.getCompilationInfo().then(({ messages }) => {
      window.fused.messages.push(...messages.map(({ message }) => message));
    });
    return module;
  };
  const dispatch = Reflect.get(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...given) {
    window.fused.dispatches += 1;
    dispatch.apply(this, given);
  };
}
