/** A page that holds fused WebGPU engines of one device, for a test to call by their numbers. */
import type { Engine, EpochLosses, EpochPlan, StepSettings } from '../../../src/engines/engine';
import { webGpuEngines } from '../../../src/engines/webgpu/engine-group';
import type { ProfileName } from '../../../src/engines/webgpu/profiles';
import { findAdapter } from '../../../src/engines/webgpu/webgpu-adapter';
import type { ModelSpec } from '../../../src/recipe/model-spec';
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

export interface PackedResult extends EpochLosses {
  readonly latents: Packed;
  readonly milliseconds: number;
}

export interface FusedPage {
  /**
   * Adds a group of engines. All groups of the page share its device, and what was compiled for it.
   *
   * @param count how many engines
   * @returns the number of the first, and their name
   */
  start(profile: ProfileName, count: number): Promise<{ first: number; name: string }>;
  /** Loads as if a buffer could have no more bytes; null: as many as the device allows. */
  limitBuffers(most: number | null): void;
  load(
    engine: number,
    spec: ModelSpec,
    state: PackedState,
    examples: PackedExamples,
    settings: StepSettings,
    watched: Packed,
  ): Promise<void>;
  trainEpoch(
    engine: number,
    order: readonly number[],
    rest: Omit<EpochPlan, 'order'>,
  ): Promise<PackedResult>;
  encode(engine: number, values: Packed): Promise<Packed>;
  decode(engine: number, values: Packed): Promise<Packed>;
  state(engine: number): Promise<PackedState>;
  dispose(engine: number): void;
  /** Takes the device away. */
  lose(): void;
  /** What the shader compiler had to say. */
  readonly messages: string[];
  /** Dispatches so far. */
  dispatches: number;
  /** Submissions so far. */
  submissions: number;
  /** Readbacks so far. */
  readbacks: number;
  /** Errors of the GPU that nothing caught. */
  readonly errors: string[];
}

declare global {
  interface Window {
    fused: FusedPage;
  }
}

let device: GPUDevice | null = null;
const engines: Engine[] = [];

function engineOf(number: number): Engine {
  const engine = engines[number];
  if (engine === undefined) throw new Error(`There is no engine ${String(number)}.`);
  return engine;
}

function theDevice(): GPUDevice {
  if (device === null) throw new Error('There is no device yet.');
  return device;
}

window.fused = {
  messages: [],
  errors: [],
  dispatches: 0,
  submissions: 0,
  readbacks: 0,
  async start(profile, count) {
    const found = await findAdapter();
    if (typeof found === 'string') throw new Error(found);
    device ??= await openDevice(found.adapter);
    const first = engines.length;
    engines.push(...webGpuEngines({ device, name: found.name, profile }, count));
    return { first, name: engineOf(first).description.name };
  },
  limitBuffers(most) {
    const device = theDevice();
    if (most === null) {
      Reflect.deleteProperty(device, 'limits');
      return;
    }
    // No device can be asked for that allows less than the standard's 128 MiB.
    const limits = { maxStorageBufferBindingSize: most, maxBufferSize: most };
    Object.defineProperty(device, 'limits', { value: limits, configurable: true });
  },
  load: (number, spec, state, examples, settings, watched) =>
    engineOf(number).load(
      spec,
      unpackState(state),
      unpackExamples(examples),
      settings,
      unpack(watched),
    ),
  async trainEpoch(number, order, rest) {
    const start = performance.now();
    const { latents, ...losses } = await engineOf(number).trainEpoch({
      order: Uint32Array.from(order),
      ...rest,
    });
    return { ...losses, latents: pack(latents), milliseconds: performance.now() - start };
  },
  encode: async (number, values) => pack(await engineOf(number).encode(unpack(values))),
  decode: async (number, values) => pack(await engineOf(number).decode(unpack(values))),
  state: async (number) => packState(await engineOf(number).state()),
  dispose(number) {
    engineOf(number).dispose();
  },
  lose() {
    theDevice().destroy();
  },
};

async function openDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const device = await adapter.requestDevice();
  device.onuncapturederror = ({ error }) => {
    window.fused.errors.push(error.message);
  };
  watch();
  return device;
}

/** Notes what is compiled, dispatched and submitted. */
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
  const submit = Reflect.get(GPUQueue.prototype, 'submit');
  GPUQueue.prototype.submit = function (...given) {
    window.fused.submissions += 1;
    submit.apply(this, given);
  };
  const map = Reflect.get(GPUBuffer.prototype, 'mapAsync');
  GPUBuffer.prototype.mapAsync = function (...given) {
    window.fused.readbacks += 1;
    return map.apply(this, given);
  };
}
