/** Colour and kind of a map's points, as whoever draws many of them wants them. */
import { CHANNELS, KINDS, type DotLooks } from '../../src/figures/map-dots';
import type { DotPicture, MapColours } from './dot-layer';
import { EMPHASIS, OPACITIES } from './map-marks';
import { rgbOf } from './rgb-of';

/** Colours as red, green and blue, each from 0 to 255. */
export interface Shades {
  readonly words: readonly Uint8ClampedArray[];
  readonly ink: Uint8ClampedArray;
  readonly grey: Uint8ClampedArray;
  readonly line: Uint8ClampedArray;
}

/** Worked out once for each set of colours: the browser has to draw them for that. */
export class DotShades {
  #known: { readonly of: MapColours; readonly shades: Shades } | null = null;

  of(colours: MapColours): Shades {
    if (this.#known?.of !== colours) {
      const [ink, grey, line] = rgbOf([colours.ink, colours.grey, colours.line]);
      const none = new Uint8ClampedArray(CHANNELS);
      const shades = {
        words: rgbOf(colours.words),
        ...{ ink: ink ?? none, grey: grey ?? none, line: line ?? none },
      };
      this.#known = { of: colours, shades };
    }
    return this.#known.shades;
  }
}

/** Red, green, blue and opacity of each row; and, as 255, whether it is hollow and stands out. */
export function looksOf({ map, emphasis }: DotPicture, { words, grey, ink }: Shades): DotLooks {
  const rows = map.labels.length;
  const looks = { colours: new Uint8Array(CHANNELS * rows), kinds: new Uint8Array(KINDS * rows) };
  for (let row = 0; row < rows; row++) {
    const own = emphasis[row] ?? EMPHASIS.usual;
    const [red = 0, green = 0, blue = 0] =
      own === EMPHASIS.grey ? grey : (words[map.labels[row] ?? 0] ?? ink);
    const at = CHANNELS * row;
    looks.colours[at] = red;
    looks.colours[at + 1] = green;
    looks.colours[at + 2] = blue;
    looks.colours[at + 3] = 255 * (OPACITIES[own] ?? 1);
    looks.kinds[KINDS * row] = map.heldOut[row] === 1 ? 255 : 0;
    looks.kinds[KINDS * row + 1] = own >= EMPHASIS.aside ? 255 : 0;
  }
  return looks;
}
