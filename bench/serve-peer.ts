/** A peer's end of the line where it is written in JavaScript. */
import type { Engine, EpochPlan } from '../src/engines/engine';
import { Stream, randomPermutation } from '../src/math/threefry';
import { afterEpoch, contrastiveWeight, initialPlateau } from '../src/training/schedule';
import { received, type Answer, type Command, type RunSettings } from './protocol';
import type { StepLosses, Trainer } from './trainer';

/** What the place a peer runs in knows of it. */
export interface PeerPlace {
  /** Loads the peer's code, too. */
  readonly start: () => Promise<Trainer>;
  /** Trainers of as many runs, to be driven side by side. */
  readonly startGroup: (runs: number) => Promise<readonly Trainer[]>;
  /** An engine of the project, for a run of a whole recipe. */
  readonly startEngine: () => Promise<Engine>;
  readonly memory: () => Answer<'memory'>;
  /** Dispatches so far, of all kernels on the GPU. */
  readonly dispatches: () => number;
}

/** What the schedules say while only time is measured. */
const STEADY = { learningRate: 0.001, contrastiveWeight: 0.3, klWeight: 0 };

export class PeerServer {
  readonly #place: PeerPlace;
  #trainer: Trainer | null = null;
  #rows = 0;
  #batchSize = 0;
  /** Epochs since the task was loaded: the counter of the shuffles. */
  #epochs = 0;

  constructor(place: PeerPlace) {
    this.#place = place;
  }

  async answer(command: Command): Promise<Answer<Command['do']>> {
    switch (command.do) {
      case 'start':
        return this.#start(command);
      case 'load':
        return this.#load(command);
      case 'step':
        return this.#trainEpoch({ ...command, order: Uint32Array.from(command.order) });
      case 'state': {
        const { weights, firstMoment } = await this.#started().state();
        return { weights: Array.from(weights), firstMoment: Array.from(firstMoment) };
      }
      case 'train': {
        const rows = command.batches * this.#batchSize;
        let milliseconds = 0;
        for (let epoch = 0; epoch < command.epochs; epoch++) {
          const start = performance.now();
          const order = this.#shuffled().subarray(0, rows);
          const shuffled = performance.now();
          await this.#trainEpoch({ ...STEADY, order });
          // All rows are shuffled for what may be a small part of an epoch.
          const part = Math.min(1, rows / this.#rows);
          milliseconds += (shuffled - start) * part + performance.now() - shuffled;
        }
        return { milliseconds };
      }
      case 'run':
        return this.#run(command.run);
      case 'recipe': {
        const engine = await this.#place.startEngine();
        try {
          const { timeRecipe } = await import('./recipe-run');
          return await timeRecipe(engine, command.seconds);
        } finally {
          engine.dispose();
        }
      }
      case 'sweep':
        return sweep(await this.#place.startGroup(command.runs), command);
      case 'count':
        return this.#count();
      case 'memory':
        return this.#place.memory();
    }
  }

  async #start({ task }: Extract<Command, { do: 'start' }>): Promise<Answer<'start'>> {
    const loaded = received(task);
    const start = performance.now();
    const trainer = await this.#place.start();
    await trainer.load(loaded);
    const order = Uint32Array.from({ length: task.settings.batchSize }, (_, i) => i);
    await trainer.trainEpoch({ ...STEADY, order });
    const milliseconds = performance.now() - start;
    this.#trainer = trainer;
    this.#remember(task);
    return { milliseconds, device: trainer.device };
  }

  async #load({ task }: Extract<Command, { do: 'load' }>): Promise<Answer<'load'>> {
    await this.#started().load(received(task));
    this.#remember(task);
    return { loaded: true };
  }

  async #run(run: RunSettings): Promise<Answer<'run'>> {
    const start = performance.now();
    let plateau = initialPlateau(run.learningRate);
    let total = Number.NaN;
    for (let epoch = 1; epoch <= run.epochs; epoch++) {
      const weight = contrastiveWeight(run, epoch);
      const losses = await this.#trainEpoch({
        order: this.#shuffled(),
        learningRate: plateau.learningRate,
        contrastiveWeight: weight,
        klWeight: 0,
      });
      total = losses.reconstruction + weight * losses.contrastive;
      plateau = afterEpoch(plateau, total, run.plateauPatience);
    }
    await this.#started().latents();
    return { milliseconds: performance.now() - start, total };
  }

  async #count(): Promise<Answer<'count'>> {
    const before = this.#place.dispatches();
    await this.#trainEpoch({ ...STEADY, order: this.#shuffled().subarray(0, this.#batchSize) });
    const dispatches = this.#place.dispatches() - before;
    if (dispatches > 0) return { count: dispatches, of: 'dispatches' };
    return { count: await this.#started().kernels(), of: 'kernels' };
  }

  async #trainEpoch(plan: EpochPlan): Promise<StepLosses> {
    const { reconstruction, contrastive } = await this.#started().trainEpoch(plan);
    return { reconstruction, contrastive };
  }

  #remember({ rows, settings }: { rows: number; settings: { batchSize: number } }): void {
    this.#rows = rows;
    this.#batchSize = settings.batchSize;
    // As a run of the page or the command line begins.
    this.#epochs = 0;
  }

  #shuffled(): Uint32Array {
    this.#epochs += 1;
    return randomPermutation(1, Stream.shuffle, this.#epochs, this.#rows);
  }

  #started(): Trainer {
    if (this.#trainer === null) throw new Error('The peer has not started.');
    return this.#trainer;
  }
}

/** Times the runs, after a step that is not counted. */
async function sweep(
  trainers: readonly Trainer[],
  { task, batches }: Extract<Command, { do: 'sweep' }>,
): Promise<Answer<'sweep'>> {
  const loaded = received(task);
  const { settings } = loaded;
  const train = (batches: number): Promise<StepLosses[]> => {
    const order = Uint32Array.from({ length: batches * settings.batchSize }, (_, i) => i);
    return Promise.all(trainers.map((trainer) => trainer.trainEpoch({ ...STEADY, order })));
  };
  try {
    await Promise.all(
      trainers.map((trainer, run) =>
        trainer.load({ ...loaded, settings: { ...settings, seed: settings.seed + run } }),
      ),
    );
    await train(1);
    const start = performance.now();
    await train(batches);
    return { milliseconds: performance.now() - start };
  } finally {
    for (const trainer of trainers) trainer.dispose();
  }
}
