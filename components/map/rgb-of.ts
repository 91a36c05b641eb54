import { CHANNELS } from '../../src/figures/map-dots';

/** Red, green and blue of colours in CSS, as the browser draws them, each from 0 to 255. */
export function rgbOf(colours: readonly string[]): Uint8ClampedArray[] {
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  return colours.map((colour) => {
    if (pen === null) return new Uint8ClampedArray(CHANNELS);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data;
  });
}
