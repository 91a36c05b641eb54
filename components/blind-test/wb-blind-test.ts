import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import type { ListeningChoice } from '../../src/listening/listening-choice';
import type { ListeningSession } from '../../src/listening/listening-session';
import type { ListeningTest } from '../../src/listening/listening-test';
import type { KeptTests } from '../../src/storage/kept-tests';
import type { BlindPlayer } from './blind-player';
import type { AudioPlayer } from '../audition/player/player';
import type { BlindEvent, BlindStep } from './blind-event';
import { LazyPart, loading, whenLoaded } from '../kit/lazy-part';
import { panel } from '../kit/shared-styles';
import { ActionEvent, type Action } from '../state/action';
import { INITIAL_STATE, type ListeningState } from '../state/page-state';

const TEST = new LazyPart('The blind test', () => import('./blind-parts'));
const LIST = new LazyPart('The list of blind tests', () => import('./wb-blind-list'));

/** What the dialog shows. */
type Stage =
  | { readonly at: 'closed' | 'set-up' | 'preparing' }
  | {
      readonly at: 'run';
      readonly session: ListeningSession;
      readonly blindPlayer: BlindPlayer;
      readonly asking: boolean;
    }
  | { readonly at: 'result'; readonly test: ListeningTest };

/** Blind listening tests: set up, run, and what came out of them. */
@customElement('wb-blind-test')
export class WbBlindTest extends LitElement {
  static override styles = [
    panel,
    css`
      wa-dialog {
        --width: 36rem;
      }

      .problem {
        color: var(--wb-danger);
      }
    `,
  ];

  @property({ attribute: false }) current: NamedSetting | null = null;
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) player: AudioPlayer | null = null;
  @property({ attribute: false }) listening: ListeningState = INITIAL_STATE.listening;
  @state() private stage: Stage = { at: 'closed' };
  /** What went wrong last, as a sentence. */
  @state() private problem: string | null = null;

  constructor() {
    super();
    this.addEventListener('blind-step', this.#take);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#act({ type: 'list-listening-tests' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.stage.at === 'run') this.stage.blindPlayer.end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { problem } = this.listening;
    if (changed.has('listening') && problem !== null) this.problem = problem;
  }

  override render(): unknown {
    const { stage } = this;
    return html`
      <h2>Blind test</h2>
      <p class="quiet">
        Can you tell two settings apart, or hear that one is warmer, when nothing but your ears can
        tell? At one loudness, in a random order.
      </p>
      <wa-button size="s" variant="brand" data-action="blind-test" @click=${this.#open}>
        Blind test…
      </wa-button>
      ${
        this.problem === null || stage.at !== 'closed'
          ? null
          : html`<p class="problem" role="alert">${this.problem}</p>`
      }
      ${this.#list(this.#listed(stage))}
      <wa-dialog
        label="Blind test"
        ?open=${stage.at !== 'closed'}
        @wa-hide=${this.#hide}
        @wa-after-hide=${this.#closed}
      >
        ${
          stage.at === 'closed'
            ? null
            : whenLoaded(this, TEST, () => this.#content(stage), loading('24rem'))
        }
      </wa-dialog>
    `;
  }

  #list(kept: KeptTests): unknown {
    if (kept.tests.length === 0 && kept.unreadable === 0) return null;
    const list = () => html`<wb-blind-list .kept=${kept}></wb-blind-list>`;
    return whenLoaded(this, LIST, list, loading('6rem'));
  }

  /** The list says nothing of a test that runs. */
  #listed(stage: Stage): KeptTests {
    const { kept } = this.listening;
    if (stage.at !== 'run') return kept;
    const { id } = stage.session;
    return { ...kept, tests: kept.tests.filter((test) => test.id !== id) };
  }

  #content(stage: Stage): unknown {
    switch (stage.at) {
      case 'closed':
        return null;
      case 'run':
        return html`<wb-blind-run
          .session=${stage.session}
          .blindPlayer=${stage.blindPlayer}
          .asking=${stage.asking}
        ></wb-blind-run>`;
      case 'result':
        return html`<wb-blind-result
          .test=${stage.test}
          .problem=${this.problem}
        ></wb-blind-result>`;
      default:
        return html`<wb-blind-setup
          .current=${this.current}
          .words=${this.words}
          .player=${this.player}
          .preparing=${stage.at === 'preparing'}
          .problem=${this.problem}
        ></wb-blind-setup>`;
    }
  }

  #open = (): void => {
    this.problem = null;
    this.stage = { at: 'set-up' };
  };

  /** Esc and the cross ask before they leave a test that runs, and go back to it when pressed again. */
  #hide = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    const { stage } = this;
    if (stage.at === 'preparing') event.preventDefault();
    if (stage.at !== 'run') return;
    event.preventDefault();
    this.stage = { ...stage, asking: !stage.asking };
  };

  #closed = (event: Event): void => {
    if (event.target === event.currentTarget) this.stage = { at: 'closed' };
  };

  #take = ({ step }: BlindEvent): void => {
    void this.#do(step);
  };

  async #do(step: BlindStep): Promise<void> {
    const { stage } = this;
    switch (step.type) {
      case 'begin':
        await this.#begin(step.choice);
        break;
      case 'answered':
        if (stage.at === 'run') this.#answered(stage);
        break;
      case 'ask-to-leave':
      case 'stay':
        if (stage.at === 'run') this.stage = { ...stage, asking: step.type === 'ask-to-leave' };
        break;
      case 'leave':
        if (stage.at === 'run') this.#end(stage);
        break;
      case 'new':
        this.#open();
        break;
      case 'show':
        this.problem = null;
        this.#show(step.test);
        break;
      case 'delete':
        this.#act({ type: 'delete-listening-test', id: step.id });
        break;
      case 'export':
        await this.#export(step.tests, step.as);
        break;
    }
  }

  async #begin(choice: ListeningChoice): Promise<void> {
    const { player } = this;
    if (player?.source == null || this.stage.at !== 'set-up') return;
    this.problem = null;
    this.stage = { at: 'preparing' };
    const { BlindPlayer, ListeningSession } = await TEST.load();
    const blindPlayer = new BlindPlayer(player);
    const { compared } = choice;
    const [first, second] = compared;
    const matched = await blindPlayer.prepare([first.setting, second.setting]);
    if (matched === null) {
      this.problem =
        'The loudness of the two could not be measured on this sound, so they cannot be compared fairly: try another sound or a longer loop.';
      this.stage = { at: 'set-up' };
      return;
    }
    const session = new ListeningSession({
      ...choice,
      id: crypto.randomUUID(),
      startedAt: new Date().toISOString(),
      compared: [
        { name: first.name, setting: [...first.setting], matchedLu: matched[0].gainLu },
        { name: second.name, setting: [...second.setting], matchedLu: matched[1].gainLu },
      ],
      material: { name: player.source.name, ...player.region },
      levelMatched: true,
      loweredDb: matched[0].loweredDb,
      seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    });
    this.stage = { at: 'run', session, blindPlayer, asking: false };
  }

  /** Every answer is kept at once, so that a closed tab leaves an unfinished test and not none. */
  #answered(stage: Extract<Stage, { at: 'run' }>): void {
    if (stage.session.over) this.#end(stage);
    else this.#keep(stage.session.record());
  }

  #end({ session, blindPlayer }: Extract<Stage, { at: 'run' }>): void {
    blindPlayer.end();
    const test = session.record();
    if (test.trials.length === 0) {
      this.stage = { at: 'closed' };
    } else {
      this.#show(test);
      this.#keep(test);
    }
  }

  async #export(tests: readonly ListeningTest[], as: 'json' | 'csv'): Promise<void> {
    const { exportOf } = await import('./blind-export');
    this.#act(exportOf(tests, as));
  }

  #show(test: ListeningTest): void {
    this.stage = { at: 'result', test };
  }

  #keep(test: ListeningTest): void {
    this.#act({ type: 'save-listening-test', test });
  }

  #act(action: Action): void {
    this.dispatchEvent(new ActionEvent(action));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-blind-test': WbBlindTest;
  }
}
