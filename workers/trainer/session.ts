/** The worker's side of the conversation: hands every command to the service it is for. */
import { CommandQueue } from './command-queue';
import { reasonOf, type Emit } from './emit';
import { EngineRoom } from './engine-room';
import { commandTypeOf, parseCommand, type Command } from './messages';
import { DataService } from './services/data-service';
import { LibraryService } from './services/library-service';
import { ListeningService } from './services/listening-service';
import { ModelService } from './services/model-service';
import { RunList } from './services/run-list';
import { RunService } from './services/run-service';
import { ShownModel } from './services/shown-model';
import { SweepService } from './services/sweep-service';
import { BROWSER_STORAGE, type TrainerStorage } from './storage';

/**
 * Commands that change which data, run or engine is in use. They are served strictly in order; all
 * others may overtake one that waits for another tab, or reads a file.
 */
const IN_ORDER: ReadonlySet<Command['type']> = new Set([
  'load-data',
  'read-again',
  'add-row',
  'take-back-row',
  'choose-engine',
  'start',
  'start-sweep',
  'open-model',
  'open-link',
  'open-shared',
  'open-ready-made',
  'show-ready-made',
  'open-run',
  'delete-run',
] as const);

/**
 * Commands that give something up. They are served at once: what they give up may be what the others
 * wait for.
 */
const AT_ONCE: ReadonlySet<Command['type']> = new Set([
  'cancel-reading',
  'cancel-measuring',
] as const);

export class Session {
  readonly #emit: Emit;
  readonly #served: () => void;
  readonly #queue = new CommandQueue();
  readonly #data: DataService;
  readonly #shown: ShownModel;
  readonly #runs: RunService;
  readonly #sweeps: SweepService;
  readonly #library: LibraryService;
  readonly #models: ModelService;
  readonly #listening: ListeningService;

  /** @param served called whenever a message has been served, or refused */
  constructor(
    emit: Emit,
    storage: TrainerStorage = BROWSER_STORAGE,
    served: () => void = () => undefined,
  ) {
    const queue = this.#queue;
    const engines = new EngineRoom(emit);
    const list = new RunList(emit, storage);
    const data = new DataService(emit, storage);
    const shown = new ShownModel(emit, data);
    const runs = new RunService({ emit, engines, data, shown, list, storage });
    this.#emit = emit;
    this.#served = served;
    this.#data = data;
    this.#shown = shown;
    this.#runs = runs;
    this.#sweeps = new SweepService({ emit, engines, data, runs, list });
    this.#library = new LibraryService({ emit, queue, data, shown, runs, list, storage });
    this.#models = new ModelService({ emit, engines, shown, runs, data });
    this.#listening = new ListeningService(emit, storage);
  }

  /** Takes a message of the page, which may be anything. Training goes on beside the commands. */
  receive(message: unknown): void {
    const type = commandTypeOf(message);
    const reads = type === 'load-data' || type === 'read-again';
    // The reading before is given up, served or not.
    const signal = reads ? this.#data.nextReading(type) : null;
    const serve = async (): Promise<void> => {
      try {
        await this.#serve(parseCommand(message), signal);
      } catch (error) {
        const reason = reasonOf(error);
        if (type === null) this.#emit({ type: 'trouble', reason, fatal: false });
        else this.#emit({ type: 'refused', what: type, reason });
      } finally {
        this.#served();
      }
    };
    if (type !== null && AT_ONCE.has(type)) void serve();
    else this.#queue.add(serve, { mayOvertake: type === null || !IN_ORDER.has(type) });
  }

  /** @param signal aborts what the command reads; null where it reads nothing */
  async #serve(command: Command, signal: AbortSignal | null): Promise<void> {
    switch (command.type) {
      case 'load-data':
        return this.#read(this.#data.load(command, signal));
      case 'read-again':
        return this.#read(this.#data.readAgain(command, signal));
      case 'cancel-reading':
        this.#data.cancelReading();
        return;
      case 'add-row':
        await this.#data.addRow(command);
        this.#shown.dataLoaded();
        return;
      case 'take-back-row':
        this.#data.takeBackRow();
        this.#shown.dataLoaded();
        return;
      case 'export-data':
        this.#data.export();
        return;
      case 'audit':
        this.#data.audit();
        return;
      case 'clean':
        this.#data.clean(command);
        return;
      case 'choose-engine':
        return this.#runs.chooseEngine(command);
      case 'start':
        this.#sweeps.refuseWhileTraining();
        return this.#runs.start(command);
      case 'pause':
      case 'stop':
        this.#runs.command(command.type);
        return;
      case 'step':
        this.#sweeps.refuseWhileTraining();
        this.#runs.command('step');
        return;
      case 'resume':
        this.#sweeps.refuseWhileTraining();
        this.#runs.command('train');
        return;
      case 'cancel-measuring':
        this.#runs.cancelMeasuring();
        return;
      case 'measure':
        this.#sweeps.refuseWhileTraining();
        this.#runs.measure();
        return;
      case 'start-sweep':
        this.#sweeps.refuseWhileTraining();
        return this.#sweeps.start(command);
      case 'stop-sweep':
        this.#sweeps.stop();
        return;
      case 'list-runs':
        return this.#library.list();
      case 'open-run':
        return this.#library.open(command);
      case 'rename-run':
        return this.#library.rename(command);
      case 'delete-run':
        return this.#library.delete(command);
      case 'note-run':
        return this.#library.note(command);
      case 'duplicate-run':
        return this.#library.duplicate(command);
      case 'look-over-runs':
        return this.#library.lookOver();
      case 'export-library':
        return this.#library.export();
      case 'import-library':
        return this.#library.import(command);
      case 'keep-model':
        return this.#library.keepModel(command);
      case 'compare':
        return this.#library.compare(command);
      case 'open-model':
        return this.#models.openFile(command);
      case 'open-link':
        return this.#models.openLink(command);
      case 'open-shared':
        return this.#models.openShared(command);
      case 'open-ready-made':
        return this.#models.openReadyMade(command);
      case 'show-ready-made':
        return this.#models.showReadyMade(command);
      case 'export':
        return this.#models.export(command);
      case 'evaluate':
        return this.#models.evaluate();
      case 'make-shared-file':
        return this.#models.makeSharedFile();
      case 'share':
        // The queue goes on: whoever only looks at a model is not to wait for its link.
        this.#models.share(command).catch((error: unknown) => {
          this.#emit({ type: 'refused', what: command.type, reason: reasonOf(error) });
        });
        return;
      case 'draw-apart':
        this.#shown.drawApart(command);
        return;
      case 'save-listening-test':
        return this.#listening.save(command);
      case 'list-listening-tests':
        return this.#listening.list();
      case 'delete-listening-test':
        return this.#listening.delete(command);
    }
  }

  /** Runs can be paused, and lists be looked at, while a file is read. */
  async #read(reading: Promise<boolean>): Promise<void> {
    if (await this.#queue.standAside(reading)) this.#shown.dataLoaded();
  }
}
