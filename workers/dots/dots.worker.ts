/** Runs in a worker: paints the points of large maps where there is no graphics card. */
import { paintDots, type DotsPicture } from '../../src/figures/paint-dots';
import type { DotsMessage } from './dots-messages';

let pen: OffscreenCanvasRenderingContext2D | null = null;
let known: Partial<Pick<DotsPicture, 'points' | 'looks'>> = {};

self.addEventListener('message', ({ data }: MessageEvent<DotsMessage>) => {
  const { canvas, ...message } = data;
  if (canvas !== undefined) pen = canvas.getContext('2d');
  known = {
    ...known,
    ...(message.points && { points: message.points }),
    ...(message.looks && { looks: message.looks }),
  };
  const { points, looks } = known;
  if (pen !== null && points !== undefined && looks !== undefined) {
    const sheet = pen.canvas;
    const across = Math.round(message.frame.width * message.sharpness);
    const down = Math.round(message.frame.height * message.sharpness);
    const image = new ImageData(across, down);
    paintDots(image, { ...message, points, looks });
    // To give it a size empties it.
    if (sheet.width !== across || sheet.height !== down)
      [sheet.width, sheet.height] = [across, down];
    pen.putImageData(image, 0, 0);
  }
  self.postMessage('painted');
});
