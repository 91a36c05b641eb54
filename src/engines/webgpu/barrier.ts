/** Calls that go as one: each waits until everybody who is still there has made theirs. */

interface Call<Given, Answer> {
  readonly given: Given;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

export class Barrier<Participant, Given, Answer> {
  readonly #participants: ReadonlySet<Participant>;
  readonly #work: (given: ReadonlyMap<Participant, Given>) => Promise<ReadonlyMap<Participant, Answer>>;
  #waiting = new Map<Participant, Call<Given, Answer>>();

  /**
   * @param participants those who are there; when one has left, call `partyLeft`
   * @param work    done once everybody has called; gives each their answer
   */
  constructor(
    participants: ReadonlySet<Participant>,
    work: (given: ReadonlyMap<Participant, Given>) => Promise<ReadonlyMap<Participant, Answer>>,
  ) {
    this.#participants = participants;
    this.#work = work;
  }

  call(participant: Participant, given: Given): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(participant, { given, resolve, reject });
      this.#goIfComplete();
    });
  }

  /** The others no longer wait for somebody who has left; what that one waits for is rejected. */
  participantLeft(participant: Participant): void {
    this.#waiting.get(participant)?.reject(new Error('The engine was disposed of.'));
    this.#waiting.delete(participant);
    this.#goIfComplete();
  }

  /** Rejects everybody who waits. */
  fail(reason: unknown): void {
    const calls = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of calls) reject(reason);
  }

  #goIfComplete(): void {
    if (this.#waiting.size === 0 || this.#waiting.size < this.#participants.size) return;
    const calls = this.#waiting;
    this.#waiting = new Map();
    void this.#go(calls);
  }

  async #go(calls: ReadonlyMap<Participant, Call<Given, Answer>>): Promise<void> {
    try {
      const answers = await this.#work(
        new Map([...calls].map(([participant, { given }]) => [participant, given])),
      );
      for (const [participant, { resolve, reject }] of calls) {
        const answer = answers.get(participant);
        if (answer === undefined) reject(new Error('A call has no answer.'));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of calls.values()) reject(error);
    }
  }
}
