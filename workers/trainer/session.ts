/** The worker's side of the conversation: owns data, engine, run and what is shown. */
import { placeWords, wantsPlaces } from '../../src/analysis/place-words';
import { parseSafeCsv } from '../../src/data/parse-safe-csv';
import { auditData } from '../../src/data/audit/audit';
import { cleanAndCount } from '../../src/data/audit/clean';
import type { SafeData } from '../../src/data/rows';
import { countWords } from '../../src/data/words';
import { InputError } from '../../src/base/input-error';
import type { Model } from '../../src/model/model';
import { readModelFile, writeModelFile } from '../../src/model/model-file';
import { decodeLink, encodeLink } from '../../src/share/link';
import { loadData, saveData } from '../../src/storage/data-sets';
import { holdRun } from '../../src/storage/run-lock';
import { deleteRun, listRuns, renameRun } from '../../src/storage/runs';
import { dataAsTrained, trainingSetFor } from '../../src/training/rows/as-chosen';
import { expandSweep } from '../../src/training/sweep/sweep';
import { planSweep } from '../../src/training/sweep/train-sweep';
import { ActiveRun, type RunContext, type RunCommand } from './active-run';
import { ActiveSweep } from './active-sweep';
import { copyOfMap } from './copy-map';
import { EngineRoom } from './engine-room';
import { layersModelFile, modelFile } from './export-file';
import { commandTypeOf, parseCommand } from './messages';
import type { Command, TrainerEvent } from './protocol';
import { mapSettings } from './row-settings';
import { openSavedRun, planOf, renamed, shownOnly, toCompare, type SavedRun } from './saved-run';
import { reasonOf, type Emit } from './emit';

type ModelSource = Extract<TrainerEvent, { type: 'model' }>['source'];
type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** What the page shows: what is exported and shared. */
interface Shown {
  readonly model: Model;
  /** What people set, row by row of the map; not in what is exported and shared. */
  readonly settings: Float32Array | null;
  readonly runId: string | null;
}

export class Session {
  readonly #emit: Emit;
  readonly #engines: EngineRoom;
  readonly #context: RunContext;
  #data: SafeData | null = null;
  #run: ActiveRun | null = null;
  /** The last one, ended or not. */
  #sweep: ActiveSweep | null = null;
  #shown: Shown | null = null;
  /** Intents are served one after the other; training goes on beside them. */
  #queue: Promise<void> = Promise.resolve();

  constructor(emit: Emit) {
    this.#emit = emit;
    this.#engines = new EngineRoom(emit);
    this.#context = {
      emit,
      engines: this.#engines,
      show: (model, settings) => {
        this.#show('training', { model, settings, runId: this.#run?.id ?? null });
      },
      listChanged: async () => {
        try {
          await this.#emitRuns();
        } catch (error) {
          this.#refuse('list-runs', error);
        }
      },
    };
  }

  /** Takes a message of the page, which may be anything. */
  receive(message: unknown): void {
    this.#queue = this.#queue.then(async () => {
      try {
        await this.#serve(parseCommand(message));
      } catch (error) {
        this.#refuse(commandTypeOf(message), error);
      }
    });
  }

  #refuse(what: Command['type'] | null, error: unknown): void {
    const reason = reasonOf(error);
    if (what === null) this.#emit({ type: 'trouble', reason, fatal: false });
    else this.#emit({ type: 'refused', what, reason });
  }

  async #serve(command: Command): Promise<void> {
    switch (command.type) {
      case 'load-data':
        return this.#loadData(command);
      case 'audit':
        this.#emit({ type: 'audit', report: auditData(this.#loaded()) });
        return;
      case 'clean':
        this.#clean(command);
        return;
      case 'choose-engine':
        return this.#chooseEngine(command);
      case 'start':
        return this.#start(command);
      case 'start-sweep':
        return this.#startSweep(command);
      case 'stop-sweep':
        this.#stopSweep();
        return;
      case 'pause':
      case 'step':
      case 'stop':
        this.#command(command.type);
        return;
      case 'resume':
        this.#command('train');
        return;
      case 'open-model':
        return this.#openModel('file', new Uint8Array(command.bytes));
      case 'open-link':
        return this.#openModel('link', await decodeLink(command.fragment));
      case 'list-runs':
        return this.#emitRuns();
      case 'open-run':
        return this.#openRun(command);
      case 'rename-run':
        return this.#renameRun(command);
      case 'delete-run':
        return this.#deleteRun(command);
      case 'compare':
        return this.#compare(command);
      case 'export':
        return this.#export(command);
      case 'share':
        this.#emit({ type: 'link', fragment: await encodeLink(writeModelFile(this.#model())) });
    }
  }

  async #loadData({ bytes, synthetic }: Of<'load-data'>): Promise<void> {
    this.#setData(await parseSafeCsv(new Uint8Array(bytes), { synthetic }));
    if (this.#shown !== null) this.#showWithData(this.#shown);
  }

  /** Data that comes after an opened model says where its words lie, and what its rows' settings are. */
  #showWithData({ model, settings, runId }: Shown): void {
    const after = this.#withSettings(this.#placed(model));
    const learnt = runId === null && settings === null && after.settings !== null;
    if (learnt || wantsPlaces(model)) this.#show('file', after);
  }

  #setData(data: SafeData): void {
    this.#data = data;
    const { sha256, synthetic, rows, rejected, rejectedTotal } = data;
    this.#emit({
      type: 'data-loaded',
      sha256,
      synthetic,
      rows: rows.length,
      contributors: new Set(rows.map(({ contributor }) => contributor)).size,
      rejected: [...rejected],
      rejectedTotal,
    });
  }

  #clean({ choices }: Of<'clean'>): void {
    const { data, cleaning } = cleanAndCount(this.#loaded(), choices);
    this.#emit({ type: 'cleaned', cleaning, words: countWords(data) });
  }

  async #chooseEngine({ choice }: Of<'choose-engine'>): Promise<void> {
    if (this.#run === null || this.#engines.has(choice)) {
      await this.#engines.choose(choice);
      return;
    }
    const command = await this.#run.leaveEngine();
    try {
      await this.#engines.choose(choice);
    } finally {
      this.#run.command(command);
    }
  }

  async #start({ words, recipe, name, paused }: Of<'start'>): Promise<void> {
    this.#refuseInSweep();
    const data = this.#loaded();
    const set = await trainingSetFor(recipe, data, words);
    await this.#closeRun();
    await this.#keepData(data);
    const id = crypto.randomUUID();
    const giveBackLock = await holdRun(id);
    if (giveBackLock === null) throw new Error('The new run is held by another tab.');
    this.#run = new ActiveRun(id, { name, recipe, data, set }, null, giveBackLock, this.#context);
    this.#run.announce();
    this.#run.command(paused ? 'pause' : 'train');
  }

  async #startSweep({ words, recipe, vary }: Of<'start-sweep'>): Promise<void> {
    this.#refuseInSweep();
    const data = this.#loaded();
    const runs = expandSweep({ recipe, vary });
    const plans = await planSweep(runs, data, words);
    // The run that trains waits, so that the sweep has the device for itself.
    await this.#run?.settle();
    await this.#keepData(data);
    this.#sweep = new ActiveSweep(runs, plans, this.#context);
    void this.#sweep.train(this.#engines.choice);
  }

  #stopSweep(): void {
    if (this.#sweep?.ended !== false) throw new InputError('No sweep is training.');
    this.#sweep.stop();
  }

  #refuseInSweep(): void {
    if (this.#sweep?.ended === false) {
      throw new InputError('A sweep is training: wait for its end, or stop it first.');
    }
  }

  #loaded(): SafeData {
    if (this.#data === null) throw new InputError('Load a data set first.');
    return this.#data;
  }

  /** So that runs on it can be gone on with after a reload. */
  async #keepData(data: SafeData): Promise<void> {
    try {
      await saveData(data);
    } catch (error) {
      this.#emit({ type: 'trouble', reason: reasonOf(error), fatal: false });
    }
  }

  #command(command: RunCommand): void {
    if (command === 'step' || command === 'train') this.#refuseInSweep();
    if (this.#run === null) throw new InputError('No run is set up: start one first.');
    if (this.#run.ended) throw new InputError('The run has ended: start a new one.');
    this.#run.command(command);
  }

  async #openModel(source: 'file' | 'link', bytes: Uint8Array): Promise<void> {
    const model = readModelFile(bytes);
    await this.#closeRun();
    this.#show(source, this.#withSettings(this.#placed(model)));
    this.#emit({ type: 'phase', phase: 'idle' });
  }

  /** A model whose file does not say where its words lie gets that from the loaded data. */
  #placed(model: Model): Model {
    if (!wantsPlaces(model) || this.#data === null) return model;
    return placeWords(model, dataAsTrained(model.document, this.#data));
  }

  #withSettings(model: Model, runId: string | null = null): Shown {
    return { model, settings: mapSettings(model, this.#data), runId };
  }

  async #openRun({ id }: Of<'open-run'>): Promise<void> {
    if (this.#run?.id === id && !this.#run.ended) {
      await this.#run.settle();
      this.#run.announce();
      if (this.#shown?.runId === id) this.#show('run', this.#shown);
      return;
    }
    const saved = await openSavedRun(id);
    await this.#closeRun();
    const data = await this.#recallData(saved.run.dataSha256);
    if (saved.finished || data === null) {
      const reason = saved.finished ? null : 'Its data set is not kept here: load it to go on.';
      this.#showSaved(saved, reason);
      return;
    }
    const giveBackLock = await holdRun(id);
    if (giveBackLock === null) {
      this.#showSaved(saved, 'Another tab trains this run.');
      return;
    }
    await this.#takeUp(saved, data, giveBackLock);
  }

  /** The data set with that hash, loaded or kept in storage. */
  async #recallData(sha256: string): Promise<SafeData | null> {
    if (this.#data?.sha256 === sha256) return this.#data;
    const data = await loadData(sha256);
    if (data !== null) this.#setData(data);
    return data;
  }

  #showSaved(saved: SavedRun, reason: string | null): void {
    this.#emit(shownOnly(saved, reason));
    this.#show('run', this.#withSettings(saved.model, saved.id));
    this.#emit({ type: 'phase', phase: saved.finished ? 'done' : 'idle' });
  }

  /** Makes a saved run the one that can be resumed. */
  async #takeUp(saved: SavedRun, data: SafeData, giveBackLock: () => void): Promise<void> {
    const { id, model, progress } = saved;
    try {
      const plan = await planOf(saved, data);
      const checkpoint = progress === null ? null : { model, progress };
      this.#run = new ActiveRun(id, plan, checkpoint, giveBackLock, this.#context);
    } catch (error) {
      giveBackLock();
      throw error;
    }
    this.#run.announce();
    this.#show('run', this.#withSettings(model, id));
    this.#run.command('pause');
  }

  async #renameRun({ id, name }: Of<'rename-run'>): Promise<void> {
    await renameRun(id, name);
    if (this.#run?.id === id) this.#run.rename(name);
    if (this.#shown?.runId === id) {
      this.#shown = { ...this.#shown, model: renamed(this.#shown.model, name) };
    }
    await this.#emitRuns();
  }

  async #deleteRun({ id }: Of<'delete-run'>): Promise<void> {
    if (this.#run?.id === id) {
      await this.#run.settle();
      await deleteRun(id);
      await this.#closeRun();
      this.#emit({ type: 'phase', phase: 'idle' });
    } else {
      const giveBackLock = await holdRun(id);
      if (giveBackLock === null)
        throw new InputError('Another tab trains this run: stop it there.');
      try {
        await deleteRun(id);
      } finally {
        giveBackLock();
      }
    }
    await this.#emitRuns();
  }

  async #compare({ ids }: Of<'compare'>): Promise<void> {
    const runs = [];
    for (const id of ids) runs.push(toCompare(await openSavedRun(id)));
    this.#emit({ type: 'compared', runs });
  }

  async #export({ what }: Of<'export'>): Promise<void> {
    const model = this.#model();
    if (what === 'layers-model') await this.#engines.engine();
    const file = what === 'model' ? modelFile(model) : await layersModelFile(model);
    this.#emit(file, [file.bytes]);
  }

  /** The model that is shown. */
  #model(): Model {
    if (this.#shown === null) throw new InputError('There is no model yet: train or open one.');
    return this.#shown.model;
  }

  /** Shows a model; the page gets copies of its arrays. */
  #show(source: ModelSource, shown: Shown): void {
    this.#shown = shown;
    const { model } = shown;
    const weights = model.weights.slice();
    const map = model.map === null ? null : copyOfMap(model.map);
    const settings = shown.settings?.slice() ?? null;
    const arrays = [
      weights,
      ...(settings === null ? [] : [settings]),
      ...(map === null ? [] : Object.values(map)),
    ];
    this.#emit(
      { type: 'model', source, document: model.document, weights, map, settings },
      arrays.map(({ buffer }) => buffer),
    );
  }

  async #closeRun(): Promise<void> {
    await this.#run?.close();
    this.#run = null;
  }

  async #emitRuns(): Promise<void> {
    this.#emit({ type: 'runs', runs: await listRuns() });
  }
}
