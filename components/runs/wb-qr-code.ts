import encodeQR from 'qr';
import { LitElement, css, svg, html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/** Light around the code, which readers need to find it, in modules (ISO/IEC 18004). */
const QUIET = 4;

/** An address as a QR code: dark on light in both themes, as readers expect it. */
@customElement('wb-qr-code')
export class WbQrCode extends LitElement {
  static override styles = css`
    svg {
      display: block;
      width: min(100%, 16rem);
      height: auto;
      border-radius: var(--wb-radius-s);
      background: #fff;
      color: #000;
    }
  `;

  @property() address = '';
  /** What it leads to: "this EQ". */
  @property() what = '';
  #size = 0;
  #path = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('address') || this.address === '') return;
    const rows = encodeQR(this.address, 'raw', { ecc: 'medium', border: QUIET });
    this.#size = rows.length;
    this.#path = rows
      .flatMap((row, y) =>
        row.flatMap((dark, x) => (dark ? [`M${String(x)} ${String(y)}h1v1h-1z`] : [])),
      )
      .join('');
  }

  override render(): unknown {
    const size = String(this.#size);
    return html`<svg
      viewBox="0 0 ${size} ${size}"
      role="img"
      aria-label=${`QR code of the link to ${this.what}`}
      shape-rendering="crispEdges"
    >
      ${svg`<path fill="currentColor" d=${this.#path}></path>`}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-qr-code': WbQrCode;
  }
}
