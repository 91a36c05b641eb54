import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { withMinus } from '../../src/base/number-text';
import type { Interval, ListeningSession } from '../../src/listening/listening-session';
import type { Side } from '../../src/listening/trial-plan';
import { comparative } from '../../src/listening/words';
import type { BlindPlayer } from './blind-player';
import type { AudioPlayer } from '../audition/player/player';
import { PlayerWatcher } from '../audition/player/player-watcher';
import { BlindEvent } from './blind-event';
import { blindProgress } from './blind-styles';
import { visuallyHidden } from '../kit/shared-styles';

const TICK_MS = 100;
const VOLUME_STEP_DB = 2;

const ANSWERS: Readonly<Record<string, Side>> = {
  '1': 'A',
  ArrowLeft: 'A',
  '2': 'B',
  ArrowRight: 'B',
};
const LOUDER: Readonly<Record<string, number>> = {
  ArrowUp: VOLUME_STEP_DB,
  ArrowDown: -VOLUME_STEP_DB,
};

/** The trials of a blind test. Nothing here, in the page or beside it, depends on what is right. */
@customElement('wb-blind-run')
export class WbBlindRun extends LitElement {
  static override styles = [
    visuallyHidden,
    blindProgress,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-4);
      }

      h3 {
        margin: 0;
        font: 650 var(--wb-text-xl) / 1.2 var(--wb-font-display);
        font-variant-numeric: tabular-nums;
      }

      h3:focus {
        outline: none;
      }

      p {
        margin: 0;
      }

      .intervals,
      .answers {
        display: grid;
        grid-auto-columns: minmax(0, 1fr);
        grid-auto-flow: column;
        gap: var(--wb-space-2);
      }

      .intervals button,
      .answers button {
        display: grid;
        gap: var(--wb-space-1);
        justify-items: center;
        align-content: center;
        min-width: 0;
        padding: var(--wb-space-3) var(--wb-space-2);
        border: 1px solid var(--wb-line-strong);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
        cursor: pointer;
        touch-action: manipulation;
      }

      .intervals button {
        /* Holds what is placed for screen readers alone. */
        position: relative;
        min-height: 6rem;
      }

      .letter {
        font: 650 2rem / 1 var(--wb-font-display);
      }

      .intervals button[aria-pressed='true'] {
        border-color: var(--wb-ink);
        background: var(--wb-ink);
        color: var(--wb-paper);
        /* Chosen where the system sets the colours, too. */
        forced-color-adjust: none;
      }

      .answers button {
        border-color: var(--wb-warm);
        background: var(--wb-warm-tint);
        font-weight: 600;
      }

      .answers button[aria-disabled='true'] {
        border-color: var(--wb-line);
        background: var(--wb-surface-sunk);
        color: var(--wb-ink-quiet);
        cursor: default;
      }

      button:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      .state,
      .quiet {
        font-size: var(--wb-text-s);
        font-weight: 400;
      }

      .quiet {
        color: var(--wb-ink-quiet);
      }

      .problem {
        color: var(--wb-danger);
      }

      kbd {
        padding: 0 4px;
        border: 1px solid var(--wb-line-strong);
        border-radius: 3px;
        font: inherit;
      }

      .leave {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
        align-items: center;
        padding: var(--wb-space-3);
        border-radius: var(--wb-radius-s);
        background: var(--wb-caution-tint);
      }

      .leave p {
        flex: 1 1 100%;
      }
    `,
  ];

  @property({ attribute: false }) session: ListeningSession | null = null;
  @property({ attribute: false }) blindPlayer: BlindPlayer | null = null;
  /** Whether the listener is asked about leaving. */
  @property({ attribute: false }) asking = false;
  /** What plays, or is about to. */
  @state() private current: Interval | null = null;

  #sounding = false;
  #listenedAt = 0;
  #beganAt = performance.now();
  #ticks: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    new PlayerWatcher(this);
  }

  get player(): AudioPlayer | null {
    return this.blindPlayer?.player ?? null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Of the window: what had the focus may be gone.
    addEventListener('keydown', this.#key);
    this.#ticks = setInterval(this.#tick, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#key);
    clearInterval(this.#ticks);
  }

  override firstUpdated(): void {
    this.#beganAt = performance.now();
    this.#focusTrial();
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('asking') || changed.get('asking') === undefined) return;
    if (this.asking) {
      this.#silence();
      void this.updateComplete.then(() => {
        this.renderRoot.querySelector<HTMLElement>('[data-action="stay"]')?.focus();
      });
    } else this.#focusTrial();
  }

  override render(): unknown {
    const { session } = this;
    if (session === null || session.over) return null;
    const trial = `Trial ${String(session.answered + 1)} of ${String(session.planned)}`;
    return html`
      <div>
        <h3 tabindex="-1">${trial}</h3>
        <progress
          aria-label="Answered trials"
          max=${session.planned}
          .value=${session.answered}
        ></progress>
      </div>
      ${this.asking ? this.#leaving(session) : this.#trial(session)}
    `;
  }

  #trial(session: ListeningSession): unknown {
    const abx = session.kind === 'abx';
    const more = comparative(session.question ?? '');
    const problem = this.player?.problem ?? null;
    return html`
      <p>${abx ? 'Is X the same as A, or the same as B?' : `Which is ${more}, A or B?`}</p>
      <div class="intervals" role="group" aria-label="Listen">
        ${session.intervals.map((interval) => this.#interval(session, interval))}
      </div>
      <div class="answers" role="group" aria-label="Answer">
        ${(['A', 'B'] as const).map(
          (side, i) => html`
            <button
              type="button"
              data-answer=${side}
              aria-disabled=${session.canAnswer ? 'false' : 'true'}
              @mousedown=${keepFocus}
              @click=${() => {
                this.#answer(side);
              }}
            >
              <span>${abx ? `X is ${side}` : `${side} is ${more}`}</span>
              <span class="state">key ${i + 1} or ${i === 0 ? '←' : '→'}</span>
            </button>
          `,
        )}
      </div>
      ${problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`}
      <p class="quiet">
        ${session.canAnswer ? 'Listen as often as you like.' : 'Listen to each before you answer.'}
        An answer cannot be taken back, and the score comes at the end. <kbd>Space</kbd> replays
        from the beginning; <kbd>↑</kbd> <kbd>↓</kbd> volume, now
        ${withMinus(String(this.player?.volumeDb ?? 0))} dB; <kbd>Esc</kbd> leaves.
      </p>
      <div>
        <wa-button
          size="s"
          appearance="outlined"
          data-action="ask-to-leave"
          @click=${() => this.dispatchEvent(new BlindEvent({ type: 'ask-to-leave' }))}
        >
          Leave the test…
        </wa-button>
      </div>
    `;
  }

  #interval(session: ListeningSession, interval: Interval): unknown {
    const current = this.current === interval;
    return html`
      <button
        type="button"
        data-interval=${interval}
        aria-pressed=${current ? 'true' : 'false'}
        @mousedown=${keepFocus}
        @click=${() => {
          this.#play(interval, 'here');
        }}
      >
        <span class="visually-hidden">Play</span>
        <span class="letter">${interval}</span>
        <span class="state">${session.heard(interval) ? 'heard' : 'not heard yet'}</span>
      </button>
    `;
  }

  #leaving({ answered, planned }: ListeningSession): unknown {
    return html`
      <div class="leave" role="alertdialog" aria-labelledby="leave">
        <p id="leave">
          Leave the test? ${answered} of ${planned} trials are answered. It is kept as unfinished,
          without a score or p-value: those hold only where the number of trials was fixed
          beforehand.
        </p>
        <wa-button
          variant="brand"
          data-action="stay"
          @click=${() => this.dispatchEvent(new BlindEvent({ type: 'stay' }))}
        >
          Go on
        </wa-button>
        <wa-button
          appearance="outlined"
          data-action="leave"
          @click=${() => this.dispatchEvent(new BlindEvent({ type: 'leave' }))}
        >
          Leave
        </wa-button>
      </div>
    `;
  }

  #play(interval: Interval, from: 'here' | 'beginning'): void {
    const { session, blindPlayer } = this;
    if (session === null || blindPlayer === null || session.over) return;
    this.#tick();
    this.#sounding = false;
    this.current = interval;
    const trial = session.answered;
    void blindPlayer.present(session.settingOf(interval), from).then((sounds) => {
      if (!sounds || this.current !== interval || session.answered !== trial) return;
      this.#sounding = true;
      this.#listenedAt = performance.now();
    });
  }

  #silence(): void {
    this.#tick();
    this.#sounding = false;
    this.current = null;
    this.blindPlayer?.stop();
  }

  #answer(side: Side): void {
    const { session } = this;
    this.#tick();
    if (session?.canAnswer !== true) return;
    const now = performance.now();
    this.#silence();
    session.answer(side, (now - this.#beganAt) / 1000);
    this.#beganAt = now;
    this.requestUpdate();
    this.dispatchEvent(new BlindEvent({ type: 'answered' }));
    this.#focusTrial();
  }

  /** Counts what was listened to since the last tick. */
  #tick = (): void => {
    if (!this.#sounding || this.current === null || this.session === null) return;
    const now = performance.now();
    this.session.listened(this.current, (now - this.#listenedAt) / 1000);
    this.#listenedAt = now;
    this.requestUpdate();
  };

  #key = (event: KeyboardEvent): void => {
    const { session, blindPlayer } = this;
    if (this.asking || session === null || blindPlayer === null) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = event.composedPath()[0];
    const answer = ANSWERS[event.key];
    const step = LOUDER[event.key];
    const interval = session.intervals.find((letter) => letter === event.key.toUpperCase());
    if (event.key === ' ') {
      // On a button that has the focus, the space bar presses that.
      if (from instanceof Element && from.matches('button')) return;
      if (!event.repeat && this.current !== null) this.#play(this.current, 'beginning');
    } else if (answer !== undefined) {
      if (!event.repeat) this.#answer(answer);
    } else if (interval !== undefined) {
      if (!event.repeat) this.#play(interval, 'here');
    } else if (step !== undefined) {
      blindPlayer.player.setVolume(blindPlayer.player.volumeDb + step);
    } else return;
    event.preventDefault();
  };

  /** Says where the test is, and leaves the keys to it. */
  #focusTrial(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector('h3')?.focus();
    });
  }
}

/** A click leaves the space bar to replaying. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-blind-run': WbBlindRun;
  }
}
