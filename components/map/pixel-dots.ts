/** A map's points, painted on pixels in the page's own thread, which of some thousands takes a millisecond. */
import type { DotLooks } from '../../src/figures/map-dots';
import { paintDots } from '../../src/figures/paint-dots';
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

export class PixelDots implements DotLayer {
  readonly canvas = dotCanvas();
  readonly #shades = new DotShades();
  #drawn: DotPicture | null = null;
  #looks: DotLooks | null = null;
  #image: ImageData | null = null;
  #sharpness = 0;

  draw(picture: DotPicture): void {
    const { canvas } = this;
    const sharpness = devicePixelRatio;
    if (this.#sharpness === sharpness && samePicture(this.#drawn, picture)) return;
    const across = Math.round(picture.view.width * sharpness);
    const down = Math.round(picture.view.height * sharpness);
    const pen = canvas.getContext('2d');
    if (pen === null || across === 0 || down === 0) return;
    const shades = this.#shades.of(picture.colours);
    if (this.#looks === null || !sameLooks(this.#drawn, picture)) {
      this.#looks = looksOf(picture, shades);
    }
    this.#drawn = picture;
    this.#sharpness = sharpness;
    const image = this.#cleared(across, down);
    paintDots(image, {
      points: picture.points,
      looks: this.#looks,
      line: [...shades.line],
      frame: frameOf(picture.view),
      sharpness,
      radius: POINT_RADIUS,
      lineWidth: POINT_LINE,
    });
    // To give it a size empties it.
    if (canvas.width !== across || canvas.height !== down) {
      [canvas.width, canvas.height] = [across, down];
    }
    pen.putImageData(image, 0, 0);
  }

  /** The same room for each picture, as long as that is as large. */
  #cleared(across: number, down: number): ImageData {
    const known = this.#image;
    if (known?.width === across && known.height === down) {
      known.data.fill(0);
      return known;
    }
    this.#image = new ImageData(across, down);
    return this.#image;
  }
}
