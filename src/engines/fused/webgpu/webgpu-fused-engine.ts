/** Training on a GPU with kernels of our own: four dispatches a step, one submission an epoch. */
import type { ModelSpec } from '../../../model/spec';
import {
  EngineLostError,
  type Engine,
  type EngineDescription,
  type EpochLosses,
  type EpochPlan,
  type Examples,
  type StepSettings,
  type TrainingState,
} from '../../engine';
import { epochMeans } from '../epoch-means';
import { stepsOf } from '../step-values';
import { compileKernels, type Kernels } from './kernels';
import type { ProfileName } from './profiles';
import { WebGpuSession } from './session';

export interface WebGpuFusedOptions {
  /** May be the one that TensorFlow.js uses. */
  readonly device: GPUDevice;
  /** The adapter's name, for people. */
  readonly name: string;
  /** How the work is cut: `software` for an adapter that is a program, `hardware` for others. */
  readonly profile: ProfileName;
  /** Gives the device back when the engine is disposed of; left out where it stays in use. */
  readonly stop?: () => void;
}

interface Loaded {
  readonly session: WebGpuSession;
  readonly settings: StepSettings;
  /** Adam steps taken. */
  step: number;
}

export class WebGpuFusedEngine implements Engine {
  readonly description: EngineDescription;
  readonly #options: WebGpuFusedOptions;
  #kernels: Kernels | null = null;
  #loaded: Loaded | null = null;
  /** Why the device is gone; null while it is there. */
  #lost: string | null = null;

  constructor(options: WebGpuFusedOptions) {
    this.#options = options;
    this.description = { name: 'fused-webgpu', device: options.name };
    void options.device.lost.then(({ reason, message }) => {
      this.#lost = message || reason;
    });
  }

  /** @throws EngineLostError when the device is gone or has not memory enough for the model */
  load(
    spec: ModelSpec,
    state: TrainingState,
    examples: Examples,
    settings: StepSettings,
  ): Promise<void> {
    return this.#whileThere(async () => {
      this.#unload();
      const { device, profile } = this.#options;
      if (this.#kernels?.activation !== spec.activation) {
        this.#kernels = await compileKernels(device, profile, spec.activation);
      }
      const session = await WebGpuSession.create(
        device,
        this.#kernels,
        spec,
        state,
        examples,
        settings,
      );
      this.#loaded = { session, settings, step: state.step };
    });
  }

  trainEpoch(plan: EpochPlan): Promise<EpochLosses> {
    return this.#run(async (loaded) => {
      const steps = stepsOf(plan, loaded.settings.batchSize, loaded.step);
      const sums = await loaded.session.train(plan, steps);
      loaded.step += steps.length;
      return epochMeans(sums, plan);
    });
  }

  encode(inputs: Float32Array): Promise<Float32Array> {
    return this.#use('encode', inputs);
  }

  decode(latents: Float32Array): Promise<Float32Array> {
    return this.#use('decode', latents);
  }

  state(): Promise<TrainingState> {
    return this.#run(async ({ session, step }) => ({ ...(await session.state()), step }));
  }

  dispose(): void {
    this.#unload();
    this.#options.stop?.();
  }

  #unload(): void {
    this.#loaded?.session.dispose();
    this.#loaded = null;
  }

  #use(name: 'encode' | 'decode', values: Float32Array): Promise<Float32Array> {
    return this.#run(({ session }) =>
      values.length === 0 ? Promise.resolve(new Float32Array(0)) : session.use(name, values),
    );
  }

  #run<T>(work: (loaded: Loaded) => Promise<T>): Promise<T> {
    return this.#whileThere(() => {
      if (this.#loaded === null) throw new Error('The engine holds no model.');
      return work(this.#loaded);
    });
  }

  async #whileThere<T>(work: () => Promise<T>): Promise<T> {
    this.#throwIfLost();
    try {
      return await work();
    } catch (error) {
      this.#throwIfLost(error);
      // A readback from a lost device rejects with a DOMException, now and then before the device
      // itself tells that it is lost.
      if (!(error instanceof DOMException) || error instanceof GPUPipelineError) throw error;
      throw new EngineLostError(`The GPU went away: ${error.message}`, { cause: error });
    }
  }

  #throwIfLost(cause?: unknown): void {
    if (this.#lost !== null)
      throw new EngineLostError(`The GPU went away: ${this.#lost}`, { cause });
  }
}
