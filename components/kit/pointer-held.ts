/** Whether somebody holds something with a mouse, a pen or a finger: what follows it must not lag. */

let held = false;
let moves = 0;

export function isPointerHeld(): boolean {
  return held;
}

/** How often what is held has moved: one more since a frame before says that it moves. */
export function heldMoves(): number {
  return moves;
}

/** Keeps watch over the whole page. Call it once. */
export function watchPointer(): void {
  const set =
    (value: boolean): (() => void) =>
    () => {
      held = value;
    };
  addEventListener('pointerdown', set(true), { capture: true });
  addEventListener(
    'pointermove',
    () => {
      if (held) moves++;
    },
    { capture: true },
  );
  for (const end of ['pointerup', 'pointercancel', 'blur']) {
    addEventListener(end, set(false), { capture: true });
  }
}
