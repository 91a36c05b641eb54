/** The project's own engines as peers: the one place of the bench that calls them. */
import type { Engine, EpochPlan } from '../src/engines/engine';
import { buildTape, tapeOptions } from '../src/engines/tape/build-tape';
import { flopsOf } from '../src/engines/tape/describe-tape';
import { PHASES, type Tape } from '../src/engines/tape/tape';
import { WASM_LAYOUT } from '../src/engines/wasm/records';
import type { StepLosses, Task, Trainer } from './trainer';

/** @param countStep how many kernels the engine runs in a step that the function takes */
export class EngineTrainer implements Trainer {
  readonly #engine: Engine;
  readonly #countStep: CountStep;
  #task: Task | null = null;

  constructor(engine: Engine, countStep: CountStep) {
    this.#engine = engine;
    this.#countStep = countStep;
  }

  get device(): string {
    return this.#engine.description.device;
  }

  load(task: Task): Promise<void> {
    this.#task = task;
    const { spec, examples, settings, weights } = task;
    const zeros = new Float32Array(weights.length);
    const state = { weights, firstMoment: zeros, secondMoment: zeros, step: 0 };
    return this.#engine.load(spec, state, examples, settings);
  }

  trainEpoch(plan: EpochPlan): Promise<StepLosses> {
    return this.#engine.trainEpoch(plan);
  }

  latents(): Promise<Float32Array> {
    return this.#engine.encode(this.#loaded().examples.inputs);
  }

  state(): ReturnType<Trainer['state']> {
    return this.#engine.state();
  }

  kernels(): Promise<number> {
    const task = this.#loaded();
    return this.#countStep(task, async () => {
      const order = Uint32Array.from({ length: task.settings.batchSize }, (_, i) => i);
      await this.trainEpoch({ order, learningRate: 0.001, contrastiveWeight: 0.1, klWeight: 0 });
    });
  }

  dispose(): void {
    this.#engine.dispose();
  }

  #loaded(): Task {
    if (this.#task === null) throw new Error('Nothing is loaded.');
    return this.#task;
  }
}

export type CountStep = (task: Task, step: () => Promise<void>) => Promise<number>;

function tapeOf({ spec, settings, examples }: Task): Tape {
  return buildTape(spec, { ...tapeOptions(settings, examples), layout: WASM_LAYOUT });
}

/** Operations on numbers that a step takes. */
export function stepFlop(task: Task): number {
  const tape = tapeOf(task);
  const ops = PHASES.flatMap((phase) => tape.phases[phase]);
  return ops.reduce((sum, op) => sum + flopsOf(op, tape.batchSize), 0);
}

/** For the fused engines: the operations of the tape, which are no calls from outside. */
export const countTape: CountStep = (task) => {
  const tape = tapeOf(task);
  return Promise.resolve(PHASES.reduce((sum, phase) => sum + tape.phases[phase].length, 0));
};

/** For TensorFlow.js: what its profiler tells. */
export const countTfjs: CountStep = async (_, step) => {
  const tf = await import('@tensorflow/tfjs');
  const { kernels } = await tf.profile(async () => {
    await step();
    return [];
  });
  return kernels.length;
};
