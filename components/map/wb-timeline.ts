import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import type { MapFrame } from '../state/map-history';
import { FrameEvent } from './frame-event';

/** How long a replay takes, however many frames it has. */
const REPLAY_MS = 3500;

/** Which epoch's map is looked at: a slider over all that are kept, and a button that plays them. */
@customElement('wb-timeline')
export class WbTimeline extends LitElement {
  static override styles = [
    iconStyles,
    css`
      :host {
        display: flex;
        gap: var(--wb-space-2);
        align-items: center;
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
        flex: 1 1 auto;
        min-width: 4rem;
        height: 1.5rem;
        accent-color: var(--wb-warm-fill);
      }

      output {
        flex: none;
        min-width: 5.5rem;
        text-align: right;
      }

      button:focus-visible,
      input:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }
    `,
  ];

  @property({ attribute: false }) frames: readonly MapFrame[] = [];
  /** Plays what it is given of a run that has ended as soon as it is there. */
  @property({ type: Boolean }) autoplay = false;
  /** Index of the frame that is looked at; null: the newest. */
  @state() private at: number | null = null;
  @state() private playing = false;

  #frame = 0;
  #startedMs = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('frames')) return;
    const before = changed.get('frames') ?? [];
    // Of another run.
    if (before[0] !== this.frames[0]) {
      this.#stop();
      this.at = null;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (this.autoplay && !still && this.frames.length > 1) this.#play();
    }
  }

  override render(): unknown {
    const { frames, playing } = this;
    if (frames.length < 2) return null;
    const last = frames.length - 1;
    const at = Math.min(this.at ?? last, last);
    const epoch = `epoch ${String(frames[at]?.epoch ?? 0)}`;
    return html`
      <button type="button" @click=${playing ? this.#end : this.#play}>
        ${playing ? icons.pause : icons.play} ${playing ? 'Stop' : 'Replay'}
      </button>
      <input
        type="range"
        aria-label="Epoch of the map"
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
    const at = Math.floor(Math.max(0, share) * this.frames.length);
    if (at !== this.at) this.#show(at);
    this.#frame = requestAnimationFrame(this.#tick);
  };

  #end = (): void => {
    this.#stop();
    this.#show(this.frames.length - 1);
  };

  #stop(): void {
    cancelAnimationFrame(this.#frame);
    this.playing = false;
  }

  #show(at: number): void {
    this.at = at >= this.frames.length - 1 ? null : at;
    this.dispatchEvent(new FrameEvent(this.at === null ? null : (this.frames[this.at] ?? null)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-timeline': WbTimeline;
  }
}
