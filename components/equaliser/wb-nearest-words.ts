import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import type { EqSetting } from '../../src/eq/parameters';
import { nearestWords } from '../../src/explore/nearest-words';
import { OwnTaskElement } from '../kit/own-task-element';
import { innerPanel } from '../kit/shared-styles';

const SHOWN = 6;
/** dB that fill a bar at least, so that words that are all near look near. */
const LEAST_FULL_DB = 6;

/** The words nearest to the current EQ, and how far they are. */
@customElement('wb-nearest-words')
export class WbNearestWords extends OwnTaskElement {
  static override styles = [
    innerPanel,
    css`
      h3 {
        margin-top: 0;
      }

      ol {
        display: grid;
        gap: var(--wb-space-1);
        margin: 0 0 var(--wb-space-2);
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        grid-template-columns: minmax(0, 7rem) minmax(0, 1fr) 4.5rem;
        align-items: center;
        gap: var(--wb-space-2);
        font-size: var(--wb-text-s);
      }

      .name {
        overflow-wrap: anywhere;
      }

      .bar {
        height: 8px;
        border-radius: 4px;
        background: var(--wb-surface-sunk);
        overflow: hidden;
      }

      .bar div {
        height: 100%;
        min-width: 2px;
        background: var(--wb-line-strong);
      }

      li:first-child .bar div {
        background: var(--wb-warm-fill);
      }

      .figure {
        text-align: right;
      }
    `,
  ];

  @property({ attribute: false }) setting: EqSetting = [];
  @property({ attribute: false }) words: readonly NamedSetting[] = [];

  override render(): unknown {
    const near = nearestWords(this.setting, this.words);
    if (near.length === 0) return null;
    const full = Math.max(LEAST_FULL_DB, near.at(-1)?.distanceDb ?? 0);
    return html`
      <h3>Nearest words</h3>
      <ol>
        ${near.slice(0, SHOWN).map(
          ({ name, distanceDb }) =>
            html`<li data-word=${name}>
              <span class="name">${name}</span>
              <div class="bar" aria-hidden="true">
                <div
                  style=${styleMap({ width: `${((100 * distanceDb) / full).toFixed(1)}%` })}
                ></div>
              </div>
              <span class="figure">${distanceDb.toFixed(1)} dB</span>
            </li>`,
        )}
      </ol>
      <p class="quiet">
        How far each word’s own curve is from this one: root mean square of their difference from 20
        Hz to 20 kHz. 0 dB is the same
        curve${near.length > SHOWN ? `; the other ${String(near.length - SHOWN)} words are farther` : ''}.
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-nearest-words': WbNearestWords;
  }
}
