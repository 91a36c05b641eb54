import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { signed } from '../../src/base/number-text';
import type { NamedSetting } from '../../src/eq/named-setting';
import type { AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { settingOf, SLOT_KEYS, usualSources, type Heard } from './player/slots';
import { controlValue } from '../kit/control-value';
import { ActionEvent } from '../state/action';
import type { SlotSource } from '../state/current-eq';

const ALL: readonly Heard[] = [0, 1, 2, 3];
const NEXT: Readonly<Record<string, 1 | -1>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

/** Bypass, A, B and C: one of them is heard; each of the slots can be given another setting. */
@customElement('wb-slots')
export class WbSlots extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      gap: var(--wb-space-2);
      grid-template-columns: repeat(auto-fit, minmax(4.5rem, 1fr));
    }

    .slot {
      display: grid;
      gap: var(--wb-space-1);
      grid-template-columns: minmax(0, 1fr);
      align-content: start;
    }

    .choice {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 var(--wb-space-1);
      align-content: center;
      align-items: baseline;
      /* Two lines, whether or not the second is there: what stands below keeps its place. */
      min-height: var(--wb-slot-height, 3.2rem);
      padding: 4px 8px;
      border: 1px solid var(--wb-line);
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface);
      color: var(--wb-ink);
      font: inherit;
      text-align: start;
      cursor: pointer;
    }

    .choice[aria-checked='true'] {
      border-color: var(--wb-ink);
      background: var(--wb-ink);
      color: var(--wb-paper);
      /* Chosen where the system sets the colours, too. */
      forced-color-adjust: none;
    }

    .choice[aria-disabled='true'] {
      cursor: default;
      color: var(--wb-ink-quiet);
    }

    .choice:focus-visible,
    select:focus-visible {
      outline: 2px solid var(--wb-bright);
      outline-offset: 1px;
    }

    .key {
      font-weight: 650;
    }

    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .gain {
      display: var(--wb-slot-choice, block);
      grid-column: 1 / -1;
      font-size: var(--wb-text-xs);
      font-variant-numeric: tabular-nums;
    }

    .gain:empty {
      display: none;
    }

    select {
      display: var(--wb-slot-choice, block);
      width: 100%;
      min-height: 1.75rem;
      padding: 2px 4px;
      border: 1px solid var(--wb-line-strong);
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface);
      color: var(--wb-ink);
      font: inherit;
      font-size: var(--wb-text-s);
    }

    @media (max-width: 47.99em) {
      :host {
        column-gap: var(--wb-space-1);
      }

      .choice {
        align-items: center;
        font-size: var(--wb-text-s);
      }

      select {
        padding-inline: 0;
        font-size: var(--wb-text-xs);
      }
    }
  `;

  @property({ attribute: false }) player: AudioPlayer | null = null;
  @property({ attribute: false }) current: NamedSetting | null = null;
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  /** What A, B and C play; null until somebody has chosen. */
  @property({ attribute: false }) chosen: readonly SlotSource[] | null = null;
  @state() private heard: Heard = 1;

  #wasBlind = false;

  constructor() {
    super();
    new PlayerWatcher(this);
  }

  override render(): unknown {
    const settings = this.#settings();
    return html`
      <div
        role="radiogroup"
        aria-label="What is heard"
        style="display: contents"
        @keydown=${this.#step}
      >
        ${repeat(ALL, (slot) => this.#row(slot, settings))}
      </div>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    const blind = this.player?.blind ?? false;
    // Whatever else the player was given to play stays until something here changes.
    if (!blind && (changed.size > 0 || this.#wasBlind)) this.#apply();
    this.#wasBlind = blind;
  }

  /** Lets the bypass or a slot be heard; a slot without a setting cannot be. */
  hear(slot: Heard): void {
    if (slot > 0 && this.#settings()[slot - 1] == null) return;
    this.heard = slot;
  }

  /** Gives the player what is chosen here: what it compares and what is heard. */
  #apply(): void {
    const settings = this.#settings();
    this.player?.compare(settings.flatMap((setting) => setting ?? []));
    this.player?.take(this.heard === 0 ? null : (settings[this.heard - 1] ?? null));
  }

  #sources(): readonly SlotSource[] {
    return this.chosen ?? usualSources(this.words);
  }

  #settings(): (NamedSetting | null)[] {
    return this.#sources().map((source) => settingOf(source, this.current, this.words));
  }

  #row(slot: Heard, settings: readonly (NamedSetting | null)[]): unknown {
    const setting = slot === 0 ? null : (settings[slot - 1] ?? null);
    const empty = slot > 0 && setting === null;
    const checked = this.heard === slot;
    return html`
      <div class="slot">
        <button
          class="choice"
          type="button"
          role="radio"
          aria-checked=${checked ? 'true' : 'false'}
          aria-disabled=${empty ? 'true' : 'false'}
          tabindex=${checked ? 0 : -1}
          @click=${() => {
            this.hear(slot);
          }}
        >
          <span class="key">${slot === 0 ? '0' : SLOT_KEYS[slot - 1]}</span>
          <span class="name">${slot === 0 ? 'Bypass' : (setting?.name ?? 'nothing yet')}</span>
          <span class="gain">${empty ? null : this.#gain(setting)}</span>
        </button>
        ${slot === 0 ? null : this.#select(slot)}
      </div>
    `;
  }

  #gain(setting: NamedSetting | null): string {
    const { player } = this;
    if (player?.source == null || !player.match) return '';
    const matched = player.matchOf(setting);
    if (matched !== null) return `${signed(matched.gainLu, 1)} LU`;
    return player.measuring ? 'measuring' : '';
  }

  #select(slot: Exclude<Heard, 0>): unknown {
    const source = this.#sources()[slot - 1] ?? { from: 'current' };
    const value = source.from === 'word' ? `word ${source.word}` : source.from;
    return html`
      <select
        aria-label=${`What ${SLOT_KEYS[slot - 1] ?? ''} plays`}
        .value=${value}
        @change=${(event: Event) => {
          this.#choose(slot, String(controlValue(event)));
        }}
      >
        <option value="current" ?selected=${value === 'current'}>current EQ</option>
        <option value="kept" ?selected=${value === 'kept'} ?disabled=${this.current === null}>
          ${source.from === 'kept' ? 'as it was kept' : 'keep the current EQ'}
        </option>
        ${this.words.map(
          ({ name }) =>
            html`<option value=${`word ${name}`} ?selected=${value === `word ${name}`}>
              ${name}
            </option>`,
        )}
      </select>
    `;
  }

  #choose(slot: Exclude<Heard, 0>, value: string): void {
    const source = this.#sourceFrom(value);
    if (source === null) return;
    const slots = this.#sources().map((before, i) => (i === slot - 1 ? source : before));
    this.dispatchEvent(new ActionEvent({ type: 'choose-slots', slots }));
  }

  #sourceFrom(value: string): SlotSource | null {
    if (value === 'current') return { from: 'current' };
    if (value === 'kept') {
      if (this.current === null) return null;
      const { name, setting } = this.current;
      return { from: 'kept', kept: { name, setting } };
    }
    return { from: 'word', word: value.slice('word '.length) };
  }

  #step = (event: KeyboardEvent): void => {
    const step = NEXT[event.key];
    const from = event.composedPath()[0];
    if (step === undefined || !(from instanceof HTMLElement) || from.role !== 'radio') return;
    event.preventDefault();
    const settings = this.#settings();
    const offered = ALL.filter((slot) => slot === 0 || settings[slot - 1] != null);
    const at = offered.indexOf(this.heard) + step;
    this.hear(offered.at(at % offered.length) ?? 0);
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-slots': WbSlots;
  }
}
