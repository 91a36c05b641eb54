/** Of pieces of work that were begun one after another, tells which is the newest. */
export class Newest {
  #begun = 0;

  /** @returns whether nothing has been begun since */
  begin(): () => boolean {
    const own = ++this.#begun;
    return () => own === this.#begun;
  }
}
