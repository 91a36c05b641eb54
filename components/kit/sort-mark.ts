import { html } from 'lit';

/** The mark of the column a table is sorted by; after a narrow space that keeps it on its title's line. */
export function sortMark(descending: boolean): unknown {
  return html`<span aria-hidden="true">${descending ? '\u202F▼' : '\u202F▲'}</span>`;
}
