import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Cell, TextTable } from '../../src/base/table-text';
import { bestCells } from './best-cells';
import { scrollBox } from './scroll-styles';
import { visuallyHidden } from './shared-styles';
import './wb-take-table';

const COLUMN_EVENT = 'wb-column';

/** Says which column the pointer is over; null: none. */
export class ColumnEvent extends Event {
  constructor(readonly column: number | null) {
    super(COLUMN_EVENT);
  }
}

/** A table to read, and to take away as CSV or Markdown. */
@customElement('wb-text-table')
export class WbTextTable extends LitElement {
  static override styles = [
    scrollBox,
    visuallyHidden,
    css`
      :host {
        display: block;
      }

      .scroll {
        max-height: 28rem;
      }

      table {
        width: 100%;
        border-collapse: separate;
        border-spacing: 0;
        font-size: var(--wb-text-s);
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: var(--wb-space-1) var(--wb-space-2);
        text-align: right;
        vertical-align: top;
      }

      :is(th, td):first-child {
        text-align: left;
      }

      thead th {
        position: sticky;
        top: 0;
        z-index: 1;
        min-width: 4.5rem;
        background: var(--wb-surface-sunk);
        color: var(--wb-ink-quiet);
        font-weight: 600;
        vertical-align: bottom;
        /* No column gets narrower than a word of its head. */
        overflow-wrap: break-word;
      }

      tbody :is(th, td) {
        border-top: 1px solid var(--wb-line);
      }

      tbody th {
        max-width: 17rem;
        min-width: 6.5rem;
        background: var(--wb-surface);
        font-weight: 500;
        overflow-wrap: anywhere;
      }

      /* What a row is of stays when its cells scroll away. */
      tbody th,
      thead th:first-child {
        position: sticky;
        left: 0;
      }

      thead th:first-child {
        z-index: 2;
      }

      /* Two runs stand beside each other on a phone, too. */
      @media (max-width: 47.99em) {
        table {
          font-size: var(--wb-text-xs);
        }

        th,
        td {
          padding: var(--wb-space-1) 3px;
        }

        thead th {
          min-width: 3rem;
        }

        tbody th {
          min-width: 4.5rem;
          max-width: 6.5rem;
        }
      }

      .lit {
        background: var(--wb-caution-tint);
        color: var(--wb-ink);
      }

      .best {
        font-weight: 650;
        white-space: nowrap;
      }

      /* Holds what is placed for screen readers alone. */
      .scroll {
        position: relative;
      }
    `,
  ];

  @property({ attribute: false }) table: TextTable = { columns: [], rows: [] };
  /** What the table is of, for screen readers. */
  @property({ attribute: false }) about = '';
  /** Which column stands out; null: none. */
  @property({ attribute: false }) lit: number | null = null;
  /** Of the files, without an ending. */
  @property({ attribute: false }) fileName = 'table';

  override render(): unknown {
    const { columns, rows } = this.table;
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${this.about}>
        <table @pointerover=${this.#point} @pointerleave=${this.#leave}>
          <thead>
            <tr>
              ${columns.map(
                (column, i) =>
                  html`<th scope="col" class=${i === this.lit ? 'lit' : ''}>${column}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${rows.map((row) => {
              const best = bestCells(this.table, row);
              const [first = null, ...cells] = row;
              return html`
                <tr>
                  <th scope="row">${first}</th>
                  ${cells.map((cell, i) => {
                    const lit = i + 1 === this.lit ? 'lit' : '';
                    return best.has(i + 1)
                      ? html`<td class=${`best ${lit}`}>
                          ★ ${shown(cell)}<span class="visually-hidden"> (best)</span>
                        </td>`
                      : html`<td class=${lit}>${shown(cell)}</td>`;
                  })}
                </tr>
              `;
            })}
          </tbody>
        </table>
      </div>
      <wb-take-table
        .table=${this.table}
        .about=${this.about}
        .fileName=${this.fileName}
      ></wb-take-table>
    `;
  }

  #point = ({ target }: PointerEvent): void => {
    const cell = target instanceof Element ? target.closest<HTMLTableCellElement>('th, td') : null;
    this.dispatchEvent(new ColumnEvent(cell?.cellIndex ?? null));
  };

  #leave = (): void => {
    this.dispatchEvent(new ColumnEvent(null));
  };
}

/** A cell with real minuses; the files keep those that programs read. */
function shown(cell: Cell): string {
  return cell === null ? '–' : cell.replaceAll(/-(?=\d)/g, '−');
}

declare global {
  interface HTMLElementEventMap {
    'wb-column': ColumnEvent;
  }

  interface HTMLElementTagNameMap {
    'wb-text-table': WbTextTable;
  }
}
