/** A canvas whose units are CSS pixels, as sharp as the screen. */

export interface Sheet {
  readonly pen: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Emptied and fitted to its box; null while it has none. */
export function sheetOf(canvas: HTMLCanvasElement): Sheet | null {
  const { clientWidth: width, clientHeight: height } = canvas;
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
