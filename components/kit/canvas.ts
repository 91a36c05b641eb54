/** A canvas whose units are CSS pixels, as sharp as the screen. */

/** In CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Sheet extends Size {
  readonly pen: CanvasRenderingContext2D;
}

/**
 * Emptied and fitted to its box; null while it has none.
 *
 * @param size of the box, where it is known: to ask the canvas may lay the page out anew
 */
export function sheetOf(canvas: HTMLCanvasElement, size?: Size): Sheet | null {
  const { width, height } = size ?? { width: canvas.clientWidth, height: canvas.clientHeight };
  const pen = canvas.getContext('2d');
  if (pen === null || width === 0 || height === 0) return null;
  const sharpness = devicePixelRatio;
  const across = Math.round(width * sharpness);
  const down = Math.round(height * sharpness);
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  pen.setTransform(sharpness, 0, 0, sharpness, 0, 0);
  pen.clearRect(0, 0, width, height);
  return { pen, width, height };
}
