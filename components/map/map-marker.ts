/** The current EQ's ring: what takes the keys, says where it is, and which word is near. */
import { html } from 'lit';
import type { NamedSetting } from '../../src/eq/named-setting';
import { nearestWords } from '../../src/explore/nearest-words';
import { latentAt } from '../../src/analysis/projection';
import type { CurrentEq } from '../state/current-eq';
import type { DrawnMap, Extent } from './map-frame';
import { percent, sideText } from './map-text';

/** How far from the map's edge it stays, in CSS pixels. */
const EDGE = 12;
/** Steps of the arrow keys from the map's middle to its edge, and with Shift. */
const STEPS = 40;
const FINE_STEPS = 200;

/** Of the map: right and up are positive. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** What is said of it; to be worked out once a current EQ, since it asks how far every word is. */
export function nearText(current: CurrentEq, words: readonly NamedSetting[]): string {
  const [nearest] = nearestWords(current.setting, words);
  if (nearest === undefined) return '';
  return `; nearest word ${nearest.name}, ${nearest.distanceDb.toFixed(1)} dB away`;
}

export interface MarkerEvents {
  readonly key: (event: KeyboardEvent) => void;
  readonly grab: (event: PointerEvent) => void;
  readonly hover: (event: PointerEvent) => void;
  readonly release: (event: PointerEvent) => void;
  readonly cancel: (event: PointerEvent) => void;
}

/** @param at where it is, in map units, in a frame that reaches so far */
export function markerTemplate(
  [x, y]: readonly [number, number],
  [across, up]: Extent,
  near: string,
  events: MarkerEvents,
): unknown {
  return html`
    <div
      class="current"
      role="slider"
      tabindex="0"
      aria-label="Current EQ on the map"
      aria-describedby="keys"
      aria-valuemin="-100"
      aria-valuemax="100"
      aria-valuenow=${percent(x, across)}
      aria-valuetext=${`${sideText(x, across, 'right', 'left')}, ${sideText(y, up, 'up', 'down')}${near}`}
      @keydown=${events.key}
      @pointerdown=${events.grab}
      @pointermove=${events.hover}
      @pointerup=${events.release}
      @pointercancel=${events.cancel}
    ></div>
    <p id="keys" class="visually-hidden">
      Arrow keys move it, and the model says what is there; with Shift, in small steps.
    </p>
  `;
}

/** Puts it where the current EQ lies; at the edge, where that is outside. */
export function putMarker(
  marker: HTMLElement,
  { width, height }: { readonly width: number; readonly height: number },
  [x, y]: readonly [number, number],
): void {
  const left = Math.max(EDGE, Math.min(width - EDGE, x));
  const top = Math.max(EDGE, Math.min(height - EDGE, y));
  marker.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
}

/** By how much an arrow key moves the latent, [latent]; null for other keys. */
export function afterMarkerKey(
  event: KeyboardEvent,
  map: DrawnMap,
  extent: Extent,
): readonly number[] | null {
  const arrow = ARROWS[event.key];
  if (arrow === undefined || event.ctrlKey || event.metaKey) return null;
  const step = Math.max(...extent) / (event.shiftKey ? FINE_STEPS : STEPS);
  const origin = new Float32Array(map.origin.length);
  return latentAt([arrow[0] * step, arrow[1] * step], { ...map, origin });
}
