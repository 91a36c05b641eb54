import { css, html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import type { Mixture } from '../../src/explore/mixture';
import type { TimelineFrame } from '../../src/timeline/timeline';
import { AudioClient } from '../../workers/audio/audio-client';
import { AudioPlayer } from '../audition/player/player';
import { PlayerWatcher } from '../audition/player/player-watcher';
import '../audition/wb-audition';
import '../equaliser/wb-equaliser';
import type { ShapeEvent } from '../equaliser/shape-event';
import type { NamedCurve } from '../kit/eq-plot';
import { DRAWER, lazyDrawer } from '../kit/lazy-drawer';
import { LazyPart } from '../kit/lazy-part';
import { plainButton } from '../kit/button-styles';
import { OwnTaskElement } from '../kit/own-task-element';
import { ActionEvent } from '../state/action';
import type { CurrentEq, SlotSource } from '../state/current-eq';
import {
  INITIAL_STATE,
  type CleanedData,
  type ListeningState,
  type LoadedData,
  type ShownModel,
} from '../state/page-state';
import type { Drawer } from '../state/view';
import { BEFORE_ROUNDING, verdictSentence } from '../../src/analysis/scoreboard/verdict-sentence';
import { peopleBand, type PeopleBand } from '../words/people-band';
import { earlierCurves, wordCurves } from '../words/word-curves';

/** What is called for beside the current EQ, by the button that opens it. */
const DRAWERS = {
  presets: {
    label: 'Take it along',
    part: new LazyPart('The presets', async () => {
      await Promise.all([
        import('../presets/wb-presets'),
        import('../presets/wb-impulse-response'),
        import('../presets/wb-own-word'),
        import('../audition/wb-render'),
      ]);
    }),
  },
  'blind-test': {
    label: 'Blind test',
    part: new LazyPart('The blind test', () => import('../blind-test/wb-blind-test')),
  },
  bands: {
    label: 'In numbers',
    part: new LazyPart('The numbers', async () => {
      await Promise.all([import('../equaliser/wb-band-inputs'), import('../words/wb-bands')]);
    }),
  },
  sound: {
    label: 'Sound and loop',
    part: new LazyPart('The sound', () => import('../audition/wb-sound')),
  },
} as const;
type BenchDrawer = keyof typeof DRAWERS;
const IN_ORDER = ['presets', 'blind-test', 'bands', 'sound'] as const;

/** The current EQ: seen, shaped, heard and taken away. */
@customElement('wb-bench')
export class WbBench extends OwnTaskElement {
  static override styles = [
    plainButton,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--wb-space-3);
      }

      /* Takes what room there is; where there is too little, the bench scrolls. */
      wb-equaliser {
        flex: 1 0 auto;
      }

      /* About as high as they get, so that what lies below stays where it is. */
      @media (min-width: 48em) {
        wb-equaliser {
          box-sizing: border-box;
          min-height: calc(28vh + 9.9rem);
        }

        wb-audition {
          flex: none;
          box-sizing: border-box;
          min-height: 14.6rem;
        }
      }

      @media (min-width: 62em) {
        wb-equaliser {
          min-height: 20.95rem;
        }
      }

      .take {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
      }

      .take button {
        flex: 1 1 auto;
      }

      /* Two and two, where three and one would have room. */
      @media (max-width: 47.99em) {
        .take[role='group'] button {
          flex-basis: 40%;
        }
      }

      .verdict {
        margin: 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      /* Where the verdict and what to do next will stand. */
      .later {
        min-height: 6.55rem;
      }

      .take button[aria-expanded='true'] {
        border-color: var(--wb-ink);
        background: var(--wb-surface-sunk);
      }

      @media (forced-colors: active) {
        .take button[aria-expanded='true'] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
    `,
  ];

  @property({ attribute: false }) current: CurrentEq | null = null;
  @property({ attribute: false }) mixture: Mixture | null = null;
  /** The model's words, each with its own setting. */
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) model: ShownModel | null = null;
  /** The epoch that is looked back at; null: the model as it is. */
  @property({ attribute: false }) frame: TimelineFrame | null = null;
  @property({ attribute: false }) listening: ListeningState = INITIAL_STATE.listening;
  @property({ attribute: false }) drawer: Drawer | null = null;
  /** What A, B and C play; null until somebody has chosen. */
  @property({ attribute: false }) slots: readonly SlotSource[] | null = null;
  @property({ attribute: false }) data: LoadedData | null = null;
  /** What the data's words are, once they have been looked over. */
  @property({ attribute: false }) cleaned: CleanedData | null = null;
  @property({ attribute: false }) minimumRows = 1;
  /** Whether a run uses the data just now. */
  @property({ type: Boolean }) training = false;
  @property({ attribute: false }) canUndo = false;
  @property({ attribute: false }) canRedo = false;

  /** Worked out once a model and mixture, however often the player has the bench drawn. */
  #curves: readonly NamedCurve[] = [];
  #earlier: readonly NamedCurve[] | null = null;
  #people: { settings: Float32Array | null; word: string; band: PeopleBand | null } | null = null;
  #verdict: string | null = null;
  #audio = new AudioClient();
  /** What everything that is heard goes through. */
  readonly player = new AudioPlayer({
    measure: (...asked) => this.#audio.measure(...asked),
    readHeader: (file) => this.#audio.readHeader(file),
  });

  constructor() {
    super();
    new PlayerWatcher(this);
  }

  /** Sound that comes from outside, such as a file dropped on the page. */
  hear(file: File): void {
    void this.player.load(file);
  }

  /** A preset that comes from outside: read where presets are, whose drawer must be open. */
  async readPreset(file: File): Promise<void> {
    await Promise.all([DRAWER.load(), DRAWERS.presets.part.load()]);
    await this.updateComplete;
    await this.renderRoot.querySelector('wb-presets')?.readFile(file);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { model, mixture, frame } = this;
    if (changed.has('model') || changed.has('mixture')) {
      this.#curves = model === null || mixture === null ? [] : wordCurves(model, mixture);
    }
    if (changed.has('model') || changed.has('mixture') || changed.has('frame')) {
      const known = model !== null && mixture !== null && frame !== null;
      this.#earlier = known ? earlierCurves(model, mixture, frame) : null;
    }
    if (changed.has('model')) {
      this.#verdict = model === null ? null : verdictSentence(model.document);
    }
  }

  override render(): unknown {
    const { current, words, player, model } = this;
    const sampleRateHz = player.source?.buffer.sampleRate ?? 48_000;
    const curves = this.#curves;
    const people = this.#peopleOf(model, this.mixture?.parts[0]?.word ?? null);
    return html`
      <wb-equaliser
        .current=${current}
        .curves=${curves}
        .earlier=${this.#earlier}
        .people=${people}
        .words=${words}
        .model=${model}
        .player=${player}
        .sampleRateHz=${sampleRateHz}
        .canUndo=${this.canUndo}
        .canRedo=${this.canRedo}
      ></wb-equaliser>
      <wb-audition
        .current=${current}
        .words=${words}
        .player=${player}
        .chosen=${this.slots}
        ?beside=${this.drawer !== null}
      ></wb-audition>
      <div class="take" role="group" aria-label="With the current EQ">
        ${IN_ORDER.map(
          (drawer) =>
            html`<button
              type="button"
              class="plain"
              data-drawer=${drawer}
              aria-expanded=${this.drawer === drawer ? 'true' : 'false'}
              @click=${() => this.dispatchEvent(new ActionEvent({ type: 'open-drawer', drawer }))}
            >
              ${DRAWERS[drawer].label}
            </button>`,
        )}
      </div>
      ${this.#about()} ${IN_ORDER.map((drawer) => this.#drawer(drawer, curves, sampleRateHz))}
    `;
  }

  #wordCounts(): ReadonlyMap<string, number> {
    return new Map(this.cleaned?.words.map(({ word, rows }) => [word, rows]));
  }

  /** Worked out once for the rows and a word, however often the bench is drawn. */
  #peopleOf(model: ShownModel | null, word: string | null): PeopleBand | null {
    if (model === null || word === null) return null;
    const known = this.#people;
    // A model in training is another in every frame, of the same rows.
    if (known?.settings !== model.settings || known.word !== word) {
      this.#people = { settings: model.settings, word, band: peopleBand(model, word) };
    }
    return this.#people?.band ?? null;
  }

  /** What the model is worth, and, of the ready-made one, what to do next. */
  #about(): unknown {
    const { model } = this;
    if (model === null) return html`<div class="later"></div>`;
    const verdict = this.#verdict;
    return html`
      ${
        verdict === null
          ? null
          : html`<p class="verdict">
              ${verdict} ${model.source === 'link' ? BEFORE_ROUNDING : null}
            </p>`
      }
      ${
        model.source === 'ready-made'
          ? html`<div class="take">
              <button
                type="button"
                class="plain"
                data-action="train-yourself"
                @click=${() => this.dispatchEvent(new ActionEvent({ type: 'train-sample' }))}
              >
                Train it yourself, on a sample
              </button>
              <button
                type="button"
                class="plain"
                data-action="own-data"
                @click=${() => this.dispatchEvent(new ActionEvent({ type: 'go', view: 'train' }))}
              >
                Use your own data
              </button>
            </div>`
          : null
      }
    `;
  }

  #drawer(drawer: BenchDrawer, curves: readonly NamedCurve[], sampleRateHz: number): unknown {
    const content = () => this.#content(drawer, curves, sampleRateHz);
    return lazyDrawer(this, { drawer, ...DRAWERS[drawer] }, () => this.drawer, content);
  }

  #content(drawer: BenchDrawer, curves: readonly NamedCurve[], sampleRateHz: number): unknown {
    const { current, words, player } = this;
    switch (drawer) {
      case 'presets':
        return html`
          <wb-presets .current=${current} .sampleRateHz=${sampleRateHz}></wb-presets>
          <wb-impulse-response .current=${current}></wb-impulse-response>
          <wb-render .current=${current} .source=${player.source}></wb-render>
          <wb-own-word
            .data=${this.data}
            .counts=${this.#wordCounts()}
            .minimumRows=${this.minimumRows}
            ?busy=${this.training}
          ></wb-own-word>
        `;
      case 'blind-test':
        return html`<wb-blind-test
          .current=${current}
          .words=${words}
          .player=${player}
          .listening=${this.listening}
        ></wb-blind-test>`;
      case 'bands': {
        const picked = curves.at(-1);
        return html`
          <wb-band-inputs .setting=${current?.setting ?? []} @shape=${this.#shape}></wb-band-inputs>
          <wb-bands .setting=${picked?.setting ?? []} .name=${picked?.name ?? ''}></wb-bands>
        `;
      }
      case 'sound':
        return html`<wb-sound .player=${player}></wb-sound>`;
    }
  }

  #shape = ({ change, gesture }: ShapeEvent): void => {
    this.dispatchEvent(new ActionEvent({ type: 'shape', change, gesture }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-bench': WbBench;
  }
}
