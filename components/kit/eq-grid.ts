/** The lines behind response curves, with their figures. */
import { css, nothing, svg } from 'lit';
import { frequencyMark, GAIN_STEP_DB, gainMark, gainMarks } from '../../src/eq/response-axes';
import { xOf, yOf, type EqPlot } from './eq-plot';

export const gridStyles = css`
  .grid {
    stroke: var(--wb-line);
  }

  .zero {
    stroke: var(--wb-line-strong);
  }

  text {
    fill: var(--wb-ink-quiet);
    font-family: system-ui, sans-serif;
  }
`;

export interface GridTexts {
  /** Frequencies that have a line, in Hz. */
  readonly marksHz: readonly number[];
  /** Whether a line's frequency is written below it; all are where this is left out. */
  readonly named?: (hz: number) => boolean;
  /** Above this edge, in dB, only every second gain is written. */
  readonly crowdedDb: number;
  /** Size of the figures, in the plot's units. */
  readonly size: number;
}

/** As SVG inside the plot; a style sheet has {@link gridStyles} for it. */
export function eqGrid(
  plot: EqPlot,
  { marksHz, named = () => true, crowdedDb, size }: GridTexts,
): unknown {
  const { width, height, edgeDb, frame } = plot;
  const gap = size - 5;
  const stepDb = edgeDb > crowdedDb ? 2 * GAIN_STEP_DB : GAIN_STEP_DB;
  return svg`<g font-size=${size}>
    ${gainMarks(edgeDb).map((db) => {
      const y = yOf(db, plot);
      return svg`
        <line class=${db === 0 ? 'grid zero' : 'grid'} x1=${frame.left} x2=${width - frame.right} y1=${y} y2=${y}></line>
        ${db % stepDb === 0 ? svg`<text x=${frame.left - gap} y=${y + size / 3} text-anchor="end">${gainMark(db)}</text>` : nothing}`;
    })}
    ${marksHz.map((hz) => {
      const x = xOf(hz, plot);
      return svg`
        <line class="grid" x1=${x} x2=${x} y1=${frame.top} y2=${height - frame.bottom}></line>
        ${named(hz) ? svg`<text x=${x} y=${height - gap - 1} text-anchor="middle">${frequencyMark(hz)}</text>` : nothing}`;
    })}
  </g>`;
}
