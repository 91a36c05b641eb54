/** What mouse, pen and fingers do on the map: drag the ring, move the map, come nearer, draw a lasso. */
import { PointDrag } from '../kit/point-drag';

/** A place in the window, in CSS pixels. */
export type ClientPlace = readonly [number, number];

export interface MapGestures {
  /** Told where the ring goes; all of one drag have the same gesture. */
  readonly ring: (to: ClientPlace, gesture: number) => void;
  /** The map goes so far right and down, and comes `by` times nearer around a place. */
  readonly move: (far: ClientPlace, by: number, around: ClientPlace) => void;
  /** A lasso as far as it is drawn, and whether that is all of it; nothing where it is given up. */
  readonly lasso: (path: readonly ClientPlace[], whole: boolean) => void;
}

type Mode = 'ring' | 'move' | 'pinch' | 'lasso';

const MIDDLE_BUTTON = 1;

/** Keeps what is under way. A finger elsewhere than on the ring scrolls the page: see PointDrag. */
export class MapPointing {
  /** Whether a drag draws a lasso. */
  drawsLasso = false;

  readonly #gestures: MapGestures;
  readonly #drag: PointDrag;
  /** Where the pointers are that are down, in the order in which they came. */
  readonly #down = new Map<number, ClientPlace>();
  #mode: Mode = 'ring';
  #path: ClientPlace[] = [];
  /** From the pointer to the middle of what it drags. */
  #grip: ClientPlace = [0, 0];

  constructor(gestures: MapGestures) {
    this.#gestures = gestures;
    this.#drag = new PointDrag((event, gesture) => {
      const [x, y] = this.#grip;
      gestures.ring([event.clientX + x, event.clientY + y], gesture);
    });
  }

  /** Whether something is being done, so that nothing is pointed at. */
  get busy(): boolean {
    return this.#down.size > 0 && (this.#mode !== 'ring' || this.#drag.dragging);
  }

  /** @param handle the ring's middle, where that is what is gripped; null on the map itself */
  down(event: PointerEvent, handle: ClientPlace | null): void {
    const place: ClientPlace = [event.clientX, event.clientY];
    if (this.#down.size > 0) {
      if (event.pointerType === 'touch') this.#secondFinger(event, place);
      return;
    }
    this.#mode = this.#modeOf(event, handle);
    if (this.#mode === 'ring') {
      if (event.button !== 0) return;
      this.#grip = handle === null ? [0, 0] : [handle[0] - place[0], handle[1] - place[1]];
      this.#down.set(event.pointerId, place);
      this.#drag.down(event, handle !== null);
      return;
    }
    this.#hold(event, place);
    this.#path = [place];
  }

  #modeOf(event: PointerEvent, handle: ClientPlace | null): Mode {
    const { button, shiftKey, pointerType } = event;
    if (button === MIDDLE_BUTTON || (button === 0 && shiftKey && pointerType !== 'touch')) {
      return 'move';
    }
    return this.drawsLasso && handle === null && button === 0 ? 'lasso' : 'ring';
  }

  /** Two fingers move the map, whatever the first was about to do. */
  #secondFinger(event: PointerEvent, place: ClientPlace): void {
    if (this.#down.size > 1) return;
    this.#drag.cancel();
    if (this.#mode === 'lasso') this.#gestures.lasso([], false);
    this.#mode = 'pinch';
    this.#hold(event, place);
  }

  #hold(event: PointerEvent, place: ClientPlace): void {
    this.#down.set(event.pointerId, place);
    if (event.currentTarget instanceof Element) {
      event.currentTarget.setPointerCapture(event.pointerId);
    }
  }

  move(event: PointerEvent): void {
    const before = this.#down.get(event.pointerId);
    if (before === undefined) return;
    const place: ClientPlace = [event.clientX, event.clientY];
    if (this.#mode === 'ring') {
      this.#drag.move(event);
    } else if (this.#mode === 'lasso') {
      this.#path.push(place);
      this.#gestures.lasso(this.#path, false);
    } else if (this.#mode === 'move') {
      this.#gestures.move([place[0] - before[0], place[1] - before[1]], 1, place);
    } else {
      this.#pinch(event.pointerId, before, place);
    }
    this.#down.set(event.pointerId, place);
  }

  #pinch(finger: number, before: ClientPlace, after: ClientPlace): void {
    const other = [...this.#down].find(([pointer]) => pointer !== finger)?.[1];
    // The other finger is up again.
    if (other === undefined) return;
    const far = (place: ClientPlace): number =>
      Math.max(1, Math.hypot(place[0] - other[0], place[1] - other[1]));
    const middle: ClientPlace = [(after[0] + other[0]) / 2, (after[1] + other[1]) / 2];
    const moved: ClientPlace = [(after[0] - before[0]) / 2, (after[1] - before[1]) / 2];
    this.#gestures.move(moved, far(after) / far(before), middle);
  }

  readonly up = (event: PointerEvent): void => {
    if (!this.#down.delete(event.pointerId)) return;
    if (this.#mode === 'ring') this.#drag.up(event);
    if (this.#mode === 'lasso') this.#gestures.lasso(this.#path, true);
  };

  /** The browser scrolls, or the pointer is gone. */
  readonly cancel = (event: PointerEvent): void => {
    if (!this.#down.delete(event.pointerId)) return;
    this.#drag.cancel();
    if (this.#mode === 'lasso') this.#gestures.lasso([], false);
  };
}

/** Two fingers are the map's, and not the page's to scroll. */
export const TWO_FINGERS = {
  passive: false,
  handleEvent: (event: TouchEvent): void => {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault();
  },
};

/** The middle button would otherwise begin to scroll by itself. */
export function withoutScroll(event: MouseEvent): void {
  if (event.button === MIDDLE_BUTTON) event.preventDefault();
}
