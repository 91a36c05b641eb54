/** When points were drawn on the map, noted in the page. */

/** One drawing of all points. */
export interface Drawing {
  /** Milliseconds of the page, at the frame after it. */
  readonly at: number;
  readonly points: number;
  /** Differs where points lie elsewhere. */
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
  // What the map says of itself to those who do not see it: "Map of 1,643 settings, ...".
  const rowsOf = (canvas: HTMLCanvasElement): number => {
    const label = canvas.parentNode?.querySelector('canvas[role="img"]')?.ariaLabel ?? '';
    return Number(/[\d,]+/.exec(label)?.[0].replaceAll(',', '') ?? 0);
  };
  const pen = CanvasRenderingContext2D.prototype;
  const put = Reflect.get(pen, 'putImageData');
  pen.putImageData = function (image: ImageData, x: number, y: number) {
    Reflect.apply(put, this, [image, x, y]);
    const { canvas } = this;
    if (canvas.className !== 'dots') return;
    const points = rowsOf(canvas);
    if (points === 0) return;
    let places = 0;
    const { data } = image;
    // A part of the pixels tells one picture from another, and takes next to no time.
    for (let i = 3; i < data.length; i += 28) places += (data[i] ?? 0) * (i % 9973);
    requestAnimationFrame(() => drawings.push({ at: performance.now(), points, places }));
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
