/** Results of blind tests, kept in this browser. */
import type { Emit } from '../emit';
import type { CommandOf } from '../messages';
import type { TrainerStorage } from '../storage';

type TestStorage = Pick<TrainerStorage, 'saveTest' | 'listTests' | 'deleteTest'>;

export class ListeningService {
  readonly #emit: Emit;
  readonly #storage: TestStorage;

  constructor(emit: Emit, storage: TestStorage) {
    this.#emit = emit;
    this.#storage = storage;
  }

  async save({ test }: CommandOf<'save-listening-test'>): Promise<void> {
    await this.#storage.saveTest(test);
    await this.list();
  }

  async delete({ id }: CommandOf<'delete-listening-test'>): Promise<void> {
    await this.#storage.deleteTest(id);
    await this.list();
  }

  async list(): Promise<void> {
    this.#emit({ type: 'listening-tests', kept: await this.#storage.listTests() });
  }
}
