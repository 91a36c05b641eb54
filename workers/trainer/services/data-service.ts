/** The data set that is loaded. */
import { InputError } from '../../../src/base/input-error';
import { auditData } from '../../../src/data/audit/audit';
import { cleanAndCount } from '../../../src/data/audit/clean';
import { ColumnsNeeded } from '../../../src/data/column-mapping';
import { parseSafeCsv } from '../../../src/data/parse-safe-csv';
import type { ReadChoices } from '../../../src/data/reading';
import type { SafeData } from '../../../src/data/rows';
import { countWords } from '../../../src/data/words';
import { reasonOf, type Emit } from '../emit';
import type { CommandOf } from '../messages';
import type { TrainerStorage } from '../storage';

export class DataService {
  readonly #emit: Emit;
  readonly #storage: Pick<TrainerStorage, 'loadData' | 'saveData'>;
  #data: SafeData | null = null;
  /** The file that was sent last, which may be read again with other choices. */
  #file: { readonly bytes: Uint8Array; readonly synthetic: boolean } | null = null;

  constructor(emit: Emit, storage: Pick<TrainerStorage, 'loadData' | 'saveData'>) {
    this.#emit = emit;
    this.#storage = storage;
  }

  get current(): SafeData | null {
    return this.#data;
  }

  /** @throws InputError where no data set is loaded */
  loaded(): SafeData {
    if (this.#data === null) throw new InputError('Load a data set first.');
    return this.#data;
  }

  /** @returns whether the data set is another now */
  async load({ bytes, synthetic, choices }: CommandOf<'load-data'>): Promise<boolean> {
    this.#file = { bytes: new Uint8Array(bytes), synthetic };
    return this.#read(choices ?? {});
  }

  /** @returns whether the data set is another now */
  async readAgain({ choices }: CommandOf<'read-again'>): Promise<boolean> {
    return this.#read(choices);
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
    if (data !== null) this.#set(data);
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

  async #read(choices: ReadChoices): Promise<boolean> {
    if (this.#file === null) throw new InputError('Load a data set first.');
    const { bytes, synthetic } = this.#file;
    try {
      this.#set(await parseSafeCsv(bytes, { synthetic, ...choices }));
      return true;
    } catch (error) {
      if (!(error instanceof ColumnsNeeded)) throw error;
      const { names, guess } = error;
      this.#emit({ type: 'columns-needed', names: [...names], guess });
      return false;
    }
  }

  #set(data: SafeData): void {
    this.#data = data;
    const { sha256, synthetic, rows, rejected, rejectedTotal, reading = null } = data;
    this.#emit({
      type: 'data-loaded',
      sha256,
      synthetic,
      rows: rows.length,
      contributors: new Set(rows.map(({ contributor }) => contributor)).size,
      rejected: [...rejected],
      rejectedTotal,
      reading,
    });
  }
}
