/** A run's map as a small picture, from the list's own record: no model is loaded for it. */
import { html, nothing, svg } from 'lit';
import { thumbnailPoints } from '../../src/figures/thumbnail';
import type { RunSummary } from '../../workers/trainer/messages';
import { colourNumbers, colourOf } from '../kit/word-colours';

const SIDE = 64;
const BORDER = 3;
const DOT = 2.6;

/** One path for each colour; an empty picture where the run has no map, or was kept by an earlier version. */
export function runThumbnail({ name, thumbnail, words = [] }: RunSummary): unknown {
  const about = thumbnail === undefined ? 'No map is kept' : `Map of ${name}`;
  return html`<svg viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label=${about}>
    ${thumbnail === undefined ? nothing : dots(thumbnail, words)}
  </svg>`;
}

function dots(thumbnail: Uint8Array, words: NonNullable<RunSummary['words']>): unknown {
  const colours = colourNumbers(words);
  const paths = new Map<number, string>();
  for (const { x, y, label } of thumbnailPoints(thumbnail)) {
    const colour = colours[label] ?? 0;
    const at = (share: number): string => (BORDER + share * (SIDE - 2 * BORDER)).toFixed(1);
    paths.set(colour, `${paths.get(colour) ?? ''}M${at(x)} ${at(1 - y)}h0`);
  }
  return [...paths].map(
    ([colour, path]) =>
      svg`<path d=${path} fill="none" stroke-linecap="round" stroke-width=${DOT} style=${`stroke: ${colourOf(colour)}`}></path>`,
  );
}
