/** What the map and its tools say to what stands around them. */

/** How many points of each word can be seen, [words]. */
export class CountsEvent extends Event {
  constructor(readonly counts: readonly number[]) {
    super('wb-counts');
  }
}

/** A word's points are to be looked at. */
export class FindEvent extends Event {
  constructor(readonly word: string) {
    super('wb-find');
  }
}

/** So many points are to be picked that lie nearest to the ring. */
export class NearestEvent extends Event {
  constructor(readonly count: number) {
    super('wb-nearest');
  }
}

declare global {
  interface HTMLElementEventMap {
    'wb-counts': CountsEvent;
    'wb-find': FindEvent;
    'wb-nearest': NearestEvent;
  }
}
