/** Saved runs: listed, opened, renamed, noted, copied, deleted, compared, and all of them at once. */
import { InputError, readingFile } from '../../../src/base/input-error';
import { writeModelFile } from '../../../src/model/model-file';
import { summaryOf } from '../../../src/storage/summary-of';
import type { CommandQueue } from '../command-queue';
import type { Emit } from '../emit';
import type { CommandOf } from '../messages';
import { emitTimeline } from '../run-timeline';
import { openSavedRun, planOf, shownOnly, toCompare, type SavedRun } from '../saved-run';
import type { TrainerStorage } from '../storage';
import type { DataService } from './data-service';
import { exportLibrary, importLibrary, lookOver, nameBeside } from './library-keeping';
import type { RunList } from './run-list';
import type { RunService } from './run-service';
import type { ShownModel } from './shown-model';

interface LibraryServices {
  readonly emit: Emit;
  readonly queue: CommandQueue;
  readonly data: DataService;
  readonly shown: ShownModel;
  readonly runs: RunService;
  readonly list: RunList;
  readonly storage: TrainerStorage;
}

export class LibraryService {
  readonly #services: LibraryServices;

  constructor(services: LibraryServices) {
    this.#services = services;
  }

  async list(): Promise<void> {
    await this.#services.list.send();
  }

  async open({ id }: CommandOf<'open-run'>): Promise<void> {
    const { data: dataService, runs, storage } = this.#services;
    if (await runs.reopen(id)) return;
    let giveBackLock = await this.#lock(id);
    try {
      // Not before the lock is here or refused: until then another tab may train the run on, end or
      // delete it.
      const saved = await openSavedRun(id, storage);
      await runs.close();
      const data = await dataService.recall(saved.run.dataSha256);
      if (saved.finished) this.#show(saved, null);
      else if (data === null) this.#show(saved, 'Its data set is not kept here: load it to go on.');
      else if (giveBackLock === null) this.#show(saved, 'Another tab trains this run.');
      else {
        runs.takeUp(saved, await planOf(saved, data), giveBackLock);
        giveBackLock = null;
      }
    } finally {
      giveBackLock?.();
    }
  }

  async rename({ id, name }: CommandOf<'rename-run'>): Promise<void> {
    const { runs, shown, list, storage } = this.#services;
    await storage.renameRun(id, name);
    runs.rename(id, name);
    shown.rename(id, name);
    await list.send();
  }

  /** As a run that has ended: nothing that is kept already is touched. */
  async keepModel({ id }: CommandOf<'keep-model'>): Promise<void> {
    const { shown, list, storage } = this.#services;
    const { model } = shown;
    const bytes = writeModelFile(model);
    const plannedEpochs = model.document.run?.epochs ?? 0;
    const kept = { id, savedAt: Date.now(), bytes: bytes.length, finished: true, plannedEpochs };
    await storage.saveNewRun(summaryOf(model, kept), bytes);
    await list.send();
  }

  async note({ id, note }: CommandOf<'note-run'>): Promise<void> {
    const { list, storage } = this.#services;
    await storage.noteRun(id, note);
    await list.send();
  }

  /** As it was saved last: what is trained on from there does not change the other. */
  async duplicate({ id }: CommandOf<'duplicate-run'>): Promise<void> {
    const { list, storage } = this.#services;
    const bytes = await storage.loadRunFile(id);
    const { runs } = await storage.listRuns();
    const summary = runs.find((run) => run.id === id);
    if (summary === undefined) throw new InputError('This run is no longer saved here.');
    const name = nameBeside(
      summary.name,
      runs.map((run) => run.name),
    );
    const copy = { ...summary, id: crypto.randomUUID(), name, savedAt: Date.now() };
    await storage.saveNewRun({ ...copy, bytes: bytes.length }, bytes);
    await list.send();
  }

  async lookOver(): Promise<void> {
    const { emit, list, storage } = this.#services;
    const found = await lookOver(storage);
    await list.send();
    if (found.length === 0) return;
    const text = `Another tab was closed before it had listed these runs; they are listed again, as they were saved last: ${found.join('; ')}.`;
    emit({ type: 'library-notice', kind: 'info', text });
  }

  async export(): Promise<void> {
    const { emit, storage } = this.#services;
    const { bytes, notice } = await exportLibrary(storage);
    const mediaType = 'application/zip';
    emit({ type: 'file', name: 'warmbright-library.zip', mediaType, bytes }, [bytes]);
    emit({ type: 'library-notice', ...notice });
  }

  async import({ bytes, name }: CommandOf<'import-library'>): Promise<void> {
    const { emit, list, storage } = this.#services;
    const notice = await readingFile(name, () => importLibrary(new Uint8Array(bytes), storage));
    await list.send();
    emit({ type: 'library-notice', ...notice });
  }

  async delete({ id }: CommandOf<'delete-run'>): Promise<void> {
    const { emit, runs, list, storage } = this.#services;
    if (runs.isOpen(id)) {
      await runs.settle();
      await storage.deleteRun(id);
      await runs.close();
      emit({ type: 'phase', phase: 'idle' });
    } else {
      const giveBackLock = await this.#lock(id);
      if (giveBackLock === null)
        throw new InputError('Another tab trains this run: stop it there.');
      try {
        await storage.deleteRun(id);
      } finally {
        giveBackLock();
      }
    }
    await list.send();
  }

  async compare({ ids }: CommandOf<'compare'>): Promise<void> {
    const runs = [];
    for (const id of ids) runs.push(toCompare(await openSavedRun(id, this.#services.storage)));
    this.#services.emit({ type: 'compared', runs });
  }

  /**
   * Claims a run for this tab. While another tab holds it, commands that may overtake are served.
   *
   * @returns what gives the claim back; null where the other tab keeps it
   */
  async #lock(id: string): Promise<(() => void) | null> {
    const { queue, storage } = this.#services;
    return (await storage.holdFreeRun(id)) ?? queue.standAside(storage.holdRun(id));
  }

  /** @param reason why the run cannot be resumed; null when it is finished */
  #show(saved: SavedRun, reason: string | null): void {
    const { emit, shown } = this.#services;
    emit(shownOnly(saved, reason));
    emitTimeline(emit, saved.timeline);
    shown.showSaved(saved.model, saved.id);
    emit({ type: 'phase', phase: saved.finished ? 'done' : 'idle' });
  }
}
