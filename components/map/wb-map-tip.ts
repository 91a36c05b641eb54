import { css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { bandsOf, type EqSetting } from '../../src/eq/parameters';
import { decodeSetting } from '../../src/model/word-settings';
import { latentAt } from '../../src/analysis/projection';
import { settingOfRow } from '../kit/curve-quantiles';
import { OwnTaskElement } from '../kit/own-task-element';
import type { ShownModel } from '../state/page-state';
import { frequencyText, gainText } from '../kit/text';
import { colourNumbers, colourOf } from '../kit/word-colours';
import '../kit/wb-response';

/** How long the pointer rests before it is told what it rests on, where it passes many points. */
const REST_MS = 80;

/** One person's setting, beside the map: what the point under the pointer stands for. */
@customElement('wb-map-tip')
export class WbMapTip extends OwnTaskElement {
  static override styles = css`
    :host {
      display: block;
      padding: var(--wb-space-2);
      border: 1px solid var(--wb-line-strong);
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface);
      color: var(--wb-ink);
      font-size: var(--wb-text-xs);
      font-variant-numeric: tabular-nums;
    }

    :host([hidden]) {
      display: none;
    }

    p {
      margin: 0 0 2px;
    }

    .quiet {
      color: var(--wb-ink-quiet);
    }
  `;

  @property({ attribute: false }) model: ShownModel | null = null;
  /** Index of the row in the map. */
  @property({ attribute: false }) row = 0;
  /** Whether points lie so near each other that the pointer passes many: what rushes by is not shown. */
  @property({ type: Boolean }) many = false;
  /** Index of the row that is shown; null while the pointer is on its way. */
  @state() private shown: number | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('row')) {
      clearTimeout(this.#rest);
      this.shown = this.many ? null : this.row;
      if (this.many) {
        this.#rest = setTimeout(() => {
          this.shown = this.row;
        }, REST_MS);
      }
    }
    this.hidden = this.shown === null;
  }

  override render(): unknown {
    const { model, shown: row } = this;
    if (row === null) return null;
    const of = model?.document.words[model.map?.labels[row] ?? -1];
    if (model?.map == null || of === undefined) return null;
    const { map, settings, document } = model;
    const cluster = of.schools.length > 1 ? of.schools[map.schools[row] ?? 0] : undefined;
    const name = cluster === undefined ? of.word : `${of.word}, ${cluster.name}`;
    const at = [map.points[2 * row] ?? 0, map.points[2 * row + 1] ?? 0] as const;
    const setting: EqSetting =
      settings === null ? decodeSetting(model, latentAt(at, map)) : settingOfRow(settings, row);
    const colour = colourOf(colourNumbers(document.words)[document.words.indexOf(of)] ?? 0);
    return html`
      <p><b>${name}</b>, ${map.heldOut[row] === 1 ? 'held out' : 'trained on'}</p>
      <wb-response .curves=${[{ name, setting, colour, emphasis: true }]}></wb-response>
      <p>${bandsText(setting)}</p>
      <p class="quiet">
        ${
          settings === null
            ? 'As the model rebuilds it from this place: the data with the person’s own setting are not loaded.'
            : 'As this person set it.'
        }
      </p>
    `;
  }
}

/** The bands that can be heard. */
function bandsText(setting: EqSetting): string {
  const heard = bandsOf(setting).filter(({ gainDb }) => Math.abs(gainDb) >= 0.05);
  if (heard.length === 0) return 'Every band at 0 dB';
  return heard
    .map(({ gainDb, frequencyHz }) => `${gainText(gainDb)} at ${frequencyText(frequencyHz)}`)
    .join(' · ');
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-map-tip': WbMapTip;
  }
}
