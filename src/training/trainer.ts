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
import { SampleOf, sampleRows } from '../math/sample-rows';
import { noClusters, placeClusters } from '../analysis/word-clusters/word-clusters';
import { measuredRows } from '../analysis/scoreboard/measured-sample';
import type { Outcome, ScorerPlan } from '../analysis/scoreboard/scoreboard';
import type { Engine, TrainingState } from '../engines/engine';
import { FLAT_SETTING, PARAMETER_COUNT } from '../eq/parameters';
import { rememberedResponses } from '../eq/response-grid';
import { InputError } from '../base/input-error';
import { decodeRows, decoderInputs, encodeRows } from '../model/inference';
import { beginLatentSkip, initialWeights } from '../model/initialise';
import { encoderInputs, inputWidth } from '../model/inputs';
import type { Model, Scoreboard } from '../model/model';
import { wordHeadOf, wordsByHead } from '../model/word-head';
import { denormalise, fitNormaliser } from '../model/normaliser';
import type { Normaliser } from '../model/normaliser-schema';
import type { OnShare } from '../base/share';
import type { TimelineFrame } from '../timeline/timeline';
import { figuresHere, RunFigures, type FigureTaker } from './figures';
import { stopsEarly, bestEpoch, validationLoss } from './early-stopping';
import { epochOrder } from './rows/epoch-order';
import { examplesOf, stepSettings } from './rows/examples';
import { learntRows, type LearntRows } from './rows/learnt-rows';
import type { TrainingCheckpoint, EpochRecord, PlateauState, Progress } from './progress';
import type { ModelSpec } from '../recipe/model-spec';
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
  /** Is given how much of the figures is taken: 0 when they are begun, 1 at their end. */
  readonly onMeasuring?: OnShare;
}

/**
 * Sets a run up: fits the normaliser to the training rows, those kept for validation included, and
 * loads the engine with the weights and with the rows that are learnt from alone.
 *
 * The map's axes turn towards the last epoch's after each epoch, drawn or not, so that the map does
 * not depend on how often it was drawn. That takes a third of the arithmetic's time again.
 *
 * @param from   where to go on from; null starts from the plan's starting point, or counted random
 *   weights
 * @throws InputError where `from` is of another data set or split, or the run should stop early and
 *   has no validation rows to tell when
 */
export async function prepareRun(
  plan: RunPlan,
  engine: Engine,
  from: TrainingCheckpoint | null = null,
  { follow = true, figures = figuresHere, onMeasuring }: RunOptions = {},
): Promise<Run> {
  const { recipe, set, start } = plan;
  if (from !== null) checkSameRun(plan, from.model.document);
  checkStopping(plan);
  const spec = specOf(recipe, set.words.length);
  const settings = set.rows.map(({ setting }) => setting);
  const normaliser =
    from?.model.document.normaliser ??
    start?.normaliser ??
    fitNormaliser(
      recipe.normaliser,
      settings.filter((_, row) => set.heldOut[row] === 0),
    );
  const responsesOf = rememberedResponses();
  const inputs = encoderInputs(spec, settings, normaliser, responsesOf);

  const learnt = learntRows(set, recipe, responsesOf);
  const examples = examplesOf(recipe, normaliser, learnt, responsesOf);
  const weights =
    from?.model.weights ??
    start?.weights ??
    firstWeights(spec, recipe.seed, examples.inputs, learnt.people);
  const optimiser = from?.progress ?? start?.moments;
  await engine.load(
    spec,
    {
      weights,
      firstMoment: optimiser?.firstMoment ?? new Float32Array(weights.length),
      secondMoment: optimiser?.secondMoment ?? new Float32Array(weights.length),
      step: optimiser?.step ?? 0,
    },
    examples,
    stepSettings(recipe, normaliser),
    follow ? inputs : undefined,
  );
  const firstLatents = await firstLatentsOf(engine, weights, inputs);
  const projection = from?.model.map ?? null;
  const taker = figures({ set, normaliser, latent: recipe.latent, split: recipe.split });
  const runFigures = new RunFigures(taker, set, onMeasuring);
  const rows = { labels: learnt.labels, people: learnt.people };
  const prepared = {
    normaliser,
    inputs,
    rows,
    firstLatents,
    projection,
    follow,
    figures: runFigures,
  };
  return new Run(plan, engine, prepared, from?.progress ?? null);
}

/** Rows whose principal components a linear skip begins with, at most: of more, they hardly change. */
const MOST_ALONG_COMPONENTS = 10_000;

/** Of a new run; a linear skip to the latent begins with what people's rows vary along. */
function firstWeights(
  spec: ModelSpec,
  seed: number,
  inputs: Float32Array,
  people: number,
): Float32Array {
  const weights = initialWeights(spec, seed);
  if (spec.latentSkip) {
    const all = Array.from({ length: people }, (_, row) => row);
    const rows = sampleRows(all, MOST_ALONG_COMPONENTS, SampleOf.components);
    beginLatentSkip(weights, spec, pickRows(inputs, inputWidth(spec), rows));
  }
  return weights;
}

/**
 * Latents of all rows by the weights that a run begins with. To encode a hundred thousand rows takes
 * most of a second, so it waits until they are needed, where the engine can do that after training
 * has changed the weights.
 */
async function firstLatentsOf(
  engine: Engine,
  weights: Float32Array,
  inputs: Float32Array,
): Promise<Prepared['firstLatents']> {
  const encodeBy = engine.encodeBy?.bind(engine);
  if (encodeBy !== undefined) return () => encodeBy(weights, inputs);
  const latents = await engine.encode(inputs);
  return () => Promise.resolve(latents);
}

interface Prepared {
  readonly normaliser: Normaliser;
  /** What the encoder sees of all rows, [rows, input width]. */
  readonly inputs: Float32Array;
  /** The rows that are learnt from, as the engine has them. */
  readonly rows: Pick<LearntRows, 'labels' | 'people'>;
  /** Latents by the weights that the run begins with, whenever asked; [rows, latent]. */
  readonly firstLatents: () => Promise<Float32Array>;
  /** The map as it was when the run was last saved; null for a new run. */
  readonly projection: Projection | null;
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
  readonly #prepared: Prepared;
  /** Rows that early stopping listens to, of those of the set. */
  readonly #validation: readonly number[];
  readonly #history: EpochRecord[];
  #plateau: PlateauState;
  /**
   * Latents of all rows after the newest epoch that was followed, dropout off, [rows, latent]; null
   * before the first, until they are needed.
   */
  #latents: Float32Array | null = null;
  /** null until the rows of a new run are placed on its map. */
  #projection: Projection | null;
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
  #measures = true;

  constructor(plan: RunPlan, engine: Engine, prepared: Prepared, progress: Progress | null) {
    this.name = plan.name;
    this.#plan = plan;
    this.#spec = specOf(plan.recipe, plan.set.words.length);
    this.#size = sizeOf(plan);
    this.#engine = engine;
    this.#prepared = prepared;
    this.#validation = rowsWhere(plan.set.validation, 1);
    this.#projection = prepared.projection;
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
  async #placed(): Promise<{ latents: Float32Array; projection: Projection }> {
    if (!this.#followed) return this.#turnTo(await this.#engine.encode(this.#prepared.inputs));
    const latents = (this.#latents ??= await this.#prepared.firstLatents());
    const projection = (this.#projection ??= fitMap(this.#plan, latents, null));
    return { latents, projection };
  }

  /** Brings latents and map to the newest epoch. */
  async #turnTo(latents: Float32Array): Promise<{ latents: Float32Array; projection: Projection }> {
    // The first map may not have been needed before; all later ones turn towards it.
    const before =
      this.#projection ?? fitMap(this.#plan, await this.#prepared.firstLatents(), null);
    const projection = fitMap(this.#plan, latents, before);
    this.#latents = latents;
    this.#projection = projection;
    this.#followed = true;
    return { latents, projection };
  }

  async #weights(): Promise<Float32Array> {
    return this.#finalWeights ?? (await this.#currentState()).weights;
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
