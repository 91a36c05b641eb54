import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import type { EqSetting } from '../../src/eq/parameters';
import { nearestWords } from '../../src/explore/nearest-words';
import { OwnTaskElement } from '../kit/own-task-element';
import { innerPanel } from '../kit/shared-styles';

const SHOWN = 4;

/** The words nearest to the current EQ, and how far they are. */
@customElement('wb-nearest-words')
export class WbNearestWords extends OwnTaskElement {
  static override styles = [
    innerPanel,
    css`
      .quiet {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      /* Two lines whatever it says: the graph over it keeps its height. */
      @container (max-width: 29rem) {
        .quiet {
          min-height: 2lh;
          white-space: normal;
        }
      }

      ol {
        display: inline;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: inline;
      }

      li:not(:last-child)::after {
        content: ' · ';
      }

      li:first-child .name {
        color: var(--wb-ink);
        font-weight: 650;
      }

      p {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) setting: EqSetting = [];
  @property({ attribute: false }) words: readonly NamedSetting[] = [];

  override render(): unknown {
    const near = nearestWords(this.setting, this.words);
    if (near.length === 0) return null;
    return html`
      <div class="quiet" title=${ABOUT}>
        <span id="title">Nearest words:</span>
        <ol aria-labelledby="title">
          ${near.slice(0, SHOWN).map(
            ({ name, distanceDb }) =>
              html`<li data-word=${name}>
                <span class="name">${name}</span>
                <span class="figure">${distanceDb.toFixed(1)} dB</span>
              </li>`,
          )}
        </ol>
      </div>
    `;
  }
}

const ABOUT =
  'How far each word’s own curve is from this one: root mean square of their difference from 20 Hz to 20 kHz.';

declare global {
  interface HTMLElementTagNameMap {
    'wb-nearest-words': WbNearestWords;
  }
}
