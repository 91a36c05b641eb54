import { LitElement, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { bandsOf, type EqSetting } from '../../src/eq/parameters';
import { panel } from '../kit/shared-styles';
import { bandName, frequencyText, gainText } from '../kit/text';

/** The five bands of a setting in numbers. */
@customElement('wb-bands')
export class WbBands extends LitElement {
  static override styles = panel;

  @property({ attribute: false }) setting: EqSetting = [];
  @property({ attribute: false }) name = '';

  override render(): unknown {
    if (this.setting.length === 0) return null;
    return html`
      <h2>${this.name} in numbers</h2>
      <table aria-label=${`Five bands of ${this.name}`}>
        <thead>
          <tr>
            <th scope="col">Band</th>
            <th scope="col">Gain</th>
            <th scope="col">Frequency</th>
            <th scope="col">Q</th>
          </tr>
        </thead>
        <tbody>
          ${bandsOf(this.setting).map(
            ({ gainDb, frequencyHz, q }, i) => html`
              <tr data-band=${i}>
                <td>${bandName(i)}</td>
                <td>${gainText(gainDb)}</td>
                <td>${frequencyText(frequencyHz)}</td>
                <td>${q.toFixed(2)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-bands': WbBands;
  }
}
