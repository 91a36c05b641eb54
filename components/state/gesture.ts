/** Gestures: what one drag, or one key held down, does is one step to undo. */
let last = 0;

/** A number that no gesture had before. */
export function newGesture(): number {
  return ++last;
}
