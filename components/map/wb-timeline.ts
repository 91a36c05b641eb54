import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { ActionEvent } from '../state/action';

/** How long a replay takes, however many frames it has. */
const REPLAY_MS = 3500;

/** Which epoch is looked back at: a slider over all that are kept, and a button that plays them. */
@customElement('wb-timeline')
export class WbTimeline extends LitElement {
  static override styles = [
    iconStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
        align-items: center;
        min-width: 0;
        font-size: var(--wb-text-s);
        font-variant-numeric: tabular-nums;
      }

      button {
        flex: none;
        height: 1.9rem;
        padding: 0 var(--wb-space-3) 0 var(--wb-space-2);
        border: 1px solid var(--wb-line);
        border-radius: 99px;
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
        cursor: pointer;
      }

      input {
        flex: 1 1 4rem;
        min-width: 4rem;
        height: 1.5rem;
        accent-color: var(--wb-warm);
      }

      output {
        flex: none;
        min-width: 4.5rem;
        text-align: right;
      }

      button:focus-visible,
      input:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }
    `,
  ];

  /** That can be looked at, the newest last. */
  @property({
    attribute: false,
    // They are listed anew with every drawing.
    hasChanged: (a: readonly number[], b: readonly number[] | undefined) =>
      a.length !== b?.length || a.some((epoch, i) => epoch !== b[i]),
  })
  epochs: readonly number[] = [];
  /** The one that is looked at; null: the newest. */
  @property({ attribute: false }) cursor: number | null = null;
  /** What the epochs are of: another has another timeline. */
  @property({ attribute: false }) of: unknown = null;
  /** Plays what it is given of a run that has ended as soon as it is there. */
  @property({ type: Boolean }) autoplay = false;
  @state() private playing = false;

  #frame = 0;
  #startedMs = 0;
  /** Whether it has played by itself. */
  #begun = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('of')) {
      this.#stop();
      this.#begun = false;
    }
    if (!this.autoplay || this.#begun || this.epochs.length < 2) return;
    this.#begun = true;
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) this.#play();
  }

  override render(): unknown {
    const { epochs, playing } = this;
    if (epochs.length < 2) return null;
    const last = epochs.length - 1;
    const at = this.#at();
    const epoch = `epoch ${String(epochs[at] ?? 0)}`;
    return html`
      <button type="button" @click=${playing ? this.#end : this.#play}>
        ${playing ? icons.pause : icons.play} ${playing ? 'Stop' : 'Replay'}
      </button>
      <input
        type="range"
        aria-label="Epoch that is looked at"
        aria-valuetext=${epoch}
        min="0"
        max=${last}
        step="1"
        .value=${String(at)}
        @input=${this.#scrub}
      />
      <output>${epoch}</output>
    `;
  }

  #scrub = (event: Event): void => {
    this.#stop();
    this.#show(Number(controlValue(event)));
  };

  #play = (): void => {
    this.playing = true;
    this.#startedMs = performance.now();
    this.#frame = requestAnimationFrame(this.#tick);
  };

  #tick = (now: number): void => {
    const share = (now - this.#startedMs) / REPLAY_MS;
    if (share >= 1) {
      this.#end();
      return;
    }
    const at = Math.floor(Math.max(0, share) * this.epochs.length);
    if (at !== this.#at()) this.#show(at);
    this.#frame = requestAnimationFrame(this.#tick);
  };

  #end = (): void => {
    this.#stop();
    this.#show(this.epochs.length - 1);
  };

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    this.playing = false;
  }

  /** Index of the epoch that is looked at. */
  #at(): number {
    const { epochs, cursor } = this;
    const at = cursor === null ? -1 : epochs.findLastIndex((epoch) => epoch <= cursor);
    return at < 0 ? epochs.length - 1 : at;
  }

  #show(at: number): void {
    const epoch = at >= this.epochs.length - 1 ? null : (this.epochs[at] ?? null);
    this.dispatchEvent(new ActionEvent({ type: 'scrub', epoch }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-timeline': WbTimeline;
  }
}
