/**
 * The run that is open in the worker: trains, pauses, saves checkpoints, survives a lost engine.
 *
 * A loop does one step at a time: load the run into the engine, train one epoch, save a checkpoint,
 * or finish. Commands (pause, step, train, stop) only note what is wanted; the loop reads that note
 * before each step. Between two steps it waits for one macrotask, so that the page's messages are
 * handled while a run trains.
 */
import { InputError } from '../../src/base/input-error';
import { EngineLostError } from '../../src/engines/engine';
import type { ScorerPlan } from '../../src/analysis/scoreboard/scoreboard';
import type { Model } from '../../src/model/model';
import { summaryOf } from '../../src/storage/summary-of';
import type { Timeline } from '../../src/timeline/timeline';
import { writeCheckpoint } from '../../src/training/checkpoint';
import type { FigureTaker } from '../../src/training/figures';
import type { TrainingCheckpoint, EpochRecord } from '../../src/training/progress';
import { sizeOf, type RunPlan } from '../../src/training/run-plan';
import { prepareRun } from '../../src/training/prepare-run';
import type { Run } from '../../src/training/run';
import type { EngineRoom } from './engine-room';
import { macrotask } from '../shared/macrotask';
import type { Phase } from './messages';
import { flatRows, type MapRows } from './map-rows';
import { reasonOf, type Emit } from './emit';
import { MeasuringEvents } from './measuring-events';
import { RunSaving, type Kept } from './run-saving';
import { RunTimeline } from './run-timeline';
import { Throttle } from '../shared/throttle';

export interface RunContext {
  readonly emit: Emit;
  readonly engines: EngineRoom;
  /** Takes the figures of a run. */
  readonly figures: (plan: ScorerPlan) => FigureTaker;
  /** Shows a frame, and what its map's rows are; both stay the caller's. */
  readonly show: (model: Model, rows: MapRows) => void;
  /** The list of saved runs has changed. */
  readonly listChanged: () => Promise<void>;
}

/** What a run goes on from. */
export interface Resumed extends Kept {
  readonly checkpoint: TrainingCheckpoint | null;
  /** How it came to where it stands. */
  readonly timeline: Timeline;
}

/**
 * Rows from which a run trains its first epoch before it is first shown and saved: to place them on
 * the map, and to keep the data set, would hold the first step up by a second.
 */
const LARGE = 20_000;

const NO_PROGRESS =
  'The figures have made no progress for nearly a minute and were given up; press Measure to take them again.';

const WEIGHTS_GONE =
  'The run has ended and its weights have left the engine, so its figures can no longer be taken.';

export type RunCommand = 'pause' | 'step' | 'train' | 'stop';

export class ActiveRun {
  readonly id: string;
  readonly #context: RunContext;
  readonly #giveBackLock: () => void;
  readonly #frameThrottle = Throttle.ofFrames();
  readonly #keepThrottle = new Throttle(2000, 10);
  /** Figures are asked for twice a second at most, in a tenth of this thread's time at most. */
  readonly #measureThrottle = new Throttle(500, 9);
  readonly #rows: MapRows;
  #plan: RunPlan;
  /** null until an engine holds the run. */
  #run: Run | null = null;
  /** The last one made, whether or not there was room to save it. */
  #checkpoint: TrainingCheckpoint | null;
  #frame: { readonly epoch: number; readonly model: Model } | null = null;
  #command: RunCommand = 'pause';
  #phase: Phase = 'idle';
  #work: Promise<void> | null = null;
  #ended = false;
  /** Epochs the page knows of. */
  #emittedEpochs = 0;
  readonly #saving: RunSaving;
  readonly #measuring: MeasuringEvents;
  readonly #timeline: RunTimeline;
  /** Whether an engine is to be loaded for nothing but figures. */
  #loadsToMeasure = false;

  constructor(
    id: string,
    plan: RunPlan,
    { checkpoint, timeline, savedAs, keepData }: Resumed,
    giveBackLock: () => void,
    context: RunContext,
  ) {
    this.id = id;
    this.#plan = plan;
    this.#rows = flatRows(plan.set.rows);
    this.#checkpoint = checkpoint;
    this.#giveBackLock = giveBackLock;
    this.#context = context;
    this.#saving = new RunSaving({ savedAs, keepData }, context);
    this.#timeline = new RunTimeline(plan, timeline, context.emit);
    this.#measuring = new MeasuringEvents(context.emit, () => {
      this.cancelMeasuring();
      this.#trouble(NO_PROGRESS, false);
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Says what the run is and what it has done so far. */
  announce(): void {
    const { name, recipe, set } = this.#plan;
    const history = this.#history();
    this.#emittedEpochs = history.length;
    this.#context.emit({
      type: 'run',
      id: this.id,
      name,
      recipe,
      words: [...set.words],
      ...sizeOf(this.#plan),
      resumable: !this.#ended,
      reason: null,
      history: [...history],
    });
    this.#timeline.announce(history.length);
    this.#measuring.announce();
  }

  /** Notes what is wanted and sets the loop going; `pause` on a run that is new sets it up. */
  command(command: RunCommand): void {
    if (this.#ended) return;
    this.#command = command;
    if (this.#work === null) this.#work = this.#runSteps();
    else if (command === 'pause') this.#enter('pausing');
    if (command === 'stop') this.#enter('stopping');
  }

  /** Gives up the figures that are being taken; none are taken until somebody wants them again. */
  cancelMeasuring(): void {
    if (this.#run?.measured ?? !this.#measuring.shown) return;
    this.#run?.cancelMeasuring();
    this.#loadsToMeasure = false;
    this.#measuring.cancel();
  }

  /**
   * Takes figures again: of the newest epoch now, unless epochs are being trained, and then of those.
   *
   * @throws InputError where the run has ended and its weights are not in the engine any more
   */
  measure(): void {
    if (!this.#measuring.cancelled) return;
    if (this.#run === null && this.#ended) {
      throw new InputError(WEIGHTS_GONE);
    }
    this.#measuring.resume();
    this.#run?.resumeMeasuring();
    this.#loadsToMeasure = this.#run === null;
    this.#work ??= this.#runSteps();
  }

  /** Pauses, keeps a checkpoint, and waits until nothing of the run uses the engine. */
  async settle(): Promise<void> {
    if (this.#work === null) return;
    if (this.#command !== 'stop') this.command('pause');
    await this.#work;
  }

  /**
   * Forgets the engine, which is about to be changed; the next step loads the new one.
   *
   * @returns the command that was being followed, to be given again
   */
  async leaveEngine(): Promise<RunCommand> {
    const command = this.#command;
    await this.settle();
    this.#dropRun();
    return command;
  }

  /** Gives it the name under which it is stored now. */
  rename(name: string): void {
    this.#saving.rename(name);
    this.#takeName(name);
  }

  #takeName(name: string): void {
    this.#plan = { ...this.#plan, name };
    if (this.#run !== null) this.#run.name = name;
    this.#frame = null;
  }

  /** Ends the tab's hold on the run; what was saved stands. */
  async close(): Promise<void> {
    await this.settle();
    this.#dropRun();
    this.#giveBackLock();
  }

  /** Leaves the engine. Figures of what was in it are given up, and nothing more is said of them. */
  #dropRun(): void {
    this.#run?.cancelMeasuring();
    this.#run = null;
    this.#measuring.onShare(1);
  }

  #history(): readonly EpochRecord[] {
    return this.#run?.history ?? this.#checkpoint?.progress.history ?? [];
  }

  async #runSteps(): Promise<void> {
    for (;;) {
      await macrotask();
      const step = this.#nextStep();
      // Nothing is awaited between this decision and the end, so no command is missed.
      if (step === null) break;
      try {
        await step();
      } catch (error) {
        if (!(await this.#survive(error))) break;
      }
    }
    this.#work = null;
    if (this.#ended) this.#giveBackLock();
    this.#enter(this.#ended ? 'done' : this.#checkpoint === null ? 'idle' : 'paused');
  }

  #nextStep(): (() => Promise<void>) | null {
    const run = this.#run;
    if (this.#ended) return run === null || this.#isKept(run) ? null : () => this.#keep(run);
    const stopped = this.#command === 'stop';
    if (run === null) {
      if (stopped && this.#checkpoint !== null) return () => this.#end();
      const wanted = this.#command !== 'pause' || this.#checkpoint === null || this.#loadsToMeasure;
      return wanted ? () => this.#prepare() : null;
    }
    const goesOn = !stopped && this.#command !== 'pause';
    const large = this.#plan.set.rows.length >= LARGE;
    // Training does not wait for the first figures.
    if (this.#checkpoint === null && !(goesOn && large)) return () => this.#keep(run, 'last');
    if (stopped || run.finished) return () => this.#end();
    if (goesOn) return () => this.#trainEpoch(run);
    return this.#isKept(run) ? null : () => this.#keep(run);
  }

  /** Whether the newest checkpoint is of the newest epoch, figures and all. */
  #isKept(run: Run): boolean {
    if (this.#checkpoint === null) return false;
    const { model, progress } = this.#checkpoint;
    return progress.epoch === run.history.length && (isMeasured(model) || !run.measures);
  }

  async #prepare(): Promise<void> {
    this.#enter('preparing');
    const engine = await this.#context.engines.engine();
    const { figures } = this.#context;
    this.#run = await prepareRun(this.#plan, engine, this.#checkpoint, {
      figures,
      onMeasuring: this.#measuring.onShare,
    });
    this.#loadsToMeasure = false;
    if (this.#measuring.cancelled) this.#run.cancelMeasuring();
    // Epochs after the checkpoint went down with an engine, and will be trained again.
    if (this.#emittedEpochs !== this.#history().length) this.announce();
  }

  async #trainEpoch(run: Run): Promise<void> {
    this.#enter('training');
    const { record, steps, seconds } = await run.nextEpoch();
    if (this.#command === 'step') this.#command = 'pause';
    this.#emittedEpochs = record.epoch;
    this.#context.emit({ type: 'epoch', record, steps, seconds });
    await this.#timeline.follow(run);
    await this.#measureThrottle.attempt(() => run.beginMeasuring());
    await this.#frameThrottle.attempt(async () => {
      await this.#look(run, 'last');
    });
    // Between two epochs as they come, the figures may be a few epochs old, as they say.
    await this.#keepThrottle.attempt(() => this.#keep(run, 'last'));
  }

  /** The model as it stands, which the page sees too. */
  async #look(run: Run, figures: 'newest' | 'last' = 'newest'): Promise<Model> {
    const epoch = run.history.length;
    const shown = this.#frame;
    if (shown?.epoch === epoch) {
      if (figures === 'last' || isMeasured(shown.model) || !run.measures) return shown.model;
    }
    const model = await run.frame(figures);
    this.#frame = { epoch, model };
    this.#timeline.note(model.document.run?.scoreboard ?? null);
    this.#context.show(model, this.#rows);
    return model;
  }

  async #keep(run: Run, figures: 'newest' | 'last' = 'newest'): Promise<void> {
    await this.#timeline.follow(run);
    const model = await this.#look(run, figures);
    this.#checkpoint = { model, progress: await run.progress() };
    await this.#save(this.#checkpoint);
  }

  async #end(): Promise<void> {
    if (this.#run !== null) {
      const model = await this.#look(this.#run);
      this.#checkpoint = { model, progress: await this.#run.progress() };
    }
    this.#ended = true;
    if (this.#checkpoint !== null) await this.#save(this.#checkpoint);
  }

  async #save({ model, progress }: TrainingCheckpoint): Promise<void> {
    const { name, recipe } = this.#plan;
    const bytes = writeCheckpoint(model, progress, await this.#timeline.packed());
    const summary = summaryOf(model, {
      id: this.id,
      savedAt: Date.now(),
      plannedEpochs: recipe.epochs,
      finished: this.#ended,
      bytes: bytes.length,
    });
    const saved = await this.#saving.save({ ...summary, name, epochs: progress.epoch }, bytes);
    // Another tab may have renamed it.
    if (saved !== null && saved.name !== name) this.#takeName(saved.name);
  }

  /** @returns whether the loop goes on after the error */
  async #survive(error: unknown): Promise<boolean> {
    this.#dropRun();
    this.#frame = null;
    this.#loadsToMeasure = false;
    try {
      if (!(error instanceof EngineLostError)) throw error;
      const successor = await this.#context.engines.replaceLost();
      if (this.#ended) throw new InputError(`${reasonOf(error)} ${WEIGHTS_GONE}`);
      const { device } = successor.description;
      const epoch = String(this.#checkpoint?.progress.epoch ?? 0);
      const reason = `${reasonOf(error)} The run goes on from epoch ${epoch} on ${device}.`;
      this.#trouble(reason, false);
      return true;
    } catch (fatal) {
      this.#command = 'pause';
      const stands =
        this.#checkpoint === null
          ? ''
          : ` The checkpoint of epoch ${String(this.#checkpoint.progress.epoch)} stands.`;
      this.#trouble(`${reasonOf(fatal)}${stands}`, true);
      return false;
    }
  }

  #trouble(reason: string, fatal: boolean): void {
    this.#context.emit({ type: 'trouble', reason, fatal });
  }

  #enter(phase: Phase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#context.emit({ type: 'phase', phase });
  }
}

/** Whether a model's figures are of the epoch it stands at. */
function isMeasured({ document: { run } }: Model): boolean {
  return run?.scoreboard?.epoch === run?.epochs;
}
