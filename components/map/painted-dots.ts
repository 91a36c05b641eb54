/** The map's points, painted by a worker: where there is no graphics card, many take too long here. */
import type { DotsMessage } from '../../workers/dots/dots-messages';
import {
  dotCanvas,
  POINT_LINE,
  POINT_RADIUS,
  sameLooks,
  samePicture,
  type DotLayer,
  type DotPicture,
} from './dot-layer';
import { DotShades, looksOf } from './dot-looks';
import { frameOf } from './map-view';

/** While a picture is painted only the newest wish waits. */
export class PaintedDots implements DotLayer {
  readonly canvas = dotCanvas();
  readonly #worker = new Worker(new URL('../../workers/dots/dots.worker.ts', import.meta.url), {
    type: 'module',
    name: 'dots',
  });
  readonly #shades = new DotShades();
  /** What the worker paints or has painted. */
  #sent: DotPicture | null = null;
  #sharpness = 0;
  #waiting: DotPicture | null = null;
  #busy = false;

  constructor() {
    this.#worker.addEventListener('message', () => {
      this.#busy = false;
      const waiting = this.#waiting;
      this.#waiting = null;
      if (waiting !== null) this.draw(waiting);
    });
  }

  draw(picture: DotPicture): void {
    const { view } = picture;
    if (view.width === 0 || view.height === 0) return;
    if (this.#busy) {
      this.#waiting = picture;
      return;
    }
    if (this.#sharpness === devicePixelRatio && samePicture(this.#sent, picture)) return;
    const sent = this.#sent;
    const shades = this.#shades.of(picture.colours);
    const canvas = sent === null ? this.canvas.transferControlToOffscreen() : null;
    const message: DotsMessage = {
      ...(canvas && { canvas }),
      ...(sent?.points !== picture.points && { points: picture.points }),
      ...(!sameLooks(sent, picture) && { looks: looksOf(picture, shades) }),
      line: [...shades.line],
      frame: frameOf(view),
      sharpness: devicePixelRatio,
      radius: POINT_RADIUS,
      lineWidth: POINT_LINE,
    };
    this.#sent = picture;
    this.#sharpness = devicePixelRatio;
    this.#busy = true;
    this.#worker.postMessage(message, canvas === null ? [] : [canvas]);
  }
}
