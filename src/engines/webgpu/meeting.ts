/** Calls that go as one: each waits until everybody who is still there has made theirs. */

interface Call<Given, Answer> {
  readonly given: Given;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

export class Meeting<Party, Given, Answer> {
  readonly #parties: ReadonlySet<Party>;
  readonly #work: (given: ReadonlyMap<Party, Given>) => Promise<ReadonlyMap<Party, Answer>>;
  #waiting = new Map<Party, Call<Given, Answer>>();

  /**
   * @param parties those who are there; when one has left, call `partyLeft`
   * @param work    done once everybody has called; gives each their answer
   */
  constructor(
    parties: ReadonlySet<Party>,
    work: (given: ReadonlyMap<Party, Given>) => Promise<ReadonlyMap<Party, Answer>>,
  ) {
    this.#parties = parties;
    this.#work = work;
  }

  call(party: Party, given: Given): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(party, { given, resolve, reject });
      this.#goIfComplete();
    });
  }

  /** The others no longer wait for somebody who has left; what that one waits for is rejected. */
  partyLeft(party: Party): void {
    this.#waiting.get(party)?.reject(new Error('The engine was disposed of.'));
    this.#waiting.delete(party);
    this.#goIfComplete();
  }

  /** Rejects everybody who waits. */
  fail(reason: unknown): void {
    const calls = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of calls) reject(reason);
  }

  #goIfComplete(): void {
    if (this.#waiting.size === 0 || this.#waiting.size < this.#parties.size) return;
    const calls = this.#waiting;
    this.#waiting = new Map();
    void this.#go(calls);
  }

  async #go(calls: ReadonlyMap<Party, Call<Given, Answer>>): Promise<void> {
    try {
      const answers = await this.#work(
        new Map([...calls].map(([party, { given }]) => [party, given])),
      );
      for (const [party, { resolve, reject }] of calls) {
        const answer = answers.get(party);
        if (answer === undefined) reject(new Error('A call has no answer.'));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of calls.values()) reject(error);
    }
  }
}
