import '@awesome.me/webawesome/dist/components/button/button.js';
import { css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { LazyPart, loading, whenLoaded } from '../kit/lazy-part';
import { OwnTaskElement } from '../kit/own-task-element';
import { panel } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { CurrentEq } from '../state/current-eq';
import './wb-preset-import';
import type { WbPresetImport } from './wb-preset-import';

const EXPORT = new LazyPart('The presets', () => import('./wb-preset-export'));

/** The current EQ as other equalisers read it, and theirs brought here. */
@customElement('wb-presets')
export class WbPresets extends OwnTaskElement {
  static override styles = [
    panel,
    css`
      wb-preset-export,
      wa-button {
        margin-bottom: var(--wb-space-3);
      }

      :host([dragging]) {
        outline: 3px dashed var(--wb-warm);
        outline-offset: -3px;
      }
    `,
  ];

  @property({ attribute: false }) current: CurrentEq | null = null;
  /** Rate of the sound that is heard, in Hz: preamp and deviation are worked out for it. */
  @property({ attribute: false }) sampleRateHz = 48_000;
  @state() private dragging = false;
  @query('wb-preset-import') private importer!: WbPresetImport;

  constructor() {
    super();
    this.addEventListener('dragover', this.#dragOver);
    this.addEventListener('dragleave', this.#dragLeave);
    this.addEventListener('drop', this.#drop);
  }

  /** Reads a preset that was dropped elsewhere. */
  async readFile(file: File): Promise<void> {
    await this.updateComplete;
    await this.importer.readFile(file);
  }

  override render(): unknown {
    const { current } = this;
    this.toggleAttribute('dragging', this.dragging);
    return html`
      <h2>Take it along</h2>
      ${
        current === null
          ? html`<p class="quiet">
              Train or open a model and choose a word: its setting can then be taken to other
              equalisers.
            </p>`
          : whenLoaded(this, EXPORT, () => this.#export(current), loading('22rem'))
      }
      ${
        current === null
          ? null
          : html`<wa-button
              size="s"
              appearance="outlined"
              data-action="share-eq"
              @click=${() => this.dispatchEvent(new ActionEvent({ type: 'share-eq' }))}
            >
              Copy a link to this EQ
            </wa-button>`
      }
      <wb-preset-import></wb-preset-import>
    `;
  }

  #export(current: CurrentEq): unknown {
    return html`<wb-preset-export
      .current=${current}
      .sampleRateHz=${this.sampleRateHz}
    ></wb-preset-export>`;
  }

  // What is dropped on this panel is a preset; the page leaves it alone once it is taken here.
  #dragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.dragging = true;
  };

  #dragLeave = (): void => {
    this.dragging = false;
  };

  #drop = (event: DragEvent): void => {
    this.dragging = false;
    const file = event.dataTransfer?.files[0];
    // A zip is no preset: the page opens it wherever it is dropped.
    if (file !== undefined && /\.zip$/i.test(file.name)) return;
    event.preventDefault();
    if (file !== undefined) void this.importer.readFile(file);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-presets': WbPresets;
  }
}
