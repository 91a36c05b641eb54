/** The data set that is loaded. */
import { fileSlug } from '../../../src/base/file-slug';
import { InputError } from '../../../src/base/input-error';
import type { AwaitedOnShare } from '../../../src/base/share';
import { auditData } from '../../../src/data/audit/audit';
import { cleanAndCount } from '../../../src/data/audit/clean';
import { ColumnsNeeded } from '../../../src/data/column-mapping';
import { withOwnRow } from '../../../src/data/own-rows';
import { parseSafeCsv } from '../../../src/data/parse-safe-csv';
import type { ReadChoices } from '../../../src/data/reading';
import { safeCsv } from '../../../src/data/safe-csv';
import type { SafeData } from '../../../src/data/rows';
import { countWords } from '../../../src/data/words';
import { macrotask } from '../../shared/macrotask';
import { PacedShare } from '../../shared/paced-share';
import { reasonOf, type Emit } from '../emit';
import type { CommandOf } from '../messages';
import type { TrainerStorage } from '../storage';

/** Longest that a file is read without a look at what the page sends, but for a single step. */
const SLICE_MS = 30;

/** A file as it was sent, which may be read again with other choices. */
interface SentFile {
  readonly bytes: Uint8Array;
  readonly name: string | null;
  readonly synthetic: boolean;
}

/** The data set as it was before a row was added. */
interface Before {
  readonly data: SafeData;
  readonly file: SentFile | null;
}

export class DataService {
  readonly #emit: Emit;
  readonly #storage: Pick<TrainerStorage, 'loadData' | 'saveData'>;
  readonly #shares: PacedShare;
  #data: SafeData | null = null;
  /** The data set's file; null where there is none, or it was not read in this visit. */
  #file: SentFile | null = null;
  /** What each row was added to in this visit, the last one last. */
  #beforeRows: readonly Before[] = [];
  /** A file whose columns somebody has to name before it can be read. */
  #unnamed: SentFile | null = null;
  /** Gives up the reading that was asked for last. */
  #reading = new AbortController();

  constructor(emit: Emit, storage: Pick<TrainerStorage, 'loadData' | 'saveData'>) {
    this.#emit = emit;
    this.#storage = storage;
    this.#shares = new PacedShare((share) => {
      emit({ type: 'reading', share });
    });
  }

  get current(): SafeData | null {
    return this.#data;
  }

  /** @throws InputError where no data set is loaded */
  loaded(): SafeData {
    if (this.#data === null) throw new InputError('Load a data set first.');
    return this.#data;
  }

  /**
   * To be called when a reading is asked for: whatever was to be read before is given up.
   *
   * @returns what gives up the one that is asked for
   */
  nextReading(asked: 'load-data' | 'read-again'): AbortSignal {
    const unnamed = this.#unnamed;
    this.cancelReading();
    if (asked === 'read-again') this.#unnamed = unnamed;
    this.#reading = new AbortController();
    return this.#reading.signal;
  }

  /** Gives up what is being read, or waits for that; the data set and its file stay as they were. */
  cancelReading(): void {
    this.#reading.abort();
    this.#shares.end();
    this.#unnamed = null;
  }

  /** @returns whether the data set is another now */
  async load(
    { bytes, name, synthetic, choices }: CommandOf<'load-data'>,
    signal: AbortSignal | null,
  ): Promise<boolean> {
    return this.#read(
      { bytes: new Uint8Array(bytes), name: name ?? null, synthetic },
      choices ?? {},
      signal,
    );
  }

  /**
   * @returns whether the data set is another now
   * @throws InputError where the data set's file is not here
   */
  async readAgain(
    { choices }: CommandOf<'read-again'>,
    signal: AbortSignal | null,
  ): Promise<boolean> {
    const file = this.#unnamed ?? this.#file;
    if (file === null) {
      this.loaded();
      throw new InputError('The file of this data set is not here: load it again.');
    }
    return this.#read(file, choices, signal);
  }

  /** @throws InputError where the label cannot be a word */
  async addRow({ label, setting }: CommandOf<'add-row'>): Promise<void> {
    const before = this.#data;
    const data = await withOwnRow(before, label, setting);
    const steps = before === null ? [] : [...this.#beforeRows, { data: before, file: this.#file }];
    this.#set(data, null, steps);
  }

  /** @throws InputError where no row was added to the data in this visit */
  takeBackRow(): void {
    const before = this.#beforeRows.at(-1);
    if (before === undefined) throw new InputError('No row was added that could be taken back.');
    this.#set(before.data, before.file, this.#beforeRows.slice(0, -1));
  }

  /** @throws InputError where no data set is loaded */
  export(): void {
    const data = this.loaded();
    const name = (data.name ?? 'data').replace(/\.\w{1,5}$/, '');
    this.#emit({
      type: 'file',
      name: `${fileSlug(name) || 'data'}-rows.csv`,
      mediaType: 'text/csv',
      bytes: new TextEncoder().encode(safeCsv(data)).buffer,
    });
  }

  audit(): void {
    this.#emit({ type: 'audit', report: auditData(this.loaded()) });
  }

  clean({ choices }: CommandOf<'clean'>): void {
    const { data, cleaning } = cleanAndCount(this.loaded(), choices);
    this.#emit({ type: 'cleaned', cleaning, words: countWords(data) });
  }

  /** The data set with that hash, which is loaded now if it is kept in storage; null if it is not. */
  async recall(sha256: string): Promise<SafeData | null> {
    if (this.#data?.sha256 === sha256) return this.#data;
    const data = await this.#storage.loadData(sha256);
    if (data !== null) this.#set(data, null);
    return data;
  }

  /** Keeps a data set, so that runs on it can be resumed after a reload. */
  async keep(data: SafeData): Promise<void> {
    try {
      await this.#storage.saveData(data);
    } catch (error) {
      this.#emit({ type: 'trouble', reason: reasonOf(error), fatal: false });
    }
  }

  /** Nothing is emitted, and nothing is changed, once the signal has aborted. */
  async #read(file: SentFile, choices: ReadChoices, signal: AbortSignal | null): Promise<boolean> {
    const given = { synthetic: file.synthetic, ...choices };
    try {
      const read = await parseSafeCsv(file.bytes, given, inSlices(this.#shares, signal));
      const data = file.name === null ? read : { ...read, name: file.name };
      signal?.throwIfAborted();
      this.#unnamed = null;
      this.#set(data, file);
      return true;
    } catch (error) {
      if (signal?.aborted === true) return false;
      this.#shares.end();
      if (!(error instanceof ColumnsNeeded)) throw error;
      this.#unnamed = file;
      const { names, guess } = error;
      this.#emit({ type: 'columns-needed', names: [...names], guess });
      return false;
    }
  }

  #set(data: SafeData, file: SentFile | null, beforeRows: readonly Before[] = []): void {
    this.#data = data;
    this.#file = file;
    this.#beforeRows = beforeRows;
    const { sha256, synthetic, rows, rejected, rejectedTotal, reading = null } = data;
    this.#emit({
      type: 'data-loaded',
      name: data.name ?? null,
      sha256,
      synthetic,
      rows: rows.length,
      contributors: new Set(rows.map(({ contributor }) => contributor)).size,
      rejected: [...rejected],
      rejectedTotal,
      reading,
      ...(beforeRows.length > 0 && { takeBack: true }),
    });
  }
}

/** Lets the worker answer between two slices of a reading, and ends it where it is given up. */
function inSlices(shares: PacedShare, signal: AbortSignal | null): AwaitedOnShare {
  let due = performance.now() + SLICE_MS;
  return async (share) => {
    signal?.throwIfAborted();
    shares.update(share);
    if (performance.now() < due) return;
    await macrotask();
    due = performance.now() + SLICE_MS;
    signal?.throwIfAborted();
  };
}
