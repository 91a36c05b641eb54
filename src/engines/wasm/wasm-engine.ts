/** Training in one WebAssembly module: a whole epoch is one call. */
import type { ModelSpec } from '../../recipe/model-spec';
import type {
  Engine,
  EngineDescription,
  EpochPlan,
  EpochResult,
  Examples,
  StepSettings,
  TrainingState,
} from '../engine';
import { epochMeans } from '../tape/epoch-means';
import { stepsOf } from '../tape/step-values';
import { hasRelaxedSimd, type WasmBuild } from './builds';
import { WasmSession } from './session';
import type { HelperThread } from './helper-thread';

export interface WasmEngineOptions {
  /** A build of the module, compiled or its bytes. */
  readonly load: (build: WasmBuild) => Promise<WebAssembly.Module | BufferSource>;
  /** Further threads that share the work; none where memory cannot be shared. */
  readonly helpers?: readonly HelperThread[];
  /** Relaxed SIMD or not; left out: where it is to be had. */
  readonly relaxed?: boolean;
}

export async function startWasmEngine({
  load,
  helpers = [],
  relaxed = hasRelaxedSimd(),
}: WasmEngineOptions): Promise<WasmEngine> {
  const arithmetic = relaxed ? 'relaxed' : 'simd';
  const build: WasmBuild = helpers.length > 0 ? `${arithmetic}-threads` : arithmetic;
  const loaded = await load(build);
  const module = loaded instanceof WebAssembly.Module ? loaded : await WebAssembly.compile(loaded);
  return new WasmEngine(module, helpers, relaxed);
}

class WasmEngine implements Engine {
  readonly description: EngineDescription;
  readonly #module: WebAssembly.Module;
  readonly #helpers: readonly HelperThread[];
  #session: WasmSession | null = null;
  #settings: StepSettings | null = null;
  /** [watched rows, input width] */
  #watched: Float32Array = new Float32Array(0);
  /** Adam steps taken. */
  #step = 0;

  constructor(module: WebAssembly.Module, helpers: readonly HelperThread[], relaxed: boolean) {
    this.#module = module;
    this.#helpers = helpers;
    const threads = helpers.length + 1;
    const name = relaxed ? 'WebAssembly relaxed SIMD' : 'WebAssembly SIMD';
    this.description = {
      name: 'fused-wasm',
      device: threads > 1 ? `${name}, ${String(threads)} threads` : name,
    };
  }

  async load(
    spec: ModelSpec,
    state: TrainingState,
    examples: Examples,
    settings: StepSettings,
    watched: Float32Array = new Float32Array(0),
  ): Promise<void> {
    this.#session = null;
    const threads = this.#helpers.length + 1;
    const session = new WasmSession(this.#module, threads, spec, state, examples, settings);
    await Promise.all(
      this.#helpers.map(async (helper) => {
        const ready = helper.ready();
        helper.post({ type: 'load', module: this.#module, memory: session.memory });
        await ready;
      }),
    );
    this.#session = session;
    this.#settings = settings;
    this.#watched = watched;
    this.#step = state.step;
  }

  trainEpoch(plan: EpochPlan): Promise<EpochResult> {
    return settled(() => {
      const { session, settings } = this.#loaded();
      const steps = stepsOf(plan, settings, this.#step);
      const threads = this.#helpers.length + 1;
      const { header } = session;
      const sums = session.train(plan, steps, threads, (count) => {
        this.#helpers.forEach((helper, i) => {
          helper.post({ type: 'train', header, steps: count, thread: i + 1, threads });
        });
      });
      this.#step += steps.length;
      return {
        ...epochMeans(sums, plan),
        latents: session.use(session.tape.encode, this.#watched),
      };
    });
  }

  encode(inputs: Float32Array): Promise<Float32Array> {
    return settled(() => {
      const { session } = this.#loaded();
      return session.use(session.tape.encode, inputs);
    });
  }

  encodeBy(weights: Float32Array, inputs: Float32Array): Promise<Float32Array> {
    return settled(() => {
      const { session } = this.#loaded();
      const state = session.state();
      session.setState({ ...state, weights });
      const latents = session.use(session.tape.encode, inputs);
      session.setState(state);
      return latents;
    });
  }

  decode(latents: Float32Array): Promise<Float32Array> {
    return settled(() => {
      const { session } = this.#loaded();
      return session.use(session.tape.decode, latents);
    });
  }

  state(): Promise<TrainingState> {
    return settled(() => ({ ...this.#loaded().session.state(), step: this.#step }));
  }

  dispose(): void {
    this.#session = null;
    for (const helper of this.#helpers) helper.stop();
  }

  #loaded(): { session: WasmSession; settings: StepSettings } {
    if (this.#session === null || this.#settings === null) {
      throw new Error('The engine holds no model.');
    }
    return { session: this.#session, settings: this.#settings };
  }
}

/** The work is done at once; what it throws becomes a rejection. */
function settled<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
