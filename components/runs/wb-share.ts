import '@awesome.me/webawesome/dist/components/button/button.js';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { encodeEqLink } from '../../src/share/eq-link';
import type { Uploaded } from '../../src/share/share-client';
import { LazyPart, whenLoaded } from '../kit/lazy-part';
import { panel } from '../kit/shared-styles';
import { whenIdle } from '../kit/when-idle';
import { ActionEvent } from '../state/action';
import { shareService } from '../state/share-service';
import type { CurrentEq } from '../state/current-eq';
import type { ShownLink, ShownModel } from '../state/page-state';
import { libraryActions } from './library-actions';
import { counted } from '../../src/base/number-text';
import { costText, cutText } from './share-texts';

const QR_CODE = new LazyPart('The QR code', () => import('./wb-qr-code'));
/** Bits of a weight that can be asked for beside those that the bounds ask for. */
const BITS = [4, 5, 6, 8, 10];

/** The model as it is left with a server. */
type ShortLink =
  | { readonly state: 'none' | 'asked' }
  | { readonly state: 'left'; readonly address: string; readonly uploaded: Uploaded }
  /** Also where it was taken back. */
  | { readonly state: 'refused'; readonly reason: string };

function refused(error: unknown): ShortLink {
  return { state: 'refused', reason: error instanceof Error ? error.message : String(error) };
}

/** The links: to the current EQ, to the model, and to a server where there is one. */
@customElement('wb-share')
export class WbShare extends LitElement {
  static override styles = [
    panel,
    css`
      h3:first-of-type {
        margin-top: 0;
      }

      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--wb-space-1) var(--wb-space-3);
        margin: 0 0 var(--wb-space-3);
      }

      dt {
        font-weight: 600;
      }

      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2) var(--wb-space-3);
        align-items: center;
        margin-bottom: var(--wb-space-2);
      }

      label {
        display: inline-flex;
        gap: var(--wb-space-2);
        align-items: center;
        font-size: var(--wb-text-s);
      }

      select {
        min-height: 2rem;
        border: 1px solid var(--wb-line-strong);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
      }

      summary {
        margin-bottom: var(--wb-space-2);
        font-size: var(--wb-text-s);
        cursor: pointer;
      }
    `,
  ];

  @property({ attribute: false }) model: ShownModel | null = null;
  @property({ attribute: false }) current: CurrentEq | null = null;
  @property({ attribute: false }) link: ShownLink | null = null;
  /** Of the page without its fragment. */
  @property() page = '';
  /** Whether the worker trains, and a link would have to share it. */
  @property({ type: Boolean }) busy = false;
  /** Whether the drawer is open: only then is a link made. */
  @property({ type: Boolean }) open = false;
  /** The model's file, once it was asked for. */
  @property({ attribute: false }) file: ArrayBuffer | null = null;

  /** Gives up what waits for the page to have nothing else to do; null where nothing does. */
  #idle: (() => void) | null = null;
  @state() private qrShown = false;
  @state() private hasServer = false;
  @state() private short: ShortLink = { state: 'none' };

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('model')) this.short = { state: 'none' };
    if (changed.has('open') && this.open) {
      void shareService.available().then((available) => {
        this.hasServer = available;
      });
    }
    if (changed.has('file') && this.file !== null && this.short.state === 'asked') {
      void this.#upload(this.file);
    }
  }

  /** What is shown is measured without being asked for, once the page has nothing else to do. */
  override updated(): void {
    if (this.#isToBeMade() && this.#idle === null) {
      this.#idle = whenIdle(() => {
        this.#idle = null;
        if (this.#isToBeMade()) this.#make();
      });
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#idle?.();
    this.#idle = null;
  }

  /** Not where it would cost a run its time. */
  #isToBeMade(): boolean {
    return this.open && this.model !== null && this.link === null && !this.busy;
  }

  override render(): unknown {
    return html`<h2>Share</h2>
      ${this.#eq()} ${this.#model()} ${this.hasServer ? this.#short() : null}`;
  }

  #eq(): unknown {
    const { current } = this;
    const address = current === null ? null : `${this.page}#${encodeEqLink(current)}`;
    return html`<h3>This EQ</h3>
      <div class="quiet" data-link="eq">
        ${
          address === null
            ? html`<p>Choose a word or draw a curve first.</p>`
            : facts([
                ['Length', `${counted(address.length, 'character')}. ${cutText(address.length)}`],
                [
                  'Holds',
                  `The setting and its name, “${current?.name ?? ''}”. It opens with the curve, the player and the ready-made model behind it.`,
                ],
              ])
        }
      </div>
      <div class="row">
        <wa-button
          size="s"
          appearance="outlined"
          ?disabled=${address === null}
          @click=${() => this.dispatchEvent(new ActionEvent({ type: 'share-eq' }))}
        >
          ${libraryActions['share-eq'].label}
        </wa-button>
      </div>
      ${address === null ? null : this.#qr(address, 'this EQ')}`;
  }

  #qr(address: string, what: string): unknown {
    return html`<details
      @toggle=${({ target }: Event) => {
        this.qrShown = target instanceof HTMLDetailsElement && target.open;
      }}
    >
      <summary>QR code of the link to ${what}</summary>
      ${
        this.qrShown
          ? whenLoaded(
              this,
              QR_CODE,
              () => html`<wb-qr-code address=${address} what=${what}></wb-qr-code>`,
            )
          : null
      }
    </details>`;
  }

  #model(): unknown {
    return html`<h3>This model, in a long link</h3>
      <div class="quiet" data-link="model" role="status">${this.#modelText()}</div>
      <div class="row">
        <wa-button
          size="s"
          appearance="outlined"
          ?disabled=${this.model === null}
          data-action="share"
          @click=${() => this.dispatchEvent(new ActionEvent({ type: 'share' }))}
        >
          ${libraryActions.share.label}
        </wa-button>
        <label>
          Bits a weight
          <select
            ?disabled=${this.model === null || this.link?.state === 'asked'}
            @change=${this.#chooseBits}
          >
            <option value="">as few as change little</option>
            ${BITS.map((bits) => html`<option value=${bits}>${bits}</option>`)}
          </select>
        </label>
      </div>`;
  }

  #modelText(): unknown {
    const { link, model } = this;
    if (model === null) return html`<p>There is no model yet.</p>`;
    if (link?.state === 'refused') return html`<p>${link.reason}</p>`;
    const words = counted(model.document.words.length, 'word');
    const holds = `The weights that the model is used with, ${words} and its figures. No row of the data, and nothing that only training needs.`;
    if (link?.state !== 'made') {
      return facts([
        ['Length', link === null ? 'Known once it is made.' : 'Being made and measured …'],
        ['Holds', holds],
      ]);
    }
    const { length } = link.address;
    return facts([
      ['Length', `${counted(length, 'character')}. ${cutText(length)}`],
      ['Holds', holds],
      ['Costs', costText(link.link)],
    ]);
  }

  #short(): unknown {
    const { short, model } = this;
    const left = short.state === 'left' ? short : null;
    return html`<h3>This model, in a short link</h3>
      <div class="quiet" data-link="short" role="status">
        ${
          left === null
            ? html`<p>
                ${
                  short.state === 'refused'
                    ? short.reason
                    : short.state === 'asked'
                      ? 'The model is being left with the server …'
                      : 'The model’s file is left with the server that this page comes from, and whoever has the link can open it. It holds the weights, the words and the figures; no row of the data.'
                }
              </p>`
            : facts([
                ['Link', left.address],
                [
                  'Length',
                  `${counted(left.address.length, 'character')}. ${cutText(left.address.length)}`,
                ],
                ['Token', `${left.uploaded.token} (takes the model back, also later)`],
              ])
        }
      </div>
      <div class="row">
        <wa-button
          size="s"
          appearance="outlined"
          data-action="leave"
          ?disabled=${model === null || short.state === 'asked'}
          @click=${
            left === null
              ? this.#leave
              : () =>
                  this.dispatchEvent(
                    new ActionEvent({ type: 'copy-address', address: left.address }),
                  )
          }
        >
          ${left === null ? 'Make a short link' : 'Copy the short link'}
        </wa-button>
        ${
          left === null
            ? null
            : html`<wa-button
                size="s"
                appearance="outlined"
                data-action="take-back"
                @click=${() => void this.#takeBack(left.uploaded)}
              >
                Take the model back
              </wa-button>`
        }
      </div>
      ${left === null ? null : this.#qr(left.address, 'this model')}`;
  }

  #leave = (): void => {
    this.short = { state: 'asked' };
    this.dispatchEvent(new ActionEvent({ type: 'make-shared-file' }));
  };

  async #upload(bytes: ArrayBuffer): Promise<void> {
    const { model } = this;
    const short = await shareService.upload(new Uint8Array(bytes)).then(
      (uploaded): ShortLink => ({
        state: 'left',
        address: shareService.addressOf(uploaded.id),
        uploaded,
      }),
      refused,
    );
    if (this.model === model) this.short = short;
  }

  async #takeBack(uploaded: Uploaded): Promise<void> {
    this.short = await shareService.remove(uploaded).then(
      (gone): ShortLink => ({
        state: 'refused',
        reason: gone
          ? 'The model was taken back: its link opens nothing any more.'
          : 'Your upload was taken back; the link still works, since somebody else left the same model.',
      }),
      refused,
    );
  }

  #chooseBits = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) this.#make(target.value);
  };

  #make(bits = ''): void {
    this.dispatchEvent(
      new ActionEvent({ type: 'make-link', ...(bits !== '' && { bits: Number(bits) }) }),
    );
  }
}

/** Facts of a link under their names. */
function facts(all: readonly (readonly [name: string, text: string])[]): unknown {
  return html`<dl>
    ${all.map(
      ([name, text]) =>
        html`<dt>${name}</dt>
          <dd>${text}</dd>`,
    )}
  </dl>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-share': WbShare;
  }
}
