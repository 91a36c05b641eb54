import { css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  BANDS,
  EQ_PARAMETERS,
  parameterOf,
  SHELF_Q,
  type BandIndex,
  type EqParameter,
  type EqSetting,
} from '../../src/eq/parameters';
import { fieldLabel, fieldText, typedNumber } from './band-fields';
import { controlValue } from '../kit/control-value';
import { OwnTaskElement } from '../kit/own-task-element';
import { ShapeEvent } from './shape-event';
import { panel } from '../kit/shared-styles';
import { newGesture } from '../state/gesture';
import { bandName } from '../kit/text';

/** The five bands of the current EQ, each number to be typed. */
@customElement('wb-band-inputs')
export class WbBandInputs extends OwnTaskElement {
  static override styles = [
    panel,
    css`
      th[scope='row'] {
        color: var(--wb-ink);
        white-space: nowrap;
      }

      /* Fields and heads side by side do not touch where there is little room. */
      td,
      th + th {
        padding-left: var(--wb-space-2);
      }

      td,
      tbody th {
        border-top: 1px solid var(--wb-line);
      }

      input {
        width: 100%;
        max-width: 5.5rem;
        box-sizing: border-box;
        padding: 3px 6px;
        border: 1px solid var(--wb-line-strong);
        border-radius: 4px;
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
        font-variant-numeric: tabular-nums;
        text-align: right;
      }

      input:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      input[aria-invalid='true'] {
        border-color: var(--wb-danger);
      }

      .problem {
        margin: var(--wb-space-2) 0 0;
        color: var(--wb-danger);
        font-size: var(--wb-text-s);
      }
    `,
  ];

  @property({ attribute: false }) setting: EqSetting = [];
  /** What was typed and cannot be used, and why, by the parameter's index. */
  @state() private wrong: ReadonlyMap<
    number,
    { readonly typed: string; readonly problem: string }
  > = new Map();

  /** What was refused stays to be mended until its own number is another. */
  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('setting')) return;
    const before = changed.get('setting') ?? [];
    const stays = [...this.wrong].filter(([index]) => before[index] === this.setting[index]);
    if (stays.length < this.wrong.size) this.wrong = new Map(stays);
  }

  override render(): unknown {
    return html`
      <h2>The current EQ in numbers</h2>
      <table aria-label="Bands of the current EQ">
        <thead>
          <tr>
            <th scope="col">Band</th>
            <th scope="col">Gain, dB</th>
            <th scope="col">Frequency, Hz</th>
            <th scope="col">Q</th>
          </tr>
        </thead>
        <tbody>
          ${BANDS.map(
            (band) =>
              html`<tr data-band=${band}>
                <th scope="row">${bandName(band)}</th>
                ${this.#cell(band, 'gain')} ${this.#cell(band, 'frequency')}
                ${this.#cell(band, 'q')}
              </tr>`,
          )}
        </tbody>
      </table>
      ${[...this.wrong.values()].map(
        ({ problem }) => html`<p class="problem" role="alert">${problem}</p>`,
      )}
    `;
  }

  #cell(band: BandIndex, kind: EqParameter['kind']): unknown {
    const index = parameterOf(band, kind);
    const parameter = EQ_PARAMETERS[index ?? -1];
    if (index === null || parameter === undefined) {
      return html`<td title="The plug-in’s shelves have this Q">${SHELF_Q.toFixed(2)}</td>`;
    }
    const wrong = this.wrong.get(index);
    const text = wrong?.typed ?? fieldText(this.setting[index] ?? 0, parameter);
    return html`<td>
      <input
        inputmode=${kind === 'gain' ? 'text' : 'decimal'}
        autocomplete="off"
        aria-label=${fieldLabel(parameter)}
        aria-invalid=${wrong === undefined ? 'false' : 'true'}
        data-index=${index}
        .value=${live(text)}
        @change=${this.#change}
      />
    </td>`;
  }

  #change = (event: Event): void => {
    const { currentTarget } = event;
    const typed = controlValue(event);
    if (!(currentTarget instanceof HTMLElement) || typeof typed !== 'string') return;
    const index = Number(currentTarget.dataset.index);
    const result = typedNumber(index, typed);
    const others = [...this.wrong].filter(([other]) => other !== index);
    if ('problem' in result) {
      this.wrong = new Map([...others, [index, { typed, problem: result.problem }]]);
    } else {
      this.wrong = new Map(others);
      const { value } = result;
      this.dispatchEvent(new ShapeEvent((setting) => setting.with(index, value), newGesture()));
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-band-inputs': WbBandInputs;
  }
}
