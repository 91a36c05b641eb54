import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunSummary } from '../../workers/trainer/messages';
import { fileInput } from '../kit/file-input';
import { visuallyHidden } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { lastingText, roomText, storageRoom, type AskedStorage, type Room } from './storage-room';

/** All runs together: the room they take, whether the browser keeps them, and one file of them all. */
@customElement('wb-library')
export class WbLibrary extends LitElement {
  static override styles = [
    visuallyHidden,
    css`
      :host {
        display: block;
        margin-top: var(--wb-space-3);
        padding-top: var(--wb-space-3);
        border-top: 1px solid var(--wb-line);
      }

      p {
        margin: 0 0 var(--wb-space-2);
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      meter {
        display: block;
        width: min(20rem, 100%);
        margin-bottom: var(--wb-space-2);
      }

      /* Before what is known of the room, which comes later and would push them down. */
      .do {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
        margin-bottom: var(--wb-space-2);
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunSummary[] = [];
  @state() private room: Room | null = null;
  @state() private asked = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('runs')) void this.#look();
  }

  override render(): unknown {
    const { room } = this;
    const bytes = this.runs.reduce((sum, run) => sum + run.bytes, 0);
    return html`
      <div class="do">
        <wa-button
          size="s"
          appearance="outlined"
          data-action="export-library"
          ?disabled=${this.runs.length === 0}
          @click=${() => this.dispatchEvent(new ActionEvent({ type: 'export-library' }))}
        >
          Export all (zip)
        </wa-button>
        <wa-button
          size="s"
          appearance="outlined"
          data-action="import-library"
          @click=${() => {
            this.renderRoot.querySelector('input')?.click();
          }}
        >
          Import…
        </wa-button>
        ${
          room?.lasting === false && !this.asked
            ? html`<wa-button
                size="s"
                appearance="outlined"
                data-action="keep-storage"
                @click=${this.#ask}
              >
                Ask the browser to keep it
              </wa-button>`
            : null
        }
        ${fileInput('.zip', 'A library that was exported', (file) => {
          this.dispatchEvent(new ActionEvent({ type: 'import-library', file }));
        })}
      </div>
      ${
        this.runs.length === 0
          ? null
          : html`<p data-export>
              The file of all runs also holds the data sets they learnt from, as they are kept here:
              without personal columns.
            </p>`
      }
      ${
        room === null
          ? null
          : html`<p data-room>${roomText(room, bytes)}</p>
              ${
                room.used === null || room.quota === null
                  ? null
                  : html`<meter
                      aria-label="Storage used"
                      max=${Math.max(1, room.quota)}
                      high=${0.9 * room.quota}
                      .value=${room.used}
                    ></meter>`
              }
              <p data-lasting role="status">${lastingText(room, this.asked)}</p>`
      }
    `;
  }

  #ask = async (): Promise<void> => {
    this.asked =
      (await storageHere()
        ?.persist()
        .catch(() => false)) !== true;
    await this.#look();
  };

  async #look(): Promise<void> {
    this.room = await storageRoom(storageHere());
  }
}

/** Pages on an address that is not secure have none. */
function storageHere(): AskedStorage | undefined {
  return 'storage' in navigator ? navigator.storage : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-library': WbLibrary;
  }
}
