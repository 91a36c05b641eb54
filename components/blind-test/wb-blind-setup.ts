import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { STRENGTHS } from '../../src/explore/mixture';
import { atStrength, sameSound, type ListeningChoice } from '../../src/listening/listening-choice';
import { FEWEST_TRIALS, MOST_TRIALS, USUAL_TRIALS } from '../../src/listening/trial-plan';
import { comparative } from '../../src/listening/words';
import type { AudioPlayer } from '../audition/player/player';
import { PlayerWatcher } from '../audition/player/player-watcher';
import { BUILT_IN_NAMES } from '../audition/player/source';
import { BlindEvent } from './blind-event';
import { blindForm } from './blind-styles';
import { controlValue } from '../kit/control-value';
import { nativeField, tick } from '../kit/shared-styles';
import { durationText } from '../kit/text';

type Kind = ListeningChoice['kind'];

/** What one side plays: the bypass, the current EQ, or a word; and how strongly. */
interface SideChoice {
  /** 'bypass', 'current' or 'word NAME'. */
  readonly source: string;
  readonly percent: number;
}

const KINDS: Readonly<Record<Kind, string>> = {
  abx: 'ABX: X is A or B, tell which',
  '2ifc': 'Forced choice: which of two is warmer, brighter, …',
};
const BYPASS: NamedSetting = { name: 'bypass', setting: FLAT_SETTING };

/** What a blind test compares, chosen before it begins. */
@customElement('wb-blind-setup')
export class WbBlindSetup extends LitElement {
  static override styles = [
    blindForm,
    tick,
    nativeField,
    css`
      fieldset {
        display: grid;
        gap: var(--wb-space-2);
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0 0 var(--wb-space-1);
        font-weight: 600;
      }

      .radio {
        display: flex;
        gap: var(--wb-space-2);
        align-items: center;
      }

      .fields {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 7rem;
        gap: var(--wb-space-3);
      }

      .field {
        display: grid;
        gap: var(--wb-space-1);
        min-width: 0;
        font-size: var(--wb-text-s);
      }

      .wide {
        grid-column: 1 / -1;
      }

      select,
      input[type='number'] {
        box-sizing: border-box;
        width: 100%;
        height: auto;
        padding: 5px var(--wb-space-2);
      }
    `,
  ];

  @property({ attribute: false }) current: NamedSetting | null = null;
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) player: AudioPlayer | null = null;
  /** Whether loudness is being measured for a test that is about to begin. */
  @property({ attribute: false }) preparing = false;
  /** Why the last test could not begin, as a sentence. */
  @property({ attribute: false }) problem: string | null = null;
  @state() private kind: Kind = 'abx';
  /** Null until somebody has chosen. */
  @state() private word: string | null = null;
  @state() private sides: readonly [SideChoice | null, SideChoice | null] = [null, null];
  @state() private planned = USUAL_TRIALS;

  constructor() {
    super();
    new PlayerWatcher(this);
  }

  override render(): unknown {
    const forced = this.kind === '2ifc';
    const obstacle = this.#obstacle();
    return html`
      <fieldset>
        <legend>Kind of test</legend>
        ${(Object.keys(KINDS) as Kind[]).map((kind) => this.#radio(kind))}
      </fieldset>
      <div class="fields">
        ${forced ? this.#question() : null}
        ${this.#side(0, forced ? `Should be ${comparative(this.#word())}` : 'A')}
        ${this.#side(1, forced ? 'Against' : 'B')}
        <label class="field wide">
          Trials, ${FEWEST_TRIALS} to ${MOST_TRIALS}
          <input
            type="number"
            min=${FEWEST_TRIALS}
            max=${MOST_TRIALS}
            step="1"
            .value=${String(this.planned)}
            @change=${(event: Event) => {
              this.planned = bounded(event, FEWEST_TRIALS, MOST_TRIALS, USUAL_TRIALS);
            }}
          />
        </label>
      </div>
      ${this.#sound()}
      <p class="quiet">
        Both are brought to one loudness (BS.1770), always. Nothing tells you how you are doing
        before the last answer; the number of trials is fixed once the test begins.
      </p>
      ${this.problem === null ? null : html`<p class="problem" role="alert">${this.problem}</p>`}
      <div class="buttons">
        <wa-button
          variant="brand"
          data-action="begin"
          ?disabled=${obstacle !== null || this.preparing}
          @click=${this.#begin}
        >
          ${this.preparing ? 'Measuring loudness…' : 'Begin'}
        </wa-button>
        ${obstacle === null ? null : html`<p class="quiet">${obstacle}</p>`}
      </div>
    `;
  }

  #radio(kind: Kind): unknown {
    const possible = kind === 'abx' || this.words.length > 0;
    return html`<label class="radio">
      <input
        type="radio"
        name="kind"
        value=${kind}
        .checked=${this.kind === kind}
        ?disabled=${!possible}
        @change=${() => {
          this.kind = kind;
          this.sides = [null, null];
        }}
      />
      ${KINDS[kind]}${possible ? '' : ' (once a model knows words)'}
    </label>`;
  }

  #question(): unknown {
    const word = this.#word();
    return html`<label class="field wide">
      Word asked for
      <select
        data-field="question"
        @change=${(event: Event) => {
          this.word = String(controlValue(event));
          this.sides = [null, null];
        }}
      >
        ${this.words.map(
          ({ name }) => html`<option value=${name} .selected=${name === word}>${name}</option>`,
        )}
      </select>
    </label>`;
  }

  #side(index: 0 | 1, label: string): unknown {
    const { source, percent } = this.#choiceOf(index);
    const choices: readonly (readonly [string, string])[] = [
      ['bypass', 'bypass (the sound as it is)'],
      ...(this.current === null ? [] : [['current', `current EQ: ${this.current.name}`] as const]),
      ...this.words.map(({ name }) => [`word ${name}`, name] as const),
    ];
    return html`
      <label class=${source === 'bypass' ? 'field wide' : 'field'}>
        ${label}
        <select
          data-side=${index}
          @change=${(event: Event) => {
            this.#choose(index, { source: String(controlValue(event)), percent: 100 });
          }}
        >
          ${choices.map(
            ([value, text]) =>
              html`<option value=${value} .selected=${value === source}>${text}</option>`,
          )}
        </select>
      </label>
      ${
        source === 'bypass'
          ? null
          : html`<label class="field">
              Strength, %
              <input
                type="number"
                aria-label=${`Strength of ${label}, per cent`}
                min=${100 * STRENGTHS.min}
                max=${100 * STRENGTHS.max}
                step="5"
                .value=${String(percent)}
                @change=${(event: Event) => {
                  const value = bounded(event, 100 * STRENGTHS.min, 100 * STRENGTHS.max, 100);
                  this.#choose(index, { source, percent: value });
                }}
              />
            </label>`
      }
    `;
  }

  #sound(): unknown {
    const { player } = this;
    if (player === null) return null;
    const { source, region, reading } = player;
    if (source !== null) {
      const loop = durationText(region.endS - region.startS);
      return html`<p data-sound>
        Sound: ${source.name}, a loop of ${loop}.
        <span class="quiet"
          >A few seconds are best; the loop’s markers are under “Sound and loop”.</span
        >
      </p>`;
    }
    return html`
      <div class="buttons">
        <span>${reading === null ? 'Sound:' : 'Making the sound ready…'}</span>
        <wa-button
          size="s"
          appearance="outlined"
          data-sound="loop"
          @click=${() => void player.useBuiltIn('loop')}
        >
          ${BUILT_IN_NAMES.loop}
        </wa-button>
        <wa-button
          size="s"
          appearance="outlined"
          data-sound="pink-noise"
          @click=${() => void player.useBuiltIn('pink-noise')}
        >
          ${BUILT_IN_NAMES['pink-noise']}
        </wa-button>
        <span class="quiet">or a file of your own, under “Sound and loop”.</span>
      </div>
    `;
  }

  /** The word asked for, where there is one. */
  #word(): string {
    const { word, words } = this;
    return words.find(({ name }) => name === word)?.name ?? words[0]?.name ?? '';
  }

  #choiceOf(index: 0 | 1): SideChoice {
    const chosen = this.sides[index];
    // A word may go while it is chosen, with the model that knew it.
    if (chosen !== null && this.#settingOf(chosen) !== null) return chosen;
    const first =
      this.kind === '2ifc' || this.current === null ? `word ${this.#word()}` : 'current';
    const usual = { source: index === 0 ? first : 'bypass', percent: 100 };
    return this.#settingOf(usual) === null ? { source: 'bypass', percent: 100 } : usual;
  }

  #settingOf({ source, percent }: SideChoice): NamedSetting | null {
    if (source === 'bypass') return BYPASS;
    const named =
      source === 'current'
        ? this.current
        : this.words.find(({ name }) => source === `word ${name}`);
    return named == null ? null : atStrength(named, percent);
  }

  #choose(index: 0 | 1, choice: SideChoice): void {
    this.sides = index === 0 ? [choice, this.sides[1]] : [this.sides[0], choice];
  }

  #choice(): ListeningChoice {
    const { kind, planned } = this;
    const compared = [
      this.#settingOf(this.#choiceOf(0)) ?? BYPASS,
      this.#settingOf(this.#choiceOf(1)) ?? BYPASS,
    ] as const;
    return { kind, planned, compared, question: kind === '2ifc' ? this.#word() : null };
  }

  /** Why a test cannot begin; null where it can. */
  #obstacle(): string | null {
    if (sameSound(this.#choice().compared)) return 'Choose two different settings.';
    return this.player?.source == null ? 'Choose a sound.' : null;
  }

  #begin = (): void => {
    if (this.#obstacle() !== null || this.preparing) return;
    this.dispatchEvent(new BlindEvent({ type: 'begin', choice: this.#choice() }));
  };
}

/** The whole number that a field has, moved inside its bounds; shown there too. */
function bounded({ target }: Event, min: number, max: number, usual: number): number {
  if (!(target instanceof HTMLInputElement)) return usual;
  const value = Math.round(target.valueAsNumber);
  const inside = Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : usual;
  target.value = String(inside);
  return inside;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-blind-setup': WbBlindSetup;
  }
}
