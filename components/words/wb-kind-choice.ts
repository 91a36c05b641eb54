import { thousands } from '../../src/base/number-text';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { WordCluster } from '../../src/model/model';
import { OwnTaskElement } from '../kit/own-task-element';
import { chips, innerPanel } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';

/** Which of a word's clusters (on the page: kinds) is looked at; nothing for a word of one. */
@customElement('wb-kind-choice')
export class WbKindChoice extends OwnTaskElement {
  static override styles = [
    innerPanel,
    chips,
    css`
      h3 {
        margin-top: 0;
      }

      .rows {
        opacity: 0.75;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) word = '';
  @property({ attribute: false }) schools: readonly WordCluster[] = [];
  /** A cluster's name; null for the word as a whole. */
  @property({ attribute: false }) selected: string | null = null;
  /** Whether the current EQ is neither the word nor one of its kinds. */
  @property({ type: Boolean }) elsewhere = false;

  override render(): unknown {
    const { word, schools, selected } = this;
    if (schools.length < 2) return null;
    const rows = schools.reduce((sum, cluster) => sum + cluster.rows, 0);
    const shown = schools.find(({ name }) => name === selected);
    return html`
      <h3 id="title">Kinds of “${word}”</h3>
      <div class="chips" role="group" aria-labelledby="title">
        ${this.#chip('All', rows, null)}
        ${schools.map(({ name, rows: own }) => this.#chip(name, own, name))}
      </div>
      <p class="quiet">
        ${
          shown === undefined
            ? `Its ${thousands(rows)} training rows fall into ${String(schools.length)} kinds; held-out rows are not counted.`
            : `${rowsText(shown.rows)} of ${peopleText(shown.contributors)} come nearest to this.`
        }
      </p>
    `;
  }

  #chip(label: string, rows: number, cluster: string | null): unknown {
    return html`<button
      type="button"
      aria-pressed=${cluster === this.selected && !this.elsewhere ? 'true' : 'false'}
      @click=${() => this.dispatchEvent(new ActionEvent({ type: 'select-cluster', cluster }))}
    >
      ${label} <span class="rows">${thousands(rows)}</span>
    </button>`;
  }
}

function rowsText(rows: number): string {
  return rows === 1 ? 'One training row' : `${thousands(rows)} training rows`;
}

function peopleText(people: number): string {
  return people === 1 ? 'one person' : `${thousands(people)} people`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-kind-choice': WbKindChoice;
  }
}
