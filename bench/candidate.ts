import type { Peer } from './peer';
import type { PeerResults } from './results';

export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A peer on its way through the bench. */
export interface Candidate {
  readonly results: Mutable<PeerResults>;
  readonly peer: Peer;
}
