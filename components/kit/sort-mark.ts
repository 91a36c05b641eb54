import { html } from 'lit';

/** The mark of the column a table is sorted by; with a word joiner, so that it stays on its title's line. */
export function sortMark(descending: boolean): unknown {
  return html`<span aria-hidden="true">${descending ? '\u2060▼' : '\u2060▲'}</span>`;
}
