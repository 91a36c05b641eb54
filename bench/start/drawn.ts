/** When points were drawn on the map, noted in the page. */

/** One drawing of all points. */
export interface Drawing {
  /** Milliseconds of the page, at the frame after it. */
  readonly at: number;
  readonly points: number;
  /** Differs where a point lies elsewhere. */
  readonly places: number;
}

declare global {
  interface Window {
    drawings: Drawing[];
    /** When something was clicked last, in milliseconds of the page. */
    clickedAt: number;
  }
}

/** Runs in the page, before its own scripts. */
export function noteDrawings(): void {
  const drawings: Drawing[] = [];
  window.drawings = drawings;
  window.clickedAt = Number.NaN;
  addEventListener('click', ({ timeStamp }) => (window.clickedAt = timeStamp), { capture: true });
  let points = 0;
  let places = 0;
  const end = (): void => {
    const drawn = { points, places };
    [points, places] = [0, 0];
    requestAnimationFrame(() => drawings.push({ at: performance.now(), ...drawn }));
  };
  const pen = CanvasRenderingContext2D.prototype;
  const draw = Reflect.get(pen, 'arc');
  pen.arc = function (...given) {
    if (this.canvas.className === 'dots') {
      if (points === 0) queueMicrotask(end);
      points += 1;
      places += given[0] * points + given[1] / points;
    }
    draw.apply(this, given);
  };
}

/** The first map: milliseconds of the page; null where there is none yet. */
export function firstMap(drawings: readonly Drawing[]): number | null {
  return drawings[0]?.at ?? null;
}

/**
 * When points moved first: those drawn after a moment are as many as before, and lie elsewhere.
 *
 * @param since the end of the run's first epoch: what moves before that is moved by the layout
 */
export function firstMove(drawings: readonly Drawing[], since: number): number | null {
  const moved = drawings.find(({ at, points, places }, i) => {
    const before = drawings[i - 1];
    return at > since && before?.points === points && before.places !== places;
  });
  return moved?.at ?? null;
}
