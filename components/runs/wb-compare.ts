import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fileSlug } from '../../src/base/file-slug';
import { compareRuns, type Comparison } from '../../src/report/compare-runs';
import { epochFigure, mapFigure, responseFigure } from '../../src/figures/figure-svg';
import { FIGURE_MILLIMETRES, type FigureWidth } from '../../src/figures/svg-parts';
import type { StoredRun } from '../../workers/trainer/messages';
import { nativeField, panel } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import '../kit/wb-figure';
import '../kit/wb-text-table';
import type { ColumnEvent } from '../kit/wb-text-table';
import { allPlaces, epochAt, frameBy, settingBy } from './earlier-run';
import { columnOf, runAt } from './run-columns';
import './wb-run-key';
import type { LookEvent } from './wb-run-key';

const MEASURES = {
  total: 'Total loss',
  reconstruction: 'Reconstruction loss',
  contrastive: 'Word loss',
  validation: 'Validation loss',
} as const;
type Measure = keyof typeof MEASURES;

const WIDTHS: Readonly<Record<FigureWidth, string>> = {
  column: `a column, ${String(FIGURE_MILLIMETRES.column)} mm`,
  page: `a page, ${String(FIGURE_MILLIMETRES.page)} mm`,
};

/** Saved runs side by side: what differs, figures, curves, maps and words, and all to take away. */
@customElement('wb-compare')
export class WbCompare extends LitElement {
  static override styles = [
    panel,
    nativeField,
    css`
      :host([hidden]) {
        display: none;
      }

      .head {
        display: flex;
        gap: var(--wb-space-3);
        align-items: center;
        justify-content: space-between;
      }

      h2 {
        margin: 0;
        scroll-margin-top: var(--wb-space-5);
      }

      h2:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      h3 {
        margin: var(--wb-space-5) 0 var(--wb-space-2);
        color: inherit;
        font: 650 var(--wb-text-l) / 1.2 var(--wb-font-display);
      }

      p {
        margin: 0 0 var(--wb-space-2);
      }

      .quiet {
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      .warnings {
        margin: 0 0 var(--wb-space-3);
        padding: var(--wb-space-2) var(--wb-space-3) var(--wb-space-2) var(--wb-space-5);
        border-radius: var(--wb-radius-s);
        background: var(--wb-caution-tint);
        font-size: var(--wb-text-s);
      }

      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-4);
      }

      .figures > * {
        flex: 0 1 auto;
        max-width: 100%;
      }

      .pale {
        opacity: 0.35;
      }

      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2) var(--wb-space-4);
        margin-bottom: var(--wb-space-2);
      }

      label {
        display: flex;
        gap: var(--wb-space-2);
        align-items: center;
        max-width: 100%;
        font-size: var(--wb-text-s);
      }
    `,
  ];

  /** null: nothing is compared. */
  @property({ attribute: false }) runs: readonly StoredRun[] | null = null;
  @state() private width: FigureWidth = 'column';
  @state() private measure: Measure = 'total';
  /** null: the word with most rows. */
  @state() private word: string | null = null;
  @state() private comparison: Comparison | null = null;
  /** How far into each run is looked, 0 to 1; null: at the runs as they are. */
  @state() private share: number | null = null;
  /** Name of the run that stands out. */
  @state() private lit: string | null = null;
  /** All words of the runs, those with most rows first: the order of colours. */
  #ranking: readonly string[] = [];
  /** All that each run's maps ever showed. */
  #places: readonly Float32Array[] = [];

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('runs')) return;
    this.comparison = this.runs === null ? null : compareRuns(this.runs);
    this.#ranking = rankedWords(this.runs ?? []);
    this.#places = (this.runs ?? []).map(allPlaces);
    this.share = null;
    this.lit = null;
  }

  override render(): unknown {
    const { runs, comparison } = this;
    this.hidden = runs === null;
    if (runs === null || comparison === null) return null;
    return html`
      <div class="head">
        <h2 tabindex="-1">${runs.length} runs side by side</h2>
        <wa-button size="s" appearance="outlined" data-action="close-compare" @click=${this.#close}>
          Close
        </wa-button>
      </div>
      ${this.#content(runs, comparison)}
    `;
  }

  /** What was asked for is what is read next. */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('runs');
    if (!changed.has('runs') || this.runs === null || (before !== undefined && before !== null)) {
      return;
    }
    this.renderRoot.querySelector('h2')?.focus({ preventScroll: true });
    void this.#comeIntoView();
  }

  /** Before its tables are drawn there is too little below the heading to scroll to it. */
  async #comeIntoView(): Promise<void> {
    const tables = [...this.renderRoot.querySelectorAll('wb-text-table')];
    await Promise.all(tables.map(({ updateComplete }) => updateComplete));
    this.renderRoot.querySelector('h2')?.scrollIntoView({ block: 'start' });
  }

  #content(runs: readonly StoredRun[], comparison: Comparison): unknown {
    const { settings, scores, words, warnings, names } = comparison;
    return html`
      ${
        warnings.length === 0
          ? null
          : html`<ul class="warnings" aria-label="What makes figures hard to compare">
              ${warnings.map((warning) => html`<li>${warning}</li>`)}
            </ul>`
      }
      <wb-run-key
        .runs=${runs.map((run, i) => ({
          name: names[i] ?? '',
          epoch: epochAt(run, this.share),
          loss: this.#lossAt(run),
        }))}
        .share=${this.share}
        .lit=${this.lit}
        .looksBack=${runs.some(({ timeline }) => timeline.frames.length > 0)}
        @wb-look=${({ share, lit }: LookEvent) => {
          this.share = share;
          this.lit = lit;
        }}
      ></wb-run-key>
      <h3>Settings that differ</h3>
      ${
        settings.rows.length === 0
          ? html`<p class="quiet">
              None: the recipes are the same. With the same data and seed the results are, too;
              another seed, recipe or choice of words makes a difference.
            </p>`
          : html`<wb-text-table
              data-table="settings"
              .about=${'Settings that differ'}
              .table=${settings}
              .lit=${columnOf(settings.columns, this.lit)}
              @wb-column=${({ column }: ColumnEvent) => {
                this.lit = runAt(settings.columns, column, names);
              }}
              .fileName=${'compared-settings'}
            ></wb-text-table>`
      }
      <h3>Figures</h3>
      <wb-text-table
        data-table="scores"
        .about=${'Figures of the runs'}
        .table=${scores}
        .lit=${columnOf(scores.columns, this.lit)}
        @wb-column=${({ column }: ColumnEvent) => {
          this.lit = runAt(scores.columns, column, names);
        }}
        .fileName=${'compared-figures'}
      ></wb-text-table>
      <h3>Curves</h3>
      <div class="choices">
        ${this.#select('Losses', this.measure, this.#measures(runs), (value) => {
          this.measure = value;
        })}
        ${this.#select('Word', this.#shownWord(), this.#wordChoices(), (value) => {
          this.word = value;
        })}
        ${this.#select('Figures fill', this.width, WIDTHS, (value) => {
          this.width = value;
        })}
      </div>
      <div class="figures">${this.#losses(runs, names)} ${this.#responses(runs, names)}</div>
      <h3>Maps</h3>
      <div class="figures">
        ${runs.map((run, i) => this.#map(run, names[i] ?? '', this.#places[i]))}
      </div>
      <h3>Words</h3>
      ${
        words.rows.length === 0
          ? html`<p class="quiet">No run has measured its words.</p>`
          : html`<p class="quiet">
                Median distance of each word’s one curve to held-out people’s; less is better.
              </p>
              <wb-text-table
                data-table="words"
                .about=${'Words of the runs'}
                .table=${words}
                .lit=${columnOf(words.columns, this.lit)}
                @wb-column=${({ column }: ColumnEvent) => {
                  this.lit = runAt(words.columns, column, names);
                }}
                .fileName=${'compared-words'}
              ></wb-text-table>`
      }
    `;
  }

  #losses(runs: readonly StoredRun[], names: readonly string[]): unknown {
    const { measure, width, lit, share } = this;
    const title = `${MEASURES[measure]} over the epochs`;
    const lines = runs.map((run, i) => {
      const points = run.history.map((record): [number, number] => [
        record.epoch,
        record[measure] ?? Number.NaN,
      ]);
      const mark = share === null ? undefined : points[epochAt(run, share) - 1];
      return { name: names[i] ?? '', points, ...(mark !== undefined && { mark }) };
    });
    return html`<wb-figure
      data-figure="losses"
      .svg=${epochFigure({ title, measure: MEASURES[measure], lines, width, lit })}
      .width=${width}
      .about=${`${title}: ${names.join(', ')}`}
      .fileName=${`compared-${measure}-loss`}
    ></wb-figure>`;
  }

  #responses(runs: readonly StoredRun[], names: readonly string[]): unknown {
    const { width, share, lit } = this;
    const word = this.#shownWord();
    const curves = runs.flatMap((run, i) => {
      const setting = settingBy(run, word, share);
      return setting === null ? [] : [{ name: names[i] ?? '', setting, colour: i }];
    });
    const title = `Response of “${word}”`;
    return html`<wb-figure
      data-figure="responses"
      .svg=${responseFigure({ title, curves, width, lit })}
      .width=${width}
      .about=${`${title}: ${curves.map(({ name }) => name).join(', ')}`}
      .fileName=${`compared-response-${fileText(word)}`}
    ></wb-figure>`;
  }

  #map(run: StoredRun, name: string, framed?: Float32Array): unknown {
    const { document, map } = run;
    if (map === null) return html`<p class="quiet">${name} holds no map.</p>`;
    const words = document.words.map(({ word }) => word);
    const { width, share, lit } = this;
    const frame = frameBy(run, share);
    const given =
      frame?.points.length === map.points.length
        ? {
            title: `${name}, epoch ${String(frame.epoch)}`,
            map: { ...map, points: frame.points },
            ...(framed !== undefined && { framed }),
          }
        : { title: name, map };
    return html`<wb-figure
      data-figure="map"
      class=${lit === null || lit === name ? '' : 'pale'}
      .svg=${mapFigure({ ...given, words, ranking: this.#ranking, width })}
      .width=${width}
      .about=${`Map of ${given.title}: ${String(map.labels.length)} settings of ${words.join(', ')}`}
      .fileName=${`map-${fileText(name)}`}
    ></wb-figure>`;
  }

  /** The drawn loss of the epoch that is looked at. */
  #lossAt(run: StoredRun): number | null {
    return run.history[epochAt(run, this.share) - 1]?.[this.measure] ?? null;
  }

  #shownWord(): string {
    const { word } = this;
    return word !== null && this.#ranking.includes(word) ? word : (this.#ranking[0] ?? '');
  }

  #wordChoices(): Readonly<Record<string, string>> {
    // Without a prototype: a word may be called anything.
    const choices = Object.create(null) as Record<string, string>;
    for (const word of this.#ranking) choices[word] = word;
    return choices;
  }

  /** The losses that some run has. */
  #measures(runs: readonly StoredRun[]): Readonly<Partial<Record<Measure, string>>> {
    const validated = runs.some(({ history }) => history.at(-1)?.validation != null);
    const { validation, ...others } = MEASURES;
    return validated ? { ...others, validation } : others;
  }

  #select<Key extends string>(
    label: string,
    value: Key,
    choices: Readonly<Partial<Record<Key, string>>>,
    choose: (value: Key) => void,
  ): unknown {
    const keys = Object.keys(choices) as Key[];
    return html`<label>
      ${label}
      <select
        @change=${({ target }: Event) => {
          const at = target instanceof HTMLSelectElement ? target.selectedIndex : -1;
          const key = keys[at];
          if (key !== undefined) choose(key);
        }}
      >
        ${keys.map(
          (key) => html`<option value=${key} .selected=${key === value}>${choices[key]}</option>`,
        )}
      </select>
    </label>`;
  }

  #close = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'close-compare' }));
  };
}

/** Every word that some run can show, those with most rows first. */
function rankedWords(runs: readonly StoredRun[]): string[] {
  const rows = new Map<string, number>();
  for (const { document } of runs) {
    for (const { word, rows: own } of document.words) {
      rows.set(word, Math.max(own, rows.get(word) ?? 0));
    }
  }
  return [...rows].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([word]) => word);
}

/** A name as a part of a file's. */
function fileText(name: string): string {
  return fileSlug(name.toLowerCase()) || 'unnamed';
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-compare': WbCompare;
  }
}
