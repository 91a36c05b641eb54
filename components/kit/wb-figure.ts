import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FIGURE_MILLIMETRES, type FigureWidth } from '../../src/figures/svg-parts';
import { ActionEvent } from '../state/action';
import { svgAddress } from './svg-picture';

/** A figure fit for a paper, on its own white paper, to take away as SVG or PNG. */
@customElement('wb-figure')
export class WbFigure extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-width: 0;
    }

    figure {
      margin: 0;
    }

    img {
      display: block;
      box-sizing: border-box;
      max-width: 100%;
      height: auto;
      border: 1px solid var(--wb-line);
      border-radius: var(--wb-radius-s);
      background: #fff;
    }

    .take {
      display: flex;
      gap: var(--wb-space-2);
      margin-top: var(--wb-space-2);
    }
  `;

  /** An image: what it says can run nothing and load nothing. */
  @property({ attribute: false }) svg = '';
  @property({ attribute: false }) width: FigureWidth = 'column';
  /** What is to be seen, for those who do not see it. */
  @property({ attribute: false }) about = '';
  /** Of the files, without an ending. */
  @property({ attribute: false }) fileName = 'figure';

  override render(): unknown {
    return html`
      <figure>
        <img src=${svgAddress(this.svg)} alt=${this.about} />
        <div class="take" role="group" aria-label=${`Take away: ${this.about}`}>
          <wa-button size="s" appearance="outlined" data-action="svg" @click=${this.#saveSvg}>
            SVG
          </wa-button>
          <wa-button size="s" appearance="outlined" data-action="png" @click=${this.#savePng}>
            PNG
          </wa-button>
        </div>
      </figure>
    `;
  }

  #saveSvg = (): void => {
    const { svg: text, fileName } = this;
    const name = `${fileName}.svg`;
    this.dispatchEvent(
      new ActionEvent({ type: 'save-text', name, mediaType: 'image/svg+xml', text }),
    );
  };

  #savePng = (): void => {
    const { svg, fileName, width } = this;
    const millimetres = FIGURE_MILLIMETRES[width];
    const name = `${fileName}.png`;
    this.dispatchEvent(new ActionEvent({ type: 'save-picture', name, svg, millimetres }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-figure': WbFigure;
  }
}
