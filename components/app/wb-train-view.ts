import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { INITIAL_STATE, type PageState } from '../state/page-state';
import { usualWords } from '../state/usual-words';
import '../data/wb-data-panel';
import '../recipe/wb-recipe-panel';

/** What a model is trained on, and how. */
@customElement('wb-train-view')
export class WbTrainView extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      gap: var(--wb-space-3);
      grid-template-columns: minmax(0, 1fr);
    }

    /* About as high as it gets, so that the recipe stays where it is while the data are drawn. */
    wb-data-panel {
      box-sizing: border-box;
      min-height: 14.6rem;
    }
  `;

  @property({ attribute: false }) view: PageState = INITIAL_STATE;

  override render(): unknown {
    const { view } = this;
    return html`
      <wb-data-panel
        .data=${view.data}
        .report=${view.audit}
        .cleaned=${view.cleaned}
        .recipe=${view.recipe}
        .reading=${view.reading}
        .foreignColumns=${view.foreignColumns}
        .minimumRows=${view.minimumRows}
        .chosen=${view.chosenWords}
        .phase=${view.phase}
      ></wb-data-panel>
      <wb-recipe-panel
        .recipe=${view.recipe}
        .phase=${view.phase}
        .usualWords=${usualWords(view)}
      ></wb-recipe-panel>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-train-view': WbTrainView;
  }
}
