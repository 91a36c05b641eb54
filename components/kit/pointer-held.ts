/** Whether somebody holds something with a mouse, a pen or a finger: what follows it must not lag. */

let held = false;

export function isPointerHeld(): boolean {
  return held;
}

/** Keeps watch over the whole page. Call it once. */
export function watchPointer(): void {
  const set =
    (value: boolean): (() => void) =>
    () => {
      held = value;
    };
  addEventListener('pointerdown', set(true), { capture: true });
  for (const end of ['pointerup', 'pointercancel', 'blur']) {
    addEventListener(end, set(false), { capture: true });
  }
}
