import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { thousands } from '../../src/base/number-text';
import { iconStyles, icons } from '../kit/icons';
import { ActionEvent, type Action } from '../state/action';
import { INITIAL_STATE, type PageState } from '../state/page-state';
import { VIEWS, type View } from '../state/view';
import { pageActions } from './page-actions';
import { currentTheme, setTheme, type Theme } from '../kit/theme';
import './wb-engine';

const NEXT_THEME: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

const VIEW_NAMES: Readonly<Record<View, string>> = {
  explore: 'Explore',
  train: 'Train',
  compare: 'Compare',
};

/** Name, views, what is open, and what the page is set to. */
@customElement('wb-header')
export class WbHeader extends LitElement {
  static override styles = [
    iconStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--wb-space-4);
        height: var(--wb-header);
        box-sizing: border-box;
        padding: var(--wb-space-1) var(--wb-space-4);
        border-bottom: 1px solid var(--wb-line);
        background: var(--wb-surface);
      }

      /* Where letters are so large that not all has room, it stands in the window's title still. */
      h1 {
        display: flex;
        flex: 0 1 auto;
        flex-wrap: wrap;
        height: 1.4em;
        margin: 0;
        overflow: hidden;
        font: 750 var(--wb-text-xl) / 1.4 var(--wb-font-display);
        letter-spacing: -0.01em;
      }

      /* Holds the first line, so that a name that has no room goes to the second, out of sight. */
      h1::before {
        content: '';
        height: 1.4em;
      }

      h1 .warm {
        color: var(--wb-warm);
      }

      h1 .bright {
        color: var(--wb-bright);
      }

      nav {
        display: flex;
        flex: none;
        gap: 2px;
        padding: 3px;
        border-radius: 99px;
        background: var(--wb-surface-sunk);
      }

      a {
        padding: 5px var(--wb-space-4);
        border-radius: 99px;
        color: var(--wb-ink-quiet);
        font-weight: 600;
        text-decoration: none;
      }

      a[aria-current='page'] {
        background: var(--wb-surface);
        box-shadow: var(--wb-shadow);
        color: var(--wb-ink);
      }

      /* The model's name gives way first. */
      .right {
        container-type: inline-size;
        display: flex;
        flex: 1 1 0;
        align-items: center;
        justify-content: flex-end;
        gap: var(--wb-space-2);
        min-width: 0;
      }

      button {
        flex: none;
        min-width: 2.25rem;
        height: 2.25rem;
        padding: 0 var(--wb-space-2);
        border: 1px solid var(--wb-line);
        border-radius: 99px;
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
        cursor: pointer;
      }

      button.model {
        display: flex;
        flex: 0 1 auto;
        gap: 0.3em;
        align-items: center;
        padding: 0 var(--wb-space-3);
        overflow: hidden;
        white-space: nowrap;
      }

      .model span {
        overflow: hidden;
        text-overflow: ellipsis;
      }

      button.round {
        padding: 0;
        font-size: var(--wb-text-l);
      }

      a:focus-visible,
      button:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      nav button {
        display: none;
      }

      /* The key itself still opens the help on keys. */
      @container (max-width: 22rem) {
        button.keys {
          display: none;
        }
      }

      /* The views are under the thumb, and with them the model. */
      @media (max-width: 47.99em) {
        :host {
          gap: var(--wb-space-2);
          padding: var(--wb-space-1) var(--wb-space-3);
        }

        h1 {
          font-size: var(--wb-text-l);
        }

        nav {
          position: fixed;
          inset: auto 0 0;
          z-index: 3;
          box-sizing: border-box;
          height: var(--wb-tabs);
          padding: 3px 3px env(safe-area-inset-bottom);
          border-top: 1px solid var(--wb-line);
          border-radius: 0;
          background: var(--wb-surface);
        }

        a,
        nav button {
          display: grid;
          flex: 1 1 auto;
          place-items: center;
          height: auto;
          padding: 0;
          border: 0;
          border-radius: var(--wb-radius-s);
          background: none;
          color: var(--wb-ink-quiet);
          font: inherit;
          font-weight: 600;
          font-size: min(1em, 6vw);
        }

        a[aria-current='page'],
        nav button[aria-expanded='true'] {
          background: var(--wb-surface-sunk);
          box-shadow: none;
          color: var(--wb-ink);
        }

        /* One tab is lit: what lies over a view is what is seen. */
        nav:has(button[aria-expanded='true']) a {
          background: none;
          color: var(--wb-ink-quiet);
        }

        .right {
          container-type: normal;
          flex: 1 0 auto;
        }

        .right button.model,
        .right button.keys {
          display: none;
        }
      }

      @media (forced-colors: active) {
        a[aria-current='page'],
        button[aria-expanded='true'] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
    `,
  ];

  @property({ attribute: false }) view: PageState = INITIAL_STATE;
  @state() private theme: Theme = currentTheme();

  override render(): unknown {
    const { view } = this;
    const next = NEXT_THEME[this.theme];
    return html`
      <h1>
        <span><span class="warm">Warm</span><span class="bright">bright</span></span>
      </h1>
      <nav aria-label="Views">
        ${VIEWS.map((name) => this.#tab(name))} ${this.#model('', 'Model')}
      </nav>
      <div class="right">
        <button
          type="button"
          data-action="explain"
          @click=${() => {
            this.#act({ type: 'explain', shown: true });
          }}
        >
          ${pageActions.explain.label}
        </button>
        ${this.#model('model', html`<span>${modelText(view)}</span>▾`)}
        <wb-engine
          .engine=${view.engine}
          .choice=${view.engineChoice}
          .phase=${view.phase}
          .endNotices=${view.endNotices}
        ></wb-engine>
        <button
          type="button"
          class="round keys"
          aria-label=${pageActions['open-shortcuts'].label}
          title=${pageActions['open-shortcuts'].label}
          aria-keyshortcuts="?"
          data-action="open-shortcuts"
          @click=${() => {
            this.#act({ type: 'open-shortcuts' });
          }}
        >
          ${icons.keys}
        </button>
        <button
          type="button"
          class="round"
          aria-label=${`Colours: ${this.theme}. Change to ${next}.`}
          title=${`Colours: ${this.theme}`}
          @click=${this.#turnTheme}
        >
          ${icons[this.theme]}
        </button>
      </div>
    `;
  }

  /** Opens what is known of the model: one button in the bar, another among a narrow page's tabs. */
  #model(kind: string, text: unknown): unknown {
    return html`<button
      type="button"
      class=${kind}
      data-action="open-model"
      aria-expanded=${this.view.drawer === 'model' ? 'true' : 'false'}
      @click=${() => {
        this.#act({ type: 'open-drawer', drawer: 'model' });
      }}
    >
      ${text}
    </button>`;
  }

  /** A link, since each view has an address: it can be opened in another tab, and gone back to. */
  #tab(name: View): unknown {
    const current = name === this.view.view;
    return html`<a
      href=${`#${name}`}
      aria-current=${current ? 'page' : 'false'}
      @click=${(event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.#act({ type: 'go', view: name });
      }}
      >${VIEW_NAMES[name]}</a
    >`;
  }

  #act(action: Action): void {
    this.dispatchEvent(new ActionEvent(action));
  }

  #turnTheme = (): void => {
    this.theme = NEXT_THEME[this.theme];
    setTheme(this.theme);
  };
}

/** What is open, and how many settings it has learnt from. */
function modelText({ model, data }: PageState): string {
  if (model === null) {
    return data === null ? 'No model yet' : `${data.name} · ${thousands(data.rows)} rows`;
  }
  const { run, words } = model.document;
  if (run === null) return `A model of ${String(words.length)} words`;
  const rows = thousands(run.trainingRows);
  const name = model.source === 'ready-made' ? 'Ready-made model' : run.name;
  return `${name} · ${rows} ${run.synthetic ? 'synthetic ' : ''}settings`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-header': WbHeader;
  }
}
