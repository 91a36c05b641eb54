import { LitElement, html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { isAudioFile } from '../../src/audio/audio-file';
import type { ActionEvent } from '../state/action';
import { ACTIONS } from './actions';
import { actionOfKeys, isTextField, shortcutsOf } from './shortcuts';
import { macrotask } from '../../workers/shared/macrotask';
import { TrainerClient } from '../../workers/trainer/client';
import { eraseAsked, thisBrowser } from '../state/browser';
import { INITIAL_STATE, isActive, isSweeping, type PageState } from '../state/page-state';
import { frameLookedAt } from '../state/look-back';
import { Store } from '../state/store';
import type { AnswerEvent } from '../kit/wb-question';
import { lazyDrawer, type LazyDrawer } from '../kit/lazy-drawer';
import { LazyPart, loading, whenLoaded } from '../kit/lazy-part';
import { watchPointer } from '../kit/pointer-held';
import { visuallyHidden } from '../kit/shared-styles';
import { appStyles } from './app-styles';
import { WordsOfModel } from '../words/words-of-model';
import './wb-bench';
import './wb-header';
import './wb-notices';
import '../training/wb-watch-panel';
import '../words/wb-word-panel';

const TRAIN = new LazyPart('The view for training', () => import('./wb-train-view'));
const LEARNT = new LazyPart('The figures', () => import('../training/wb-learnt'));
const RUNS = new LazyPart('The runs', () => import('../runs/wb-runs'));
const MODEL: LazyDrawer = {
  drawer: 'model',
  label: 'The model',
  part: new LazyPart('The model’s details', () => import('../runs/wb-model-drawer')),
};
/** Of the panel before there is a sweep: its sentence takes three lines on a phone, and one on a desk. */
const SWEEP_HEIGHT = 'clamp(6rem, 8.4rem + (390px - 100vw) * 0.2, 8.4rem)';
const SWEEP = new LazyPart('The sweep', () => import('../sweep/wb-sweep-view'));
const COMPARISON = new LazyPart('The comparison', () => import('../runs/wb-compare'));
const LINK_DIALOG = new LazyPart('The link', () => import('./wb-link-dialog'));
const EXPLAIN = new LazyPart('The guided tour', () => import('./wb-explain'));
const QUESTION = new LazyPart('The question', () => import('../kit/wb-question'));
const SHORTCUTS_HELP = new LazyPart('The help on keys', () => import('./wb-shortcuts'));

/** The page's, where no model of somebody else is open. */
const TITLE = document.title;
const SHORTCUTS = shortcutsOf(ACTIONS);

/** The page: one store, three views, and what is called for beside them. */
@customElement('wb-app')
export class WbApp extends LitElement {
  static override styles = [visuallyHidden, appStyles];

  @state() private view: PageState = INITIAL_STATE;
  @state() private dragging = false;

  #store = new Store({ actions: ACTIONS, client: new TrainerClient(), browser: thisBrowser });
  #words = new WordsOfModel(() => {
    this.requestUpdate();
  });
  #lookedAt = INITIAL_STATE.view;
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
    watchPointer();
    addEventListener('dragover', this.#dragOver);
    addEventListener('dragleave', this.#dragLeave);
    addEventListener('drop', this.#drop);
    addEventListener('keydown', this.#key);
    if (eraseAsked.read() === null) this.#store.start();
    else void this.#eraseAndStart();
  }

  async #eraseAndStart(): Promise<void> {
    eraseAsked.write(null);
    let problem: string | null = null;
    try {
      const { eraseAll } = await import('./erase-all');
      await eraseAll();
    } catch (error) {
      problem = `Not all that is kept here could be erased (${String(error)}). Clear this site’s data in the browser’s settings.`;
    }
    this.#store.start();
    if (problem !== null) this.#store.act({ type: 'report', text: problem });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    removeEventListener('dragover', this.#dragOver);
    removeEventListener('dragleave', this.#dragLeave);
    removeEventListener('drop', this.#drop);
    removeEventListener('keydown', this.#key);
  }

  /**
   * Draws at most once a frame, however fast the worker tells; for the first time in a task of its own,
   * since that in which the page's code is evaluated is long enough.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await macrotask();
    else if (document.visibilityState === 'visible') await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  /** Another view begins at its top, and what came from somebody else stands in the title. */
  protected override updated(): void {
    const { model } = this.view;
    const came = model?.source === 'link' || model?.source === 'file';
    const title = came ? `${model.document.run?.name ?? 'A model'}, in Warmbright` : TITLE;
    if (document.title !== title) document.title = title;
    if (this.#lookedAt === this.view.view) return;
    this.#lookedAt = this.view.view;
    scrollTo(0, 0);
  }

  override render(): unknown {
    const { view } = this;
    const words = this.#words.of(view.model);
    return html`
      <header>
        <button class="skip" type="button" @click=${this.#skip}>Skip to the map</button>
        <wb-header .view=${view}></wb-header>
      </header>
      <wb-notices .notices=${view.notices}></wb-notices>
      <main data-view=${view.view}>
        <section class="stage" aria-label="Map and words">
          <wb-watch-panel .view=${view} .words=${words}></wb-watch-panel>
          <wb-word-panel
            .model=${view.model}
            .mixture=${view.mixture}
            ?elsewhere=${view.eqHistory.present?.follows === undefined}
          ></wb-word-panel>
        </section>
        <wb-bench
          class="side"
          .current=${view.eqHistory.present}
          .mixture=${view.mixture}
          .words=${words}
          .model=${view.model}
          .frame=${frameLookedAt(view)}
          .listening=${view.listening}
          .drawer=${view.drawer}
          .slots=${view.slots}
          .data=${view.data}
          .cleaned=${view.cleaned}
          .minimumRows=${view.minimumRows}
          ?training=${isActive(view.phase)}
          .canUndo=${ACTIONS.undo.enabled(view)}
          .canRedo=${ACTIONS.redo.enabled(view)}
        ></wb-bench>
        ${this.#train(view)} ${this.#compare(view)}
      </main>
      ${this.#model(view)} ${this.#dialogs(view)}
      <div class="visually-hidden" role="status" aria-live="polite">${view.announcement}</div>
      ${
        this.dragging
          ? html`<div class="drop">
              Drop a CSV of EQ settings, a model file, a library of runs, a preset or audio
            </div>`
          : null
      }
    `;
  }

  /** Once it was looked at it stays, so that what was chosen in it does, too. */
  #train(view: PageState): unknown {
    if (view.view !== 'train' && TRAIN.module === null) return null;
    const make = () => html`<wb-train-view .view=${view}></wb-train-view>`;
    const learnt = () => html`<wb-learnt .view=${view}></wb-learnt>`;
    return html`
      <section class="make" aria-label="Data and recipe">
        ${whenLoaded(this, TRAIN, make, loading('30rem'))}
      </section>
      <section class="learnt" aria-label="What it has learnt">
        ${whenLoaded(this, LEARNT, learnt, loading('30rem'))}
      </section>
    `;
  }

  #compare(view: PageState): unknown {
    // The list is small, and says how each run ends: it is kept up to date from the first run on.
    if (view.view !== 'compare' && view.runs.length === 0 && RUNS.module === null) return null;
    const sweep = () => html`<wb-sweep-view .view=${view}></wb-sweep-view>`;
    const runs = () =>
      html`<wb-runs
        .runs=${view.runs}
        .unreadable=${view.unreadableRuns}
        .problem=${view.runsProblem}
        .leaving=${view.leaving}
        .openRun=${view.run?.id ?? null}
        .phase=${view.phase}
      ></wb-runs>`;
    // Once loaded it stays, and with it what was chosen in it.
    const compared = view.compared !== null || COMPARISON.module !== null;
    const comparison = () => html`<wb-compare .runs=${view.compared}></wb-compare>`;
    return html`<section class="kept" aria-label="Runs">
      ${view.view === 'compare' ? whenLoaded(this, SWEEP, sweep, loading(SWEEP_HEIGHT)) : null}
      ${whenLoaded(this, RUNS, runs, loading('12rem'))}
      ${compared ? whenLoaded(this, COMPARISON, comparison, loading('30rem')) : null}
    </section>`;
  }

  /** What is known of the model, and how it is taken away. */
  #model(view: PageState): unknown {
    const content = () => {
      const share = html`<wb-share
        .model=${view.model}
        .current=${view.eqHistory.present}
        .link=${view.modelLink}
        .file=${view.sharedFile}
        page=${location.origin + location.pathname}
        ?open=${view.drawer === 'model'}
        ?busy=${isActive(view.phase) || isSweeping(view)}
      ></wb-share>`;
      const keep = html`<wb-keep-panel
        .model=${view.model}
        .runs=${view.runs.length}
        ?trainable=${view.data !== null}
        ?busy=${isActive(view.phase) && view.phase !== 'paused'}
      ></wb-keep-panel>`;
      // What came by a link is first to be kept.
      return view.model?.source === 'link' ? [keep, share] : [share, keep];
    };
    return lazyDrawer(this, MODEL, () => this.#store.state.drawer, content);
  }

  #dialogs(state: PageState): unknown {
    const { linkToCopy, shortcutsShown, explaining, view, waitingData } = state;
    const link = () => html`<wb-link-dialog .link=${linkToCopy}></wb-link-dialog>`;
    const explain = () => html`<wb-explain .root=${this.renderRoot}></wb-explain>`;
    const question = () => html`${this.#question(state)} ${this.#eraseQuestion(state)}`;
    const asked = waitingData !== null || state.eraseAsked;
    const help = () => html`<wb-shortcuts></wb-shortcuts>`;
    // Once loaded, those that are opened again stay, and with them what was chosen in them.
    const wanted = (part: LazyPart<unknown>, asked: boolean) => asked || part.module !== null;
    return html`
      ${wanted(LINK_DIALOG, linkToCopy !== null) ? whenLoaded(this, LINK_DIALOG, link) : null}
      ${wanted(QUESTION, asked) ? whenLoaded(this, QUESTION, question) : null}
      ${explaining && view === 'explore' ? whenLoaded(this, EXPLAIN, explain) : null}
      ${shortcutsShown ? whenLoaded(this, SHORTCUTS_HELP, help) : null}
    `;
  }

  #eraseQuestion({ eraseAsked }: PageState): unknown {
    return html`<wb-question
      ?open=${eraseAsked}
      label="Erase all that is kept in this browser?"
      yes="Erase it all"
      @wb-answer=${({ yes }: AnswerEvent) => {
        this.#store.act({ type: 'answer-erase', yes });
      }}
    >
      Runs and their models, data sets, blind tests and settings of this page go, and the page
      begins anew. Files that you have downloaded stay. Close other tabs of this page first: a run
      that trains there would be kept again. This cannot be undone.
    </wb-question>`;
  }

  /** Asked of data that would take the place of those that something learns from. */
  #question(state: PageState): unknown {
    const { waitingData, run, sweep } = state;
    const name = waitingData?.name ?? '';
    const sweeps = isSweeping(state);
    return html`<wb-question
      ?open=${waitingData !== null}
      label=${sweeps ? 'Stop the sweep?' : 'Stop the run?'}
      yes=${`Stop it and read ${name}`}
      no="Keep training"
      @wb-answer=${({ yes }: AnswerEvent) => {
        this.#store.act({ type: 'answer-data', stop: yes });
      }}
    >
      ${
        sweeps
          ? `A sweep of ${String(sweep?.members.length ?? 0)} runs is training. To read ${name} it has to end; the runs that are finished stay.`
          : `${run?.name ?? 'A run'} has not ended. To read ${name} it has to stop where it is; what it has learnt until now stays.`
      }
    </wb-question>`;
  }

  /** Not a link: a fragment in the address would be taken for a shared model. */
  #skip = (): void => {
    this.renderRoot.querySelector('wb-watch-panel')?.focus();
  };

  /** Except where text is typed, which has a use for them, and an undo of its own. */
  #key = (event: KeyboardEvent): void => {
    const action = actionOfKeys(event, SHORTCUTS);
    if (action === null || isTextField(event.composedPath()[0])) return;
    event.preventDefault();
    this.#store.act(action);
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
    else void this.#open(file);
  };

  async #open(file: File): Promise<void> {
    // Where it cannot be told, reading it says what is wrong.
    const isPreset = await import('../presets/preset-file').then(
      ({ isPresetFile }) => isPresetFile(file),
      () => false,
    );
    if (!isPreset) {
      this.#store.act({ type: 'open-file', file });
      return;
    }
    this.#store.act({ type: 'go', view: 'explore' });
    if (this.#store.state.drawer !== 'presets') {
      this.#store.act({ type: 'open-drawer', drawer: 'presets' });
    }
    await this.updateComplete;
    await this.renderRoot.querySelector('wb-bench')?.readPreset(file);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-app': WbApp;
  }
}
