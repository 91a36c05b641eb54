import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { isAudioFile } from '../../src/audio/audio-file';
import type { NamedSetting } from '../../src/eq/named-setting';
import { modelCode } from '../state/model-code';
import type { ActionEvent } from '../state/action';
import { ACTIONS } from './actions';
import { actionOfKeys, isTextField, shortcutsOf } from './shortcuts';
import { TrainerClient } from '../../workers/trainer/client';
import { thisBrowser } from '../state/browser';
import { INITIAL_STATE, type PageState, type ShownModel } from '../state/page-state';
import { Store } from '../state/store';
import { usualWords } from '../state/usual-words';
import { LazyPart, whenLoaded } from '../kit/lazy-part';
import { visuallyHidden } from '../kit/shared-styles';
import './wb-bench';
import '../data/wb-data-panel';
import './wb-header';
import '../runs/wb-keep-panel';
import './wb-notices';
import '../recipe/wb-recipe-panel';
import '../training/wb-watch-panel';
import '../words/wb-word-panel';

const COMPARISON = new LazyPart('The comparison', () => import('../runs/wb-compare'));
const LINK_DIALOG = new LazyPart('The link', () => import('./wb-link-dialog'));
const SHORTCUTS_HELP = new LazyPart('The help on keys', () => import('./wb-shortcuts'));

const SHORTCUTS = shortcutsOf(ACTIONS);

/** The page: one store, and the panels in the order of the journey. */
@customElement('wb-app')
export class WbApp extends LitElement {
  static override styles = [
    visuallyHidden,
    css`
      :host {
        display: block;
      }

      .panels {
        display: grid;
        gap: var(--wb-space-4);
        grid-template-columns: minmax(0, 1fr);
        max-width: 1760px;
        margin: 0 auto;
        padding: var(--wb-space-3);
      }

      .column {
        display: grid;
        gap: var(--wb-space-4);
        align-content: start;
        min-width: 0;
      }

      .watch {
        align-self: start;
      }

      @media (min-width: 760px) and (max-width: 1179px) {
        .panels {
          grid-template-columns: 20rem minmax(0, 1fr);
        }

        .take {
          grid-column: 2;
        }

        .make {
          grid-row: 1 / span 2;
        }
      }

      @media (min-width: 1180px) {
        .panels {
          grid-template-columns: 19.5rem minmax(0, 1fr) 22rem;
          padding: var(--wb-space-4);
        }
      }

      .skip {
        position: absolute;
        left: -999px;
        top: var(--wb-space-2);
        z-index: 2;
        padding: var(--wb-space-2) var(--wb-space-3);
        border-radius: var(--wb-radius-s);
        background: var(--wb-ink);
        color: var(--wb-paper);
      }

      .skip:focus {
        left: var(--wb-space-2);
      }

      .drop {
        position: fixed;
        inset: 0;
        z-index: 3;
        display: grid;
        place-items: center;
        border: 4px dashed var(--wb-warm);
        background: color-mix(in srgb, var(--wb-paper) 85%, transparent);
        color: var(--wb-ink);
        font: 650 var(--wb-text-xl) var(--wb-font-display);
        pointer-events: none;
      }
    `,
  ];

  @state() private view: PageState = INITIAL_STATE;
  @state() private dragging = false;

  #store = new Store({ actions: ACTIONS, client: new TrainerClient(), browser: thisBrowser });
  #words: { model: ShownModel | null; settings: readonly NamedSetting[] } | null = null;
  #unsubscribe: (() => void) | null = null;

  constructor() {
    super();
    this.addEventListener('wb-action', (event: ActionEvent) => {
      this.#store.act(event.action);
    });
  }

  override connectedCallback(): void {
    // What stands in the element before the script runs says that the page is starting.
    this.replaceChildren();
    super.connectedCallback();
    this.#unsubscribe = this.#store.subscribe(() => {
      this.view = this.#store.state;
    });
    addEventListener('dragover', this.#dragOver);
    addEventListener('dragleave', this.#dragLeave);
    addEventListener('drop', this.#drop);
    addEventListener('keydown', this.#key);
    this.#store.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    removeEventListener('dragover', this.#dragOver);
    removeEventListener('dragleave', this.#dragLeave);
    removeEventListener('drop', this.#drop);
    removeEventListener('keydown', this.#key);
  }

  /** Draws at most once a frame, however fast the worker tells. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated && document.visibilityState === 'visible') {
      await new Promise(requestAnimationFrame);
    }
    await super.scheduleUpdate();
  }

  override render(): unknown {
    const { view } = this;
    const words = this.#wordsOf(view.model);
    return html`
      <header>
        <button class="skip" type="button" @click=${this.#skip}>Skip to the map</button>
        <wb-header
          .engine=${view.engine}
          .choice=${view.engineChoice}
          .phase=${view.phase}
        ></wb-header>
      </header>
      <wb-notices .notices=${view.notices}></wb-notices>
      <main>
        <div class="panels">
          <div class="column make">
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
          </div>
          <wb-watch-panel class="watch" .view=${view} .words=${words}></wb-watch-panel>
          <div class="column take">
            <wb-word-panel .model=${view.model} .mixture=${view.mixture}></wb-word-panel>
            ${
              view.eqHistory.present === null
                ? null
                : html`<wa-button
                    size="s"
                    appearance="outlined"
                    data-action="to-bench"
                    @click=${this.#toBench}
                  >
                    Shape it, hear it, take it along ↓
                  </wa-button>`
            }
            <wb-keep-panel
              .model=${view.model}
              .runs=${view.runs}
              .openRun=${view.run?.id ?? null}
              .phase=${view.phase}
            ></wb-keep-panel>
          </div>
        </div>
        <wb-bench
          .current=${view.eqHistory.present}
          .words=${words}
          .model=${view.model}
          .listening=${view.listening}
          .canUndo=${ACTIONS.undo.enabled(view)}
          .canRedo=${ACTIONS.redo.enabled(view)}
        ></wb-bench>
      </main>
      ${this.#dialogs(view)}
      <div class="visually-hidden" role="status" aria-live="polite">${view.announcement}</div>
      ${this.dragging ? html`<div class="drop">Drop a SAFE-DB CSV, a model file or audio</div>` : null}
    `;
  }

  #dialogs({ compared, linkToCopy, shortcutsShown }: PageState): unknown {
    const comparison = () => html`<wb-compare .runs=${compared}></wb-compare>`;
    const link = () => html`<wb-link-dialog .link=${linkToCopy}></wb-link-dialog>`;
    const help = () => html`<wb-shortcuts></wb-shortcuts>`;
    // Once loaded, those that are opened again stay, and with them what was chosen in them.
    const wanted = (part: LazyPart<unknown>, asked: boolean) => asked || part.module !== null;
    return html`
      ${wanted(COMPARISON, compared !== null) ? whenLoaded(this, COMPARISON, comparison) : null}
      ${wanted(LINK_DIALOG, linkToCopy !== null) ? whenLoaded(this, LINK_DIALOG, link) : null}
      ${shortcutsShown ? whenLoaded(this, SHORTCUTS_HELP, help) : null}
    `;
  }

  /** Worked out once a model: undone, drawn and dragged many times over. */
  #wordsOf(model: ShownModel | null): readonly NamedSetting[] {
    if (this.#words?.model !== model) {
      this.#words = { model, settings: model === null ? [] : modelCode().wordSettings(model) };
    }
    return this.#words.settings;
  }

  /** Not a link: a fragment in the address would be taken for a shared model. */
  #skip = (): void => {
    this.renderRoot.querySelector('wb-watch-panel')?.focus();
  };

  /** Except where text is typed, which has a use for them, and an undo of its own. */
  #key = (event: KeyboardEvent): void => {
    const type = actionOfKeys(event, SHORTCUTS);
    if (type === null || isTextField(event.composedPath()[0])) return;
    event.preventDefault();
    this.#store.act({ type });
  };

  #toBench = (): void => {
    this.renderRoot.querySelector('wb-bench')?.focus();
  };

  #dragOver = (event: DragEvent): void => {
    if (this.#takenBelow(event)) return;
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.dragging = true;
  };

  #dragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.dragging = false;
  };

  /** Whether a panel that takes files of its own kind has taken this one. */
  #takenBelow(event: DragEvent): boolean {
    if (event.defaultPrevented) this.dragging = false;
    return event.defaultPrevented;
  }

  #drop = (event: DragEvent): void => {
    if (this.#takenBelow(event)) return;
    event.preventDefault();
    this.dragging = false;
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    if (isAudioFile(file)) this.renderRoot.querySelector('wb-bench')?.hear(file);
    else this.#store.act({ type: 'open-file', file });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-app': WbApp;
  }
}
