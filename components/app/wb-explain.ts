import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { primaryButton } from '../kit/button-styles';
import { ActionEvent } from '../state/action';

/** What is explained: a part of the page, found from the app's root on, and what is said of it. */
interface Step {
  readonly part: readonly string[];
  readonly title: string;
  readonly text: string;
}

const STEPS: readonly Step[] = [
  {
    part: ['wb-watch-panel'],
    title: 'The map',
    text: 'Each point is one person’s setting of an equaliser, coloured by the word they gave it. What sounds alike lies together.',
  },
  {
    part: ['wb-watch-panel'],
    title: 'The ring',
    text: 'It is the current EQ, the one that you see and hear. Drag it, click anywhere, or move it with the arrow keys: every place on the map is a setting.',
  },
  {
    part: ['wb-word-panel'],
    title: 'The words',
    text: 'A word takes the ring to where people mean it. Below it stand the different things they mean, and words can be blended.',
  },
  {
    part: ['wb-bench', 'wb-equaliser'],
    title: 'The curve',
    text: 'The same EQ as five bands. Drag a handle, or turn the wheel over it for its Q; the map’s ring follows.',
  },
  {
    part: ['wb-bench', 'wb-audition'],
    title: 'The player',
    text: 'Play drums, bass and chords, or a file of your own, through it. 0 is the sound as it was; A, B and C are settings, all at one loudness.',
  },
  {
    part: ['wb-bench', '.take'],
    title: 'What next',
    text: 'Take the setting to your own equaliser, or test blind whether you hear it. In Train, you watch a model learn such a map from data.',
  },
];

/** Pixels between a part and what is said of it, and from the window's edge. */
const GAP = 12;

/** Walks through the page in six steps, each beside what it is about. */
@customElement('wb-explain')
export class WbExplain extends LitElement {
  static override styles = [
    primaryButton,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        box-sizing: border-box;
        width: min(21rem, calc(100vw - 1.5rem));
        margin: 0;
        padding: var(--wb-space-4);
        border: 2px solid var(--wb-bright);
        border-radius: var(--wb-radius);
        background: var(--wb-surface);
        color: var(--wb-ink);
        box-shadow: 0 6px 32px rgb(0 0 0 / 28%);
      }

      .mark {
        position: fixed;
        z-index: 3;
        border: 3px solid var(--wb-bright);
        border-radius: var(--wb-radius);
        pointer-events: none;
      }

      h2 {
        margin: 0 0 var(--wb-space-2);
        font: 650 var(--wb-text-l) / 1.2 var(--wb-font-display);
      }

      p {
        margin: 0 0 var(--wb-space-3);
      }

      .buttons {
        display: flex;
        gap: var(--wb-space-2);
        align-items: center;
      }

      .buttons span {
        margin-right: auto;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }
    `,
  ];

  /** The root in which the parts are looked for. */
  @property({ attribute: false }) root: ParentNode | null = null;
  @state() private at = 0;
  @query('[popover]') private card!: HTMLElement;
  @query('.mark') private mark!: HTMLElement;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('resize', this.#place);
    addEventListener('keydown', this.#escape);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('resize', this.#place);
    removeEventListener('keydown', this.#escape);
  }

  override render(): unknown {
    const step = STEPS[this.at];
    if (step === undefined) return null;
    const last = this.at === STEPS.length - 1;
    return html`
      <div class="mark" aria-hidden="true"></div>
      <div popover="manual" role="dialog" aria-labelledby="title" @keydown=${this.#key}>
        <h2 id="title">${step.title}</h2>
        <p aria-live="polite">${step.text}</p>
        <div class="buttons">
          <span>${this.at + 1} of ${STEPS.length}</span>
          ${
            last
              ? null
              : html`<button type="button" class="primary beside" @click=${this.#end}>
                  Close
                </button>`
          }
          ${
            this.at === 0
              ? null
              : html`<button
                  type="button"
                  class="primary beside"
                  data-action="back"
                  @click=${this.#back}
                >
                  Back
                </button>`
          }
          <button type="button" class="primary" data-action="next" @click=${this.#next}>
            ${last ? 'Done' : 'Next'}
          </button>
        </div>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.card.showPopover();
  }

  protected override updated(): void {
    // Also when the button that was pressed has gone: keys go on from here.
    if (this.shadowRoot?.activeElement === null) {
      this.card.querySelector<HTMLElement>('[data-action="next"]')?.focus();
    }
    this.#part()?.scrollIntoView({ block: 'nearest' });
    this.#place();
  }

  #part(): Element | null {
    let root: ParentNode | null = this.root;
    let found: Element | null = null;
    for (const selector of STEPS[this.at]?.part ?? []) {
      found = root?.querySelector(selector) ?? null;
      root = found?.shadowRoot ?? found;
    }
    return found;
  }

  /** Beside the part where there is room, else above it, else over its lower end. */
  #place = (): void => {
    const part = this.#part()?.getBoundingClientRect();
    if (part === undefined) return;
    const { width, height } = this.card.getBoundingClientRect();
    const right = part.right + GAP + width < innerWidth ? part.right + GAP : null;
    const left = part.left - GAP - width > 0 ? part.left - GAP - width : null;
    const x = right ?? left ?? Math.max(GAP, part.right - width - GAP);
    const above = part.top - GAP - height;
    const over = Math.max(GAP, Math.min(innerHeight - height - GAP, part.bottom - height));
    const y = (right ?? left) === null && above > GAP ? above : over;
    this.card.style.left = `${x.toFixed(0)}px`;
    this.card.style.top = `${y.toFixed(0)}px`;
    const { style } = this.mark;
    style.left = `${part.left.toFixed(0)}px`;
    style.top = `${part.top.toFixed(0)}px`;
    style.width = `${part.width.toFixed(0)}px`;
    style.height = `${part.height.toFixed(0)}px`;
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') this.#next();
    else if (event.key === 'ArrowLeft') this.#back();
  };

  /** Wherever the keys are, unless something else closes by it. */
  #escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) this.#end();
  };

  #next = (): void => {
    if (this.at === STEPS.length - 1) this.#end();
    else this.at++;
  };

  #back = (): void => {
    this.at = Math.max(0, this.at - 1);
  };

  #end = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'explain', shown: false }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-explain': WbExplain;
  }
}
