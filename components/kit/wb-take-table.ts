import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { csvText, markdownText, type TextTable } from '../../src/base/table-text';
import { ActionEvent } from '../state/action';

/** Takes a table away as CSV or Markdown. */
@customElement('wb-take-table')
export class WbTakeTable extends LitElement {
  static override styles = css`
    div {
      display: flex;
      gap: var(--wb-space-2);
      margin-top: var(--wb-space-2);
    }
  `;

  @property({ attribute: false }) table: TextTable = { columns: [], rows: [] };
  /** What the table is of, for screen readers. */
  @property({ attribute: false }) about = '';
  /** Of the files, without an ending. */
  @property({ attribute: false }) fileName = 'table';

  override render(): unknown {
    return html`<div role="group" aria-label=${`Take away: ${this.about}`}>
      <wa-button
        size="s"
        appearance="outlined"
        data-action="csv"
        @click=${() => {
          this.#save('csv', 'text/csv', csvText(this.table));
        }}
      >
        CSV
      </wa-button>
      <wa-button
        size="s"
        appearance="outlined"
        data-action="markdown"
        @click=${() => {
          this.#save('md', 'text/markdown', markdownText(this.table));
        }}
      >
        Markdown
      </wa-button>
    </div>`;
  }

  #save(ending: string, mediaType: string, text: string): void {
    const name = `${this.fileName}.${ending}`;
    this.dispatchEvent(new ActionEvent({ type: 'save-text', name, mediaType, text }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-take-table': WbTakeTable;
  }
}
