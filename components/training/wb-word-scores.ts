import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { withMinus } from '../../src/base/number-text';
import {
  figureText,
  intervalText,
  type WordScoreRow,
} from '../../src/analysis/scoreboard/score-table';
import {
  CONFIDENCE_INTERVAL,
  FLAT_CURVE,
  LSD,
  MEAN_CURVE,
  MEDOID,
  WORD_HEAD,
} from '../../src/base/glossary';
import { textButton } from '../kit/button-styles';
import { LongList } from '../kit/long-list';
import { OwnTaskElement } from '../kit/own-task-element';
import { sortableTable } from '../kit/scroll-styles';
import { panel, visuallyHidden } from '../kit/shared-styles';
import { sortMark } from '../kit/sort-mark';
import { terms, termsStyle } from '../kit/terms';

interface Column {
  readonly key: string;
  readonly title: string;
  /** What rows are sorted by; null goes last. */
  readonly value: (row: WordScoreRow) => number | string | null;
  readonly cell: (row: WordScoreRow) => unknown;
}

const DECIBELS = { digits: 2 };

function distance(
  key: string,
  title: string,
  of: (distances: NonNullable<WordScoreRow['distances']>) => number | null,
): Column {
  const value = ({ distances }: WordScoreRow) => (distances === null ? null : of(distances));
  return { key, title, value, cell: (row) => figureText(DECIBELS, value(row)) };
}

const RESULTS = {
  better: '✓ nearer than flat',
  worse: '✗ farther than flat',
  unclear: '≈ no clear difference',
} as const;

const COLUMNS: readonly Column[] = [
  { key: 'word', title: 'Word', value: ({ word }) => word, cell: ({ word }) => word },
  // What the figures come to: in view where the others have to be scrolled to.
  {
    key: 'result',
    title: 'Result',
    value: ({ distances }) =>
      distances === null ? null : distances.medians.model - distances.medians.flat,
    cell: ({ verdict }) => (verdict === null ? 'cannot be told' : RESULTS[verdict]),
  },
  {
    key: 'rows',
    title: 'Rows (people)',
    value: ({ rows }) => rows,
    cell: ({ rows, contributors }) => counts(rows, contributors),
  },
  {
    key: 'held-out',
    title: 'Held out',
    value: ({ heldOutRows }) => heldOutRows,
    cell: ({ heldOutRows, heldOutContributors, few }) =>
      html`${counts(heldOutRows, heldOutContributors)}${few ? html`<small>few</small>` : null}`,
  },
  {
    key: 'head',
    title: 'Word head',
    value: ({ headAccuracy }) => headAccuracy,
    cell: ({ headAccuracy }) =>
      headAccuracy === null ? '–' : `${figureText({ digits: 1 }, 100 * headAccuracy)} %`,
  },
  {
    ...distance('model', 'Model', ({ medians }) => medians.model),
    cell: ({ distances }) =>
      distances === null
        ? '–'
        : html`<b>${figureText(DECIBELS, distances.medians.model)}</b>${
              distances.modelInterval === null
                ? null
                : html`<small
                    >[${withMinus(intervalText(DECIBELS, distances.modelInterval))}]</small
                  >`
            }`,
  },
  distance('flat', 'Flat', ({ medians }) => medians.flat),
  distance('mean', 'Mean curve', ({ medians }) => medians.mean),
  distance('medoid', 'Medoid', ({ medians }) => medians.medoid),
  distance('person', 'A person', ({ person }) => person),
];

/** Every word's rows, and how near its one curve comes to held-out people's. */
@customElement('wb-word-scores')
export class WbWordScores extends OwnTaskElement {
  static override styles = [
    panel,
    visuallyHidden,
    textButton,
    sortableTable,
    termsStyle,
    css`
      :host {
        padding: var(--wb-space-2) 0 0;
        border: 0;
        background: none;
        box-shadow: none;
      }

      .scroll {
        background: var(--wb-surface);
      }

      table {
        border-collapse: separate;
        border-spacing: 0;
      }

      :is(th, td),
      :is(th, td):first-child {
        padding: var(--wb-space-1) var(--wb-space-2);
      }

      tbody :is(th, td) {
        vertical-align: top;
      }

      thead th {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--wb-surface-sunk);
        vertical-align: bottom;
      }

      tbody th {
        border-top: 1px solid var(--wb-line);
        color: var(--wb-ink);
      }

      /* The word stays when the figures scroll away. */
      tbody th {
        position: sticky;
        left: 0;
        background: var(--wb-surface);
      }

      td {
        white-space: nowrap;
      }

      [data-column='result'] {
        min-width: 5.5rem;
        text-align: left;
        white-space: normal;
      }

      small {
        display: block;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-xs);
      }

      button:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      ul {
        margin: var(--wb-space-2) 0 0;
        padding-left: var(--wb-space-4);
      }
    `,
  ];

  @property({ attribute: false }) words: readonly WordScoreRow[] = [];
  @state() private sortKey = 'held-out';
  @state() private descending = true;

  readonly #long = new LongList(this);
  readonly #remarks = new LongList(this);

  override render(): unknown {
    const headed = this.words.some(({ headAccuracy }) => headAccuracy !== null);
    const columns = COLUMNS.filter(({ key }) => headed || key !== 'head');
    const sentences = this.words.flatMap(({ sentence }) => sentence ?? []);
    return html`
      <p class="quiet">
        Word head: the share of held-out rows that it takes for the word. Median distance (LSD, in
        dB) to the curves of held-out people: of the model’s curve for the word [95 % interval], of
        a flat curve, of the mean curve and the medoid of the training rows, and of another person’s
        curve.
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label="Words and their figures">
        <table>
          <thead>
            <tr>
              ${columns.map((column) => this.#head(column))}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              this.#long.first(this.#sorted()),
              ({ word }) => word,
              (row) => html`
                <tr data-word=${row.word}>
                  ${columns.map(({ key, cell }) =>
                    key === 'word'
                      ? html`<th scope="row">${cell(row)}</th>`
                      : html`<td data-column=${key}>${cell(row)}</td>`,
                  )}
                </tr>
              `,
            )}
          </tbody>
        </table>
        ${this.#long.more(this.words.length)}
      </div>
      ${
        sentences.length === 0
          ? null
          : html`<ul class="quiet">
              ${this.#remarks.first(sentences).map((sentence) => html`<li>${sentence}</li>`)}
              ${this.#remarks.more(sentences.length)}
            </ul>`
      }
      ${terms([WORD_HEAD, LSD, CONFIDENCE_INTERVAL, FLAT_CURVE, MEAN_CURVE, MEDOID])}
    `;
  }

  #head({ key, title }: Column): unknown {
    const current = key === this.sortKey;
    return html`
      <th
        scope="col"
        data-column=${key}
        aria-sort=${current ? (this.descending ? 'descending' : 'ascending') : nothing}
      >
        <button
          type="button"
          @click=${() => {
            this.descending = current ? !this.descending : key === 'rows' || key === 'held-out';
            this.sortKey = key;
          }}
        >
          ${title}${current ? sortMark(this.descending) : null}
        </button>
      </th>
    `;
  }

  #sorted(): WordScoreRow[] {
    const value = COLUMNS.find(({ key }) => key === this.sortKey)?.value ?? (() => null);
    const sign = this.descending ? -1 : 1;
    return this.words.toSorted((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return sign * (x < y ? -1 : Number(x > y));
    });
  }
}

function counts(rows: number, people: number): string {
  return `${String(rows)} (${String(people)})`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-word-scores': WbWordScores;
  }
}
