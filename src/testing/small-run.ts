/** A small run, and an engine that tells what it was given. For tests only. */
import type { SafeRow, TrainingSet } from '../data/rows';
import type { Engine, EpochPlan, EpochResult, Examples, TrainingState } from '../engines/engine';
import { EQ_PARAMETERS } from '../eq/parameters';
import { randomUniform } from '../math/threefry';
import { writeCheckpoint } from '../training/checkpoint';
import type { TrainingCheckpoint } from '../training/progress';
import type { Recipe } from '../recipe/recipe';
import { RECIPES } from '../recipe/recipes';
import type { RunPlan } from '../training/run-plan';
import type { Run } from '../training/run';

export const smallRecipe: Recipe = {
  ...RECIPES['seed-v2'].recipe,
  latent: 3,
  hidden: [8, 6],
  projection: 5,
  dropout: 0.2,
  epochs: 5,
  batchSize: 16,
  learningRate: 0.01,
  plateauPatience: 1,
  contrastiveStart: 0.2,
  contrastiveEnd: 0.6,
  seed: 7,
};

/** Three words whose first gains differ; everything else is seeded noise inside the bounds. */
export function smallRows(count: number): SafeRow[] {
  return Array.from({ length: count }, (_, row) => ({
    line: row + 1,
    word: ['bright', 'dark', 'warm'][row % 3] ?? '',
    contributor: (row % 10) + 1,
    setting: EQ_PARAMETERS.map(({ kind, min, max }, i) => {
      const u = randomUniform(99, 1000, row, i);
      if (i === 0) return 4 * ((row % 3) - 1) + u;
      return kind === 'gain' ? min + u * (max - min) : min * (max / min) ** u;
    }),
  }));
}

/** 50 rows, of which contributors 3 and 7 are held out. */
export function smallSet(all: SafeRow[] = smallRows(50)): TrainingSet {
  return {
    words: ['bright', 'dark', 'warm'],
    rows: all,
    labels: Int32Array.from(all, (_, row) => row % 3),
    heldOut: Uint8Array.from(all, ({ contributor }) => Number([3, 7].includes(contributor))),
    validation: new Uint8Array(all.length),
    others: [],
    splitHash: 'b'.repeat(64),
  };
}

export const smallPlan: RunPlan = {
  name: 'A small run',
  recipe: smallRecipe,
  data: { sha256: 'a'.repeat(64), synthetic: true },
  set: smallSet(),
};

/** The real engine, and what it was given. */
export class WatchedEngine implements Engine {
  readonly description;
  readonly #engine: Engine;
  readonly plans: EpochPlan[] = [];
  examples: Examples = { rows: 0, inputs: new Float32Array(), labels: new Int32Array() };

  constructor(engine: Engine) {
    this.#engine = engine;
    this.description = engine.description;
  }

  load(...given: Parameters<Engine['load']>): Promise<void> {
    this.examples = given[2];
    return this.#engine.load(...given);
  }
  trainEpoch(given: EpochPlan): Promise<EpochResult> {
    this.plans.push(given);
    return this.#engine.trainEpoch(given);
  }
  encode(inputs: Float32Array): Promise<Float32Array> {
    return this.#engine.encode(inputs);
  }
  decode(latents: Float32Array): Promise<Float32Array> {
    return this.#engine.decode(latents);
  }
  state(): Promise<TrainingState> {
    return this.#engine.state();
  }
  dispose(): void {
    this.#engine.dispose();
  }
}

/** Trains so many epochs more. */
export async function trainEpochs(run: Run, epochs: number): Promise<TrainingCheckpoint> {
  for (let i = 0; i < epochs; i++) await run.nextEpoch();
  return { model: await run.frame(), progress: await run.progress() };
}

export function bytesOf({ model, progress }: TrainingCheckpoint): Uint8Array {
  return writeCheckpoint(model, progress);
}
