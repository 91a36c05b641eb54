/** The run that is open in this tab, and the engine it trains on. */
import { InputError } from '../../../src/base/input-error';
import { trainingSetFor } from '../../../src/training/rows/as-chosen';
import { EMPTY_TIMELINE } from '../../../src/timeline/timeline';
import type { RunPlan } from '../../../src/training/run-plan';
import { leakWarning, trainOn } from '../../../src/training/train-on';
import { FigureThread } from '../../figures/figure-thread';
import { ActiveRun, type RunCommand, type RunContext } from '../active-run';
import type { Emit } from '../emit';
import type { EngineRoom } from '../engine-room';
import type { CommandOf } from '../messages';
import type { SavedRun } from '../saved-run';
import type { TrainerStorage } from '../storage';
import type { DataService } from './data-service';
import type { RunList } from './run-list';
import type { ShownModel } from './shown-model';

interface RunServices {
  readonly emit: Emit;
  readonly engines: EngineRoom;
  readonly data: DataService;
  readonly shown: ShownModel;
  readonly list: RunList;
  readonly storage: Pick<TrainerStorage, 'holdRun'>;
}

export class RunService {
  readonly #services: RunServices;
  readonly #context: RunContext;
  /** The last one opened, ended or not. */
  #run: ActiveRun | null = null;

  constructor(services: RunServices) {
    this.#services = services;
    const { emit, engines, shown, list } = services;
    const figures = new FigureThread();
    this.#context = {
      emit,
      engines,
      figures: (plan) => figures.open(plan),
      show: (model, rows) => {
        shown.showTraining(model, rows, this.#run?.id ?? null);
      },
      listChanged: () => list.changed(),
    };
  }

  async start({ words, recipe, name, paused, from }: CommandOf<'start'>): Promise<void> {
    const { data: dataService, storage } = this.#services;
    const data = dataService.loaded();
    const set = await trainingSetFor(recipe, data, words);
    const anew: RunPlan = { name, recipe, data, set };
    const plan = from === undefined ? anew : this.#fromShown(anew);
    await this.close();
    const id = crypto.randomUUID();
    const giveBackLock = await storage.holdRun(id);
    if (giveBackLock === null) throw new Error('The new run is held by another tab.');
    this.#run = new ActiveRun(
      id,
      plan,
      {
        checkpoint: null,
        timeline: EMPTY_TIMELINE,
        savedAs: null,
        keepData: () => dataService.keep(data),
      },
      giveBackLock,
      this.#context,
    );
    this.#run.announce();
    this.#run.command(paused ? 'pause' : 'train');
  }

  /** @throws InputError naming how the shown model differs from the run's */
  #fromShown(plan: RunPlan): RunPlan {
    const { emit, shown } = this.#services;
    const { model } = shown;
    const begun = trainOn(plan, model);
    const reason = leakWarning(plan, model);
    if (reason !== null) emit({ type: 'trouble', reason, fatal: false });
    return begun;
  }

  /** @throws InputError where there is no run that could do it */
  command(command: RunCommand): void {
    if (this.#run === null) throw new InputError('No run is set up: start one first.');
    if (this.#run.ended) throw new InputError('The run has ended: start a new one.');
    this.#run.command(command);
  }

  /** Gives up the figures that are being taken. */
  cancelMeasuring(): void {
    this.#run?.cancelMeasuring();
  }

  /** @throws InputError where there is no run whose figures could be taken */
  measure(): void {
    if (this.#run === null) throw new InputError('No run is set up: start or open one first.');
    this.#run.measure();
  }

  /** Changes the engine; a run that trains goes on with the new one. */
  async chooseEngine({ choice }: CommandOf<'choose-engine'>): Promise<void> {
    const { engines } = this.#services;
    if (this.#run === null || engines.has(choice)) {
      await engines.choose(choice);
      return;
    }
    const command = await this.#run.leaveEngine();
    try {
      await engines.choose(choice);
    } finally {
      this.#run.command(command);
    }
  }

  /** Whether a run is open that has not ended. */
  get active(): boolean {
    return this.#run?.ended === false;
  }

  isOpen(id: string): boolean {
    return this.#run?.id === id;
  }

  /**
   * Pauses and describes the run to the page once more, if it is open and has not ended.
   *
   * @returns whether it is
   */
  async reopen(id: string): Promise<boolean> {
    const run = this.#run;
    if (run?.id !== id || run.ended) return false;
    await run.settle();
    run.announce();
    this.#services.shown.showAgain(id);
    return true;
  }

  /** Opens a saved run, paused. From now on the lock is the run's, which gives it back. */
  takeUp(
    { id, model, progress, timeline, savedAs }: SavedRun,
    plan: RunPlan,
    giveBackLock: () => void,
  ): void {
    const checkpoint = progress === null ? null : { model, progress };
    this.#run = new ActiveRun(
      id,
      plan,
      { checkpoint, timeline, savedAs, keepData: null },
      giveBackLock,
      this.#context,
    );
    this.#run.announce();
    this.#services.shown.showSaved(model, id);
    this.#run.command('pause');
  }

  rename(id: string, name: string): void {
    if (this.#run?.id === id) this.#run.rename(name);
  }

  /** Pauses the run, keeps a checkpoint, and waits until nothing of it uses the engine. */
  async settle(): Promise<void> {
    await this.#run?.settle();
  }

  /** Leaves the run as it was saved last; another tab may open it. */
  async close(): Promise<void> {
    await this.#run?.close();
    this.#run = null;
  }
}
