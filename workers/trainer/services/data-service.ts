/** The data set that is loaded. */
import { InputError } from '../../../src/base/input-error';
import { auditData } from '../../../src/data/audit/audit';
import { cleanAndCount } from '../../../src/data/audit/clean';
import { parseSafeCsv } from '../../../src/data/parse-safe-csv';
import type { SafeData } from '../../../src/data/rows';
import { countWords } from '../../../src/data/words';
import { reasonOf, type Emit } from '../emit';
import type { CommandOf } from '../messages';
import type { TrainerStorage } from '../storage';

export class DataService {
  readonly #emit: Emit;
  readonly #storage: Pick<TrainerStorage, 'loadData' | 'saveData'>;
  #data: SafeData | null = null;

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

  async load({ bytes, synthetic }: CommandOf<'load-data'>): Promise<void> {
    this.#set(await parseSafeCsv(new Uint8Array(bytes), { synthetic }));
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

  #set(data: SafeData): void {
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
}
