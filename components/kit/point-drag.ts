/** Dragging a point about, by mouse, pen or finger, on a page that a finger can still scroll. */
import { newGesture } from '../state/gesture';

/** CSS pixels that a finger goes sideways before it drags. */
const SLIP = 6;

interface Held {
  readonly pointer: number;
  /** Where it went down, in CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** Of the drag; null while a finger may still mean to scroll. */
  readonly gesture: number | null;
}

/**
 * Mouse and pen drag from where they go down. A finger scrolls the page, as long as the element says
 * `touch-action: pan-y`: only one that first goes sideways drags, and a tap counts as a drag to where
 * it was. On a handle (`touch-action: none`) a finger drags at once, too.
 */
export class PointDrag {
  readonly #move: (event: PointerEvent, gesture: number) => void;
  #held: Held | null = null;

  /** @param move told where the pointer is; all of one drag have the same gesture */
  constructor(move: (event: PointerEvent, gesture: number) => void) {
    this.#move = move;
  }

  get dragging(): boolean {
    return this.#held !== null && this.#held.gesture !== null;
  }

  /** @param atOnce whether the element is a handle */
  down(event: PointerEvent, atOnce: boolean): void {
    if (event.button !== 0 || this.#held !== null) return;
    const { pointerId: pointer, clientX: x, clientY: y } = event;
    const waits = event.pointerType === 'touch' && !atOnce;
    this.#held = { pointer, x, y, gesture: waits ? null : newGesture() };
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(pointer);
    if (!waits && !atOnce) this.#tell(event);
  }

  move(event: PointerEvent): void {
    const held = this.#held;
    if (held?.pointer !== event.pointerId) return;
    if (held.gesture === null) {
      const across = Math.abs(event.clientX - held.x);
      if (across < SLIP || across < Math.abs(event.clientY - held.y)) return;
      this.#held = { ...held, gesture: newGesture() };
    }
    this.#tell(event);
  }

  up(event: PointerEvent): void {
    const held = this.#held;
    if (held?.pointer !== event.pointerId) return;
    if (held.gesture === null) {
      this.#held = { ...held, gesture: newGesture() };
      this.#tell(event);
    }
    this.#held = null;
  }

  /** The browser scrolls, or the pointer is gone. */
  cancel(): void {
    this.#held = null;
  }

  #tell(event: PointerEvent): void {
    const gesture = this.#held?.gesture;
    if (gesture != null) this.#move(event, gesture);
  }
}
