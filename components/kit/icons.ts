/** The page's icons, drawn on a 20 × 20 grid in the text's colour. */
import { css, svg, type TemplateResult } from 'lit';

export const iconStyles = css`
  svg.icon {
    width: 1.15em;
    height: 1.15em;
    vertical-align: -0.2em;
    fill: currentColor;
  }
`;

const icon = (shape: TemplateResult<2>): TemplateResult<2> =>
  svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${shape}</svg>`;

export const icons = {
  play: icon(svg`<path d="M5 3.5v13l11-6.5z"></path>`),
  pause: icon(svg`<path d="M5 4h3.5v12H5zM11.5 4H15v12h-3.5z"></path>`),
  step: icon(svg`<path d="M4 4v12l8.5-6zM13.5 4H16v12h-2.5z"></path>`),
  stop: icon(svg`<path d="M5 5h10v10H5z"></path>`),
  again: icon(svg`<path d="M10 3a7 7 0 1 1-6.7 5h2.2A5 5 0 1 0 10 5v3L5 4l5-4z"></path>`),
  undo: icon(svg`<path d="M8 3v3h4a5 5 0 0 1 0 10H6v-2h6a3 3 0 0 0 0-6H8v3L3 7z"></path>`),
  redo: icon(svg`<path d="M12 3v3H8a5 5 0 0 0 0 10h6v-2H8a3 3 0 0 1 0-6h4v3l5-4z"></path>`),
  system: icon(svg`<path d="M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16m0 2v12a6 6 0 0 1 0-12"></path>`),
  light: icon(
    svg`<path d="M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8M9 1h2v3H9zM9 16h2v3H9zM1 9h3v2H1zM16 9h3v2h-3zM3 4.4 4.4 3l2.1 2.1-1.4 1.4zM13.5 14.9l1.4-1.4 2.1 2.1-1.4 1.4zM3 15.6l2.1-2.1 1.4 1.4L4.4 17zM13.5 5.1 15.6 3 17 4.4l-2.1 2.1z"></path>`,
  ),
  dark: icon(svg`<path d="M8 2a8 8 0 1 0 10 10A6.5 6.5 0 0 1 8 2"></path>`),
  keys: icon(
    svg`<path d="M3 5h14a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1m.5 1.5v7h13v-7zM5 8h1.5v1.5H5zM8 8h1.5v1.5H8zM11 8h1.5v1.5H11zM13.5 8H15v1.5h-1.5zM6 11h8v1.5H6z" fill-rule="evenodd"></path>`,
  ),
  settings: icon(
    svg`<path d="M4 3h2v3.2a2.3 2.3 0 0 1 0 4.1V17H4v-6.7a2.3 2.3 0 0 1 0-4.1zM9 3h2v7.7a2.3 2.3 0 0 1 0 4.1V17H9v-2.2a2.3 2.3 0 0 1 0-4.1zM14 3h2v2.2a2.3 2.3 0 0 1 0 4.1V17h-2V9.3a2.3 2.3 0 0 1 0-4.1z"></path>`,
  ),
  close: icon(
    svg`<path d="m5.4 4 4.6 4.6L14.6 4 16 5.4 11.4 10l4.6 4.6-1.4 1.4-4.6-4.6L5.4 16 4 14.6 8.6 10 4 5.4z"></path>`,
  ),
} as const;
