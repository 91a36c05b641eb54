/**
 * The training loop, one epoch at a time. Knows neither worker, page nor files.
 *
 * Everything a run does follows from its recipe, its training set and its engine: the order of
 * rows from counted randomness, the schedules from the epochs before. So a run that is paused,
 * written down, read again and resumed goes on to the same bits.
 */
import { wordCentroids } from '../analysis/metrics/centroids';
import { fitProjection, project, type Projection } from '../analysis/projection';
import { pickRows, rowsWhere } from '../math/pick-rows';
import { noClusters, placeClusters } from '../analysis/word-clusters/word-clusters';
import { measuredRows } from '../analysis/scoreboard/measured-sample';
import type { Outcome, ScorerPlan } from '../analysis/scoreboard/scoreboard';
import type { Engine, TrainingState } from '../engines/engine';
import { PARAMETER_COUNT } from '../eq/parameters';
import { InputError } from '../base/input-error';
import { decodeRows, decoderInputs, encodeRows } from '../model/inference';
import { initialWeights } from '../model/initialise';
import { encoderInputs, inputWidth } from '../model/inputs';
import type { Model, Scoreboard } from '../model/model';
import { denormalise, fitNormaliser } from '../model/normaliser';
import type { Normaliser } from '../model/normaliser-schema';
import { figuresHere, RunFigures, type FigureTaker } from './figures';
import { stopsEarly, bestEpoch, validationLoss } from './early-stopping';
import { epochOrder } from './rows/epoch-order';
import { examplesOf, stepSettings } from './rows/examples';
import { learntRows } from './rows/learnt-rows';
import type { TrainingCheckpoint, EpochRecord, PlateauState, Progress } from './progress';
import { specOf, type Recipe } from '../recipe/recipe';
import { checkSameRun, checkStopping, sizeOf, type RunPlan, type RunSize } from './run-plan';
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

export interface RunOptions {
  /**
   * false leaves the map alone until a frame is asked for: weights and figures are the same, and the
   * map may be turned another way.
   */
  readonly follow?: boolean;
  /** What takes the figures; this thread where left out. */
  readonly figures?: (plan: ScorerPlan) => FigureTaker;
}

/**
 * Sets a run up: fits the normaliser to the training rows, those kept for validation included, and
 * loads the engine with the weights and with the rows that are learnt from alone.
 *
 * The map's axes turn towards the last epoch's after each epoch, drawn or not, so that the map does
 * not depend on how often it was drawn. That takes a third of the arithmetic's time again.
 *
 * @param from   where to go on from; null starts from counted random weights
 * @throws InputError where `from` is of another data set or split, or the run should stop early and
 *   has no validation rows to tell when
 */
export async function prepareRun(
  plan: RunPlan,
  engine: Engine,
  from: TrainingCheckpoint | null = null,
  { follow = true, figures = figuresHere }: RunOptions = {},
): Promise<Run> {
  const { recipe, set } = plan;
  if (from !== null) checkSameRun(plan, from.model.document);
  checkStopping(plan);
  const spec = specOf(recipe);
  const settings = set.rows.map(({ setting }) => setting);
  const normaliser =
    from?.model.document.normaliser ??
    fitNormaliser(
      recipe.normaliser,
      settings.filter((_, row) => set.heldOut[row] === 0),
    );
  const inputs = encoderInputs(spec, settings, normaliser);

  const { settings: learnt, labels } = learntRows(set, recipe);
  const weights = from?.model.weights ?? initialWeights(spec, recipe.seed);
  await engine.load(
    spec,
    {
      weights,
      firstMoment: from?.progress.firstMoment ?? new Float32Array(weights.length),
      secondMoment: from?.progress.secondMoment ?? new Float32Array(weights.length),
      step: from?.progress.step ?? 0,
    },
    examplesOf(recipe, normaliser, learnt, labels),
    stepSettings(recipe, normaliser),
    follow ? inputs : undefined,
  );
  const latents = await engine.encode(inputs);
  const projection = from?.model.map ?? fitMap(plan, latents, null);
  const taker = figures({ set, normaliser, latent: recipe.latent, split: recipe.split });
  const prepared = { normaliser, inputs, labels, latents, projection, follow, figures: taker };
  return new Run(plan, engine, prepared, from?.progress ?? null);
}

interface Prepared {
  readonly normaliser: Normaliser;
  /** What the encoder sees of all rows, [rows, input width]. */
  readonly inputs: Float32Array;
  /** Of the rows that are learnt from, as the engine has them; −1 for a row without a word. */
  readonly labels: Int32Array;
  /** [rows, latent] */
  readonly latents: Float32Array;
  readonly projection: Projection;
  /** Whether the engine gives latents after every epoch. */
  readonly follow: boolean;
  readonly figures: FigureTaker;
}

/** A run between two epochs. Calls must not overlap: they use the one engine. */
export class Run {
  /** A run can be renamed while it trains. */
  name: string;
  readonly #plan: RunPlan;
  readonly #size: RunSize;
  readonly #engine: Engine;
  readonly #prepared: Prepared;
  /** Rows that early stopping listens to, of those of the set. */
  readonly #validation: readonly number[];
  readonly #history: EpochRecord[];
  #plateau: PlateauState;
  /** Latents of all rows after the newest epoch that was followed, dropout off, [rows, latent]. */
  #latents: Float32Array;
  #projection: Projection;
  /** The weights after the epoch with the best validation loss, where the run may stop early. */
  #bestWeights: Float32Array | null;
  /** The same once they have been brought back, at the end of the run; the engine's are older. */
  #finalWeights: Float32Array | null = null;
  /** Whether latents and map are those of the newest epoch. */
  #followed = true;
  /** Rows that figures are taken on, of those of the set. */
  readonly #measuredRows: readonly number[];
  readonly #figures: RunFigures;
  /** The engine's state after the newest epoch, once somebody asked for it. */
  #state: TrainingState | null = null;

  constructor(plan: RunPlan, engine: Engine, prepared: Prepared, progress: Progress | null) {
    this.name = plan.name;
    this.#plan = plan;
    this.#size = sizeOf(plan);
    this.#engine = engine;
    this.#prepared = prepared;
    this.#validation = rowsWhere(plan.set.validation, 1);
    this.#latents = prepared.latents;
    this.#projection = prepared.projection;
    this.#history = [...(progress?.history ?? [])];
    this.#plateau = progress?.plateau ?? initialPlateau(plan.recipe.learningRate);
    this.#bestWeights = progress?.bestWeights ?? null;
    this.#measuredRows = measuredRows(plan.set);
    this.#figures = new RunFigures(prepared.figures);
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
      order: epochOrder(this.#prepared.labels, recipe, epoch),
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
    if (this.#followed) this.#turnTo(latents);
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
    if (this.measured || this.#figures.busy) return;
    this.#figures.begin(await this.#outcome());
  }

  /**
   * Takes the figures of the newest epoch, unless they have been taken. The first time that is dear:
   * all that models are compared with is worked out, too.
   */
  async measure(): Promise<Scoreboard> {
    // Those of an earlier epoch may still be under way.
    for (;;) {
      const { scoreboard } = this.#figures;
      if (scoreboard !== null && this.measured) return scoreboard;
      await this.beginMeasuring();
      await this.#figures.settled();
    }
  }

  /** What the model makes of the measured rows. */
  async #outcome(): Promise<Outcome> {
    await this.#catchUp();
    const { recipe } = this.#plan;
    const rows = this.#measuredRows.length;
    const centroids = this.#centroids();
    // All in one call, which costs an engine little more than one row.
    const known = centroids.flatMap((centroid) => (centroid === null ? [] : [...centroid]));
    const latents = pickRows(this.#latents, recipe.latent, this.#measuredRows);
    const asked = new Float32Array(latents.length + known.length);
    asked.set(latents);
    asked.set(decoderInputs(recipe, known), latents.length);
    const decoded = await this.#decode(asked);
    let at = rows;
    return {
      epoch: this.#history.length,
      latents,
      reconstruction: decoded.slice(0, rows * PARAMETER_COUNT),
      wordSettings: centroids.map((centroid) =>
        centroid === null ? null : denormalise(decoded, this.#prepared.normaliser, at++),
      ),
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
    const weights = this.#finalWeights ?? (await this.#currentState()).weights;
    await this.#catchUp();
    const scoreboard = figures === 'last' ? this.#figures.scoreboard : await this.measure();
    const centroids = this.#centroids();
    const schools = placeClusters(
      this.#figures.clusters ?? noClusters(set),
      this.#latents,
      recipe.latent,
    );
    return {
      document: {
        version: 1,
        spec: specOf(recipe),
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
      const { recipe } = this.#plan;
      this.#turnTo(encodeRows(specOf(recipe), this.#finalWeights, this.#prepared.inputs));
    }
  }

  /** By the engine, or by the best weights once they have been brought back. */
  async #decode(latents: Float32Array): Promise<Float32Array> {
    const best = this.#finalWeights;
    if (best !== null) return decodeRows(specOf(this.#plan.recipe), best, latents);
    return this.#engine.decode(latents);
  }

  /** Mean latent of each word's training rows. */
  #centroids(): (Float64Array | null)[] {
    const { recipe, set } = this.#plan;
    return wordCentroids(
      this.#latents,
      recipe.latent,
      set.labels,
      set.words.length,
      (row) => set.heldOut[row] === 0,
    );
  }

  async #catchUp(): Promise<void> {
    if (!this.#followed) this.#turnTo(await this.#engine.encode(this.#prepared.inputs));
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
  return fitProjection(latents, recipe.latent, previous, rowsWhere(set.heldOut, 0));
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
