/**
 * The training loop, one epoch at a time. Knows neither worker, page nor files.
 *
 * Everything a run does follows from its recipe, its training set and its engine: the order of
 * rows from counted randomness, the schedules from the epochs before. So a run that is paused,
 * written down, read again and resumed goes on to the same bits.
 */
import { wordCentroids } from '../analysis/centroids';
import { fitProjection, project, type Projection } from '../analysis/projection';
import { pickRows } from '../analysis/pick-rows';
import { placeSchools } from '../analysis/schools/word-schools';
import { scoreboard } from '../analysis/scoreboard';
import type { SafeData, TrainingSet } from '../data/rows';
import type { Engine, TrainingState } from '../engines/engine';
import { PARAMETER_COUNT } from '../eq/parameters';
import { InputError } from '../input-error';
import { initialWeights } from '../model/initialise';
import type { Model, ModelDocument, Normaliser, Scoreboard } from '../model/model';
import { fitNormaliser, normalise } from '../model/normaliser';
import { Stream, randomPermutation } from '../random/threefry';
import type { EpochRecord, PlateauState, RunProgress } from './progress';
import { specOf, type Recipe } from './recipe';
import { afterEpoch, contrastiveWeight, initialPlateau, klWeight } from './schedule';

export interface RunPlan {
  readonly name: string;
  readonly recipe: Recipe;
  readonly data: Pick<SafeData, 'sha256' | 'synthetic'>;
  readonly set: TrainingSet;
}

/** A run between two epochs, to go on from. */
export interface Checkpoint {
  readonly model: Model;
  readonly progress: RunProgress;
}

export interface TrainedEpoch {
  readonly record: EpochRecord;
  /** Adam steps of the epoch. */
  readonly steps: number;
  /** Time the arithmetic took, the latents' included. */
  readonly seconds: number;
}

/**
 * Sets a run up: fits the normaliser to the training rows, loads the engine with the weights and
 * with the training rows alone.
 *
 * The map's axes turn towards the last epoch's after each epoch, drawn or not, so that the map does
 * not depend on how often it was drawn. That takes a third of the arithmetic's time again.
 *
 * @param from   where to go on from; null starts from counted random weights
 * @param follow false leaves the map alone until a frame is asked for: weights and figures are the
 *   same, and the map may be turned another way
 * @throws InputError where `from` is of another data set or split
 */
export async function prepareRun(
  plan: RunPlan,
  engine: Engine,
  from: Checkpoint | null = null,
  { follow = true } = {},
): Promise<Run> {
  const { recipe, set } = plan;
  if (from !== null) checkSameRun(plan, from.model.document);
  const training = indicesWhere(set.heldOut, 0);
  const spec = specOf(recipe);
  const settings = set.rows.map(({ setting }) => setting);
  const normaliser =
    from?.model.document.normaliser ??
    fitNormaliser(settings.filter((_, row) => set.heldOut[row] === 0));
  const inputs = normalise(settings, normaliser);

  const weights = from?.model.weights ?? initialWeights(spec, recipe.seed);
  await engine.load(
    spec,
    {
      weights,
      firstMoment: from?.progress.firstMoment ?? new Float32Array(weights.length),
      secondMoment: from?.progress.secondMoment ?? new Float32Array(weights.length),
      step: from?.progress.step ?? 0,
    },
    {
      rows: training.length,
      inputs: pickRows(inputs, PARAMETER_COUNT, training),
      labels: Int32Array.from(training, (row) => set.labels[row] ?? 0),
    },
    {
      batchSize: recipe.batchSize,
      dropout: recipe.dropout,
      temperature: recipe.temperature,
      contrastiveSelf: recipe.contrastiveSelf,
      reconstruction: comparable(recipe),
      seed: recipe.seed,
    },
    follow ? inputs : undefined,
  );
  const latents = await engine.encode(inputs);
  const projection = from?.model.map ?? fitMap(plan, latents, null);
  const prepared = { normaliser, inputs, latents, projection, follow };
  return new Run(plan, engine, prepared, from?.progress ?? null);
}

interface RunSize {
  readonly trainingRows: number;
  readonly heldOutRows: number;
  readonly stepsPerEpoch: number;
}

export function sizeOf({ recipe, set }: RunPlan): RunSize {
  const heldOutRows = indicesWhere(set.heldOut, 1).length;
  const trainingRows = set.rows.length - heldOutRows;
  return { trainingRows, heldOutRows, stepsPerEpoch: Math.ceil(trainingRows / recipe.batchSize) };
}

interface Prepared {
  readonly normaliser: Normaliser;
  /** Normalised parameters of all rows, [rows, 13]. */
  readonly inputs: Float32Array;
  /** [rows, latent] */
  readonly latents: Float32Array;
  readonly projection: Projection;
  /** Whether the engine gives latents after every epoch. */
  readonly follow: boolean;
}

/** A run between two epochs. Calls must not overlap: they use the one engine. */
export class Run {
  /** A run can be renamed while it trains. */
  name: string;
  readonly #plan: RunPlan;
  readonly #size: RunSize;
  readonly #engine: Engine;
  readonly #normaliser: Normaliser;
  readonly #inputs: Float32Array;
  readonly #follow: boolean;
  readonly #history: EpochRecord[];
  #plateau: PlateauState;
  /** Latents of all rows after the newest epoch that was followed, dropout off, [rows, latent]. */
  #latents: Float32Array;
  #projection: Projection;
  /** Whether latents and map are those of the newest epoch. */
  #followed = true;
  /** The engine's state after the newest epoch, once somebody asked for it. */
  #state: TrainingState | null = null;

  constructor(plan: RunPlan, engine: Engine, prepared: Prepared, progress: RunProgress | null) {
    this.name = plan.name;
    this.#plan = plan;
    this.#size = sizeOf(plan);
    this.#engine = engine;
    this.#normaliser = prepared.normaliser;
    this.#inputs = prepared.inputs;
    this.#follow = prepared.follow;
    this.#latents = prepared.latents;
    this.#projection = prepared.projection;
    this.#history = [...(progress?.history ?? [])];
    this.#plateau = progress?.plateau ?? initialPlateau(plan.recipe.learningRate);
  }

  /** The epochs trained so far. */
  get history(): readonly EpochRecord[] {
    return this.#history;
  }

  get finished(): boolean {
    return this.#history.length >= this.#plan.recipe.epochs;
  }

  /**
   * Trains one epoch.
   *
   * @throws InputError where the losses are no numbers any more; the run cannot go on then
   * @throws EngineLostError when the device is gone
   */
  async nextEpoch(): Promise<TrainedEpoch> {
    const { recipe } = this.#plan;
    const epoch = this.#history.length + 1;
    const { learningRate } = this.#plateau;
    const weights = {
      contrastiveWeight: contrastiveWeight(recipe, epoch),
      klWeight: klWeight(recipe, epoch),
    };
    this.#state = null;
    const start = performance.now();
    const { latents, ...losses } = await this.#engine.trainEpoch({
      order: randomPermutation(recipe.seed, Stream.shuffle, epoch, this.#size.trainingRows),
      learningRate,
      ...weights,
    });
    const seconds = (performance.now() - start) / 1000;
    const { reconstruction, contrastive, kl, total } = losses;
    if (![reconstruction, contrastive, kl, total].every(Number.isFinite)) {
      throw diverged(epoch, recipe);
    }
    const record: EpochRecord = {
      epoch,
      reconstruction,
      contrastive,
      kl,
      total,
      ...weights,
      learningRate,
    };
    this.#history.push(record);
    this.#plateau = afterEpoch(this.#plateau, total, recipe.plateauPatience);
    this.#followed = this.#follow;
    if (this.#follow) this.#turnTo(latents);
    return { record, steps: this.#size.stepsPerEpoch, seconds };
  }

  /** The model as it stands, with its map and figures; all its arrays are the caller's. */
  async frame(): Promise<Model> {
    const { recipe, data, set } = this.#plan;
    const { weights } = await this.#currentState();
    if (!this.#followed) this.#turnTo(await this.#engine.encode(this.#inputs));
    const centroids = wordCentroids(
      this.#latents,
      recipe.latent,
      set.labels,
      set.words.length,
      (row) => set.heldOut[row] === 0,
    );
    const schools = placeSchools(set, set.words.length, this.#latents, recipe.latent);
    return {
      document: {
        version: 1,
        spec: specOf(recipe),
        normaliser: this.#normaliser,
        words: set.words.map((word, label) => ({
          word,
          rows: set.labels.reduce((rows, of) => (of === label ? rows + 1 : rows), 0),
          centroid: listOf(centroids[label] ?? null),
          schools: schools.words[label] ?? [],
        })),
        run: {
          name: this.name,
          recipe,
          engine: this.#engine.description.name,
          epochs: this.#history.length,
          dataSha256: data.sha256,
          synthetic: data.synthetic,
          splitHash: set.splitHash,
          trainingRows: this.#size.trainingRows,
          heldOutRows: this.#size.heldOutRows,
          scoreboard: await this.#scoreboard(),
        },
      },
      weights: weights.slice(),
      map: {
        points: project(this.#latents, this.#projection),
        labels: set.labels.slice(),
        heldOut: set.heldOut.slice(),
        schools: schools.ofRow,
        origin: this.#projection.origin.slice(),
        axes: this.#projection.axes.slice(),
      },
    };
  }

  /** What a checkpoint keeps beside the model. */
  async progress(): Promise<RunProgress> {
    const { firstMoment, secondMoment, step } = await this.#currentState();
    return {
      epoch: this.#history.length,
      step,
      firstMoment,
      secondMoment,
      plateau: this.#plateau,
      history: [...this.#history],
    };
  }

  /** The figures; only the rows that they are of are decoded. */
  async #scoreboard(): Promise<Scoreboard> {
    const { recipe, set } = this.#plan;
    const rows = indicesWhere(set.heldOut, this.#size.heldOutRows > 0 ? 1 : 0);
    const latents = pickRows(this.#latents, recipe.latent, rows);
    return scoreboard({
      latents,
      inputs: pickRows(this.#inputs, PARAMETER_COUNT, rows),
      reconstruction: await this.#engine.decode(latents),
      labels: rows.map((row) => set.labels[row] ?? 0),
      heldOut: rows.map((row) => set.heldOut[row] ?? 0),
    });
  }

  /** Brings latents and map to the newest epoch. */
  #turnTo(latents: Float32Array): void {
    this.#latents = latents;
    this.#projection = fitMap(this.#plan, latents, this.#projection);
    this.#followed = true;
  }

  async #currentState(): Promise<TrainingState> {
    const state = this.#state ?? (await this.#engine.state());
    if (!allFinite(state.weights)) {
      throw diverged(this.#history.length, this.#plan.recipe);
    }
    this.#state = state;
    return state;
  }
}

/** The map's axes: those of the training rows. */
function fitMap(
  { recipe, set }: RunPlan,
  latents: Float32Array,
  previous: Projection | null,
): Projection {
  return fitProjection(latents, recipe.latent, previous, (row) => set.heldOut[row] === 0);
}

/** The loss of a step, as far as engines have it. */
export function comparable({ reconstruction }: Recipe): 'mse' | 'mae' {
  if (reconstruction === 'mse' || reconstruction === 'mae') return reconstruction;
  throw new InputError(`No engine trains with the loss "${reconstruction}" yet.`);
}

function diverged(epoch: number, { learningRate }: Recipe): InputError {
  return new InputError(
    `The losses stopped being numbers in epoch ${String(epoch)}: ` +
      `try a learning rate below ${String(learningRate)}.`,
  );
}

/** A plain loop: a call for every weight would be the dearest part of a frame. */
function allFinite(values: Float32Array): boolean {
  for (const value of values) if (!Number.isFinite(value)) return false;
  return true;
}

function checkSameRun({ data, set }: RunPlan, { run, words }: ModelDocument): void {
  if (run?.dataSha256 !== data.sha256) {
    throw new InputError('The checkpoint was trained on another data set.');
  }
  if (
    run.splitHash !== set.splitHash ||
    words.some(({ word }, label) => word !== set.words[label])
  ) {
    throw new InputError('The checkpoint was trained on other words or other held-out rows.');
  }
}

function indicesWhere(flags: Uint8Array, value: number): number[] {
  return Array.from(flags.keys()).filter((row) => flags[row] === value);
}

function listOf(centroid: Float64Array | null): number[] | null {
  return centroid === null ? null : Array.from(centroid);
}
