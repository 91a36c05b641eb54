/**
 * The training loop, one epoch at a time. Knows neither worker, page nor files.
 *
 * Everything a run does follows from its recipe, its training set and its engine: the order of
 * rows from counted randomness, the schedules from the epochs before. So a run that is paused,
 * written down, read again and resumed goes on to the same bits.
 */
import { wordCentroids } from '../analysis/metrics/centroids';
import { project } from '../analysis/projection';
import { pickRows, rowsWhere } from '../math/pick-rows';
import { noClusters, placeClusters } from '../analysis/word-clusters/word-clusters';
import { measuredRows } from '../analysis/scoreboard/measured-sample';
import type { Outcome } from '../analysis/scoreboard/scoreboard';
import type { Engine, TrainingState } from '../engines/engine';
import { FLAT_SETTING, PARAMETER_COUNT } from '../eq/parameters';
import { decodeRows, decoderInputs, encodeRows } from '../model/inference';
import { inputWidth } from '../model/inputs';
import type { Model, Scoreboard } from '../model/model';
import { wordHeadOf, wordsByHead } from '../model/word-head';
import { denormalise } from '../model/normaliser';
import type { Normaliser } from '../model/normaliser-schema';
import type { TimelineFrame } from '../timeline/timeline';
import { allFinite, diverged } from './divergence';
import type { RunFigures } from './figures';
import { stopsEarly, bestEpoch, validationLoss } from './early-stopping';
import { epochOrder } from './rows/epoch-order';
import type { LearntRows } from './rows/learnt-rows';
import type { EpochRecord, PlateauState, Progress } from './progress';
import type { ModelSpec } from '../recipe/model-spec';
import { specOf } from '../recipe/recipe';
import { RunMap, type MapStart, type PlacedRows } from './run-map';
import { sizeOf, type RunPlan, type RunSize } from './run-plan';
import {
  afterEpoch,
  contrastiveWeight,
  initialPlateau,
  klWeight,
  learningRateIn,
} from './schedule';

export interface TrainedEpoch {
  readonly record: EpochRecord;
  /** Adam steps of the epoch. */
  readonly steps: number;
  /** Time the arithmetic took, the latents' included. */
  readonly seconds: number;
}

/** What a run is set up with. */
export interface PreparedRun extends MapStart {
  readonly normaliser: Normaliser;
  /** What the encoder sees of all rows, [rows, input width]. */
  readonly inputs: Float32Array;
  /** The rows that are learnt from, as the engine has them. */
  readonly rows: Pick<LearntRows, 'labels' | 'people'>;
  /** Whether the engine gives latents after every epoch. */
  readonly follow: boolean;
  readonly figures: RunFigures;
}

/** A run between two epochs. Calls must not overlap: they use the one engine. */
export class Run {
  /** A run can be renamed while it trains. */
  name: string;
  readonly #plan: RunPlan;
  readonly #spec: ModelSpec;
  readonly #size: RunSize;
  readonly #engine: Engine;
  readonly #prepared: PreparedRun;
  /** Rows that early stopping listens to, of those of the set. */
  readonly #validation: readonly number[];
  readonly #history: EpochRecord[];
  #plateau: PlateauState;
  readonly #map: RunMap;
  /** The weights after the epoch with the best validation loss, where the run may stop early. */
  #bestWeights: Float32Array | null;
  /** The same once they have been brought back, at the end of the run; the engine's are older. */
  #finalWeights: Float32Array | null = null;
  /** Whether the map is that of the newest epoch. */
  #followed = true;
  /** Rows that figures are taken on, of those of the set. */
  readonly #measuredRows: readonly number[];
  readonly #figures: RunFigures;
  /** The engine's state after the newest epoch, once somebody asked for it. */
  #state: TrainingState | null = null;
  #measures = true;

  constructor(plan: RunPlan, engine: Engine, prepared: PreparedRun, progress: Progress | null) {
    this.name = plan.name;
    this.#plan = plan;
    this.#spec = specOf(plan.recipe, plan.set.words.length);
    this.#size = sizeOf(plan);
    this.#engine = engine;
    this.#prepared = prepared;
    this.#validation = rowsWhere(plan.set.validation, 1);
    this.#map = new RunMap(plan, prepared);
    this.#history = [...(progress?.history ?? [])];
    this.#plateau = progress?.plateau ?? initialPlateau(plan.recipe.learningRate);
    this.#bestWeights = progress?.bestWeights ?? null;
    this.#measuredRows = measuredRows(plan.set);
    this.#figures = prepared.figures;
  }

  /** The epochs trained so far. */
  get history(): readonly EpochRecord[] {
    return this.#history;
  }

  get finished(): boolean {
    const { recipe } = this.#plan;
    return this.#history.length >= recipe.epochs || stopsEarly(this.#history, recipe);
  }

  /**
   * Trains one epoch. After the last one of a run that may stop early, the weights are those of the
   * epoch with the best validation loss.
   *
   * @throws InputError where the losses are no numbers any more; the run cannot go on then
   * @throws EngineLostError when the device is gone
   */
  async nextEpoch(): Promise<TrainedEpoch> {
    const { recipe } = this.#plan;
    const epoch = this.#history.length + 1;
    const learningRate = learningRateIn(recipe, epoch, this.#plateau);
    const weights = {
      contrastiveWeight: contrastiveWeight(recipe, epoch),
      klWeight: klWeight(recipe, epoch),
    };
    this.#state = null;
    const start = performance.now();
    const { latents, ...losses } = await this.#engine.trainEpoch({
      order: epochOrder(this.#prepared.rows, recipe, epoch),
      learningRate,
      ...weights,
    });
    const validation = await this.#validate();
    const seconds = (performance.now() - start) / 1000;
    const { reconstruction, contrastive, kl, total } = losses;
    if (![reconstruction, contrastive, kl, total, validation ?? 0].every(Number.isFinite)) {
      throw diverged(epoch, recipe);
    }
    const record: EpochRecord = {
      epoch,
      reconstruction,
      contrastive,
      kl,
      total,
      validation,
      ...weights,
      learningRate,
    };
    this.#history.push(record);
    this.#plateau = afterEpoch(this.#plateau, total, recipe.plateauPatience);
    this.#followed = this.#prepared.follow;
    if (this.#followed) await this.#turnTo(latents);
    if (recipe.stopPatience > 0) await this.#keepBest();
    return { record, steps: this.#size.stepsPerEpoch, seconds };
  }

  /** Whether the newest figures are those of the newest epoch. */
  get measured(): boolean {
    return this.#figures.scoreboard?.epoch === this.#history.length;
  }

  /**
   * Sets the figures of the newest epoch going, unless others are still being taken: frames show
   * them once they are there. The engine is free again when this has ended.
   *
   * @throws EngineLostError when the device is gone
   */
  async beginMeasuring(): Promise<void> {
    if (!this.#measures || this.measured || this.#figures.busy) return;
    const outcome = await this.#outcome();
    // Measuring may have been cancelled meanwhile.
    if (this.measures) this.#figures.begin(outcome);
  }

  /**
   * Takes the figures of the newest epoch, unless they have been taken. The first time that is dear:
   * all that models are compared with is worked out, too.
   *
   * @returns those of the last epoch that has some, or null, where measuring is cancelled
   */
  async measure(): Promise<Scoreboard | null> {
    // Those of an earlier epoch may still be under way.
    for (;;) {
      const { scoreboard } = this.#figures;
      if (this.measured || !this.#measures) return scoreboard;
      await this.beginMeasuring();
      await this.#figures.settled();
    }
  }

  /** Whether figures are taken as the run trains; see {@link cancelMeasuring}. */
  get measures(): boolean {
    return this.#measures;
  }

  /** Gives up the figures that are being taken, and takes none until measuring is resumed. */
  cancelMeasuring(): void {
    this.#measures = false;
    this.#figures.cancel();
  }

  resumeMeasuring(): void {
    this.#measures = true;
  }

  /** What the model makes of the measured rows. */
  async #outcome(): Promise<Outcome> {
    const placed = await this.#placed();
    const { recipe } = this.#plan;
    const rows = this.#measuredRows.length;
    const centroids = this.#centroids(placed.latents);
    // All in one call, which costs an engine little more than one row.
    const known = centroids.flatMap((centroid) => (centroid === null ? [] : [...centroid]));
    const latents = pickRows(placed.latents, recipe.latent, this.#measuredRows);
    const asked = new Float32Array(latents.length + known.length);
    asked.set(latents);
    asked.set(decoderInputs(this.#spec, known), latents.length);
    const decoded = await this.#decode(asked);
    const head = this.#spec.wordHead === 0 ? null : wordHeadOf(this.#spec, await this.#weights());
    let at = rows;
    return {
      epoch: this.#history.length,
      latents,
      reconstruction: decoded.slice(0, rows * PARAMETER_COUNT),
      wordSettings: centroids.map((centroid) =>
        centroid === null ? null : denormalise(decoded, this.#prepared.normaliser, at++),
      ),
      headWords: head === null ? null : wordsByHead(latents, head),
    };
  }

  /**
   * The model as it stands, with its map and figures; all its arrays are the caller's.
   *
   * @param figures 'last': as they were last taken, which their `epoch` tells, and none before the
   *   first; the words have no clusters then
   */
  async frame(figures: 'newest' | 'last' = 'newest'): Promise<Model> {
    const { recipe, data, set } = this.#plan;
    const weights = await this.#weights();
    const { latents, projection } = await this.#placed();
    const scoreboard = figures === 'last' ? this.#figures.scoreboard : await this.measure();
    const centroids = this.#centroids(latents);
    const found = this.#figures.clusters ?? noClusters(set);
    const schools = placeClusters(found, latents, recipe.latent);
    return {
      document: {
        version: 1,
        spec: this.#spec,
        normaliser: this.#prepared.normaliser,
        words: set.words.map((word, label) => ({
          word,
          rows: set.labels.reduce((rows, of) => (of === label ? rows + 1 : rows), 0),
          centroid: centroids[label] == null ? null : Array.from(centroids[label]),
          schools: schools.words[label] ?? [],
          ...schools.offered[label],
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
          scoreboard,
        },
      },
      weights: weights.slice(),
      map: {
        points: project(latents, projection),
        labels: set.labels.slice(),
        heldOut: set.heldOut.slice(),
        schools: schools.ofRow,
        origin: projection.origin.slice(),
        axes: projection.axes.slice(),
      },
    };
  }

  /** Where the rows lie and what the words do after the newest epoch; all its arrays are the caller's. */
  async snapshot(): Promise<TimelineFrame> {
    const { latents, projection } = await this.#placed();
    const centroids = this.#centroids(latents);
    const known = centroids.flatMap((centroid) => (centroid === null ? [] : [...centroid]));
    const decoded = await this.#decode(Float32Array.from(decoderInputs(this.#spec, known)));
    let at = 0;
    const settings = centroids.flatMap((centroid) =>
      centroid === null ? FLAT_SETTING : denormalise(decoded, this.#prepared.normaliser, at++),
    );
    return {
      epoch: this.#history.length,
      points: project(latents, projection),
      settings: Float32Array.from(settings),
    };
  }

  /** What a checkpoint keeps beside the model. */
  async progress(): Promise<Progress> {
    const { firstMoment, secondMoment, step } = await this.#currentState();
    return {
      epoch: this.#history.length,
      step,
      firstMoment,
      secondMoment,
      plateau: this.#plateau,
      history: [...this.#history],
      // Once the run is over they are the model's.
      bestWeights: this.finished ? null : this.#bestWeights,
    };
  }

  /** The validation rows' loss with the weights as they are; null where there are no such rows. */
  async #validate(): Promise<number | null> {
    const { recipe, set } = this.#plan;
    if (this.#validation.length === 0) return null;
    const { inputs, normaliser } = this.#prepared;
    // On their own even where all rows have just been encoded: so the bits are the same either way.
    const latents = await this.#engine.encode(
      pickRows(inputs, inputWidth(recipe), this.#validation),
    );
    const decoded = await this.#engine.decode(latents);
    const settings = this.#validation.map((row) => set.rows[row]?.setting ?? []);
    return validationLoss(settings, decoded, normaliser, recipe);
  }

  /** Remembers the weights of the best epoch, and brings them back when the run is over. */
  async #keepBest(): Promise<void> {
    const best = bestEpoch(this.#history);
    if (best === this.#history.length) {
      this.#bestWeights = (await this.#currentState()).weights.slice();
    } else if (this.finished && this.#bestWeights !== null) {
      // Not through the engine: those of a group are loaded together, and the others still train.
      this.#finalWeights = this.#bestWeights;
      await this.#turnTo(encodeRows(this.#spec, this.#finalWeights, this.#prepared.inputs));
    }
  }

  /** By the engine, or by the best weights once they have been brought back. */
  async #decode(latents: Float32Array): Promise<Float32Array> {
    const best = this.#finalWeights;
    if (best !== null) return decodeRows(this.#spec, best, latents);
    return this.#engine.decode(latents);
  }

  /** Mean latent of each word's training rows. */
  #centroids(latents: Float32Array): (Float64Array | null)[] {
    const { recipe, set } = this.#plan;
    return wordCentroids(
      latents,
      recipe.latent,
      set.labels,
      set.words.length,
      (row) => set.heldOut[row] === 0,
    );
  }

  /** Latents and map of the newest epoch. */
  async #placed(): Promise<PlacedRows> {
    if (!this.#followed) return this.#turnTo(await this.#engine.encode(this.#prepared.inputs));
    return this.#map.placed();
  }

  /** Brings the map to the newest epoch. */
  async #turnTo(latents: Float32Array): Promise<PlacedRows> {
    const placed = await this.#map.turnTo(latents);
    this.#followed = true;
    return placed;
  }

  async #weights(): Promise<Float32Array> {
    return this.#finalWeights ?? (await this.#currentState()).weights;
  }

  async #currentState(): Promise<TrainingState> {
    const state = this.#state ?? (await this.#engine.state());
    if (!allFinite(state.weights)) throw diverged(this.#history.length, this.#plan.recipe);
    this.#state = state;
    return state;
  }
}
