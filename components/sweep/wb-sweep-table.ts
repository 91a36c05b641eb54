import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../kit/wb-take-table';
import { sortMark } from '../kit/sort-mark';
import { textButton } from '../kit/button-styles';
import { sortableTable } from '../kit/scroll-styles';
import { innerPanel, visuallyHidden } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { SweepMember } from '../state/sweep-state';
import {
  bestRuns,
  columnSpread,
  columnsOf,
  differingSettings,
  measuredOn,
  sortedRuns,
  type ColumnGroup,
  type SweepColumn,
} from './sweep-figures';
import { sweepTable } from './sweep-text';

/** Milliseconds between two drawings of the rows while the runs train. */
const PAUSE_MS = 400;

/** The runs of a sweep in rows, sorted by any column. */
@customElement('wb-sweep-table')
export class WbSweepTable extends LitElement {
  static override styles = [
    innerPanel,
    textButton,
    visuallyHidden,
    sortableTable,
    css`
      table {
        border-collapse: separate;
        border-spacing: 0;
      }

      th,
      td,
      th:first-child,
      td:first-child {
        padding: var(--wb-space-1) var(--wb-space-2);
        text-align: right;
        vertical-align: top;
        white-space: nowrap;
      }

      thead {
        position: sticky;
        top: 0;
        z-index: 2;
      }

      thead th[data-column] {
        vertical-align: bottom;
        white-space: normal;
      }

      td,
      tfoot th {
        border-top: 1px solid var(--wb-line);
      }

      thead th {
        background: var(--wb-surface-sunk);
      }

      thead tr:first-child th {
        font-size: var(--wb-text-xs);
        text-align: left;
      }

      /* The columns that say which run it is stay when the others scroll away. */
      tr > :first-child {
        position: sticky;
        left: 0;
        z-index: 1;
        background: var(--wb-surface);
      }

      thead tr > :first-child {
        background: var(--wb-surface-sunk);
      }

      .starts {
        border-left: 1px solid var(--wb-line);
      }

      button:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      .best {
        color: var(--wb-warm);
        font-weight: 650;
      }

      .reason {
        min-width: 12rem;
        color: var(--wb-danger);
        text-align: left;
        white-space: normal;
      }

      tfoot :is(th, td) {
        border-top-color: var(--wb-line-strong);
        color: var(--wb-ink);
        font-weight: 500;
      }

      .note {
        margin: var(--wb-space-2) 0 0;
      }
    `,
  ];

  @property({ attribute: false }) members: readonly SweepMember[] = [];
  /** Whether nothing of the sweep trains any more. */
  @property({ attribute: false }) over = false;
  @state() private sortKey = 'run';
  @state() private descending = false;

  /** When the rows may be drawn again, on the page's clock in milliseconds. */
  #due = 0;
  #hurry: () => void = () => undefined;

  /** Hundreds of rows of numbers are laid out anew each time, faster than anyone reads them. */
  protected override async scheduleUpdate(): Promise<void> {
    const wait = this.#due - performance.now();
    if (wait > 0 && !this.over) {
      await new Promise<void>((resolve) => {
        this.#hurry = resolve;
        setTimeout(resolve, wait);
      });
    }
    this.#due = performance.now() + PAUSE_MS;
    await super.scheduleUpdate();
  }

  override render(): unknown {
    const { members } = this;
    const columns = columnsOf(members);
    const sorted = columns.find(({ key }) => key === this.sortKey) ?? columns[0];
    if (sorted === undefined) return nothing;
    const best = new Map(columns.map((column) => [column.key, bestRuns(members, column)]));
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Runs of the sweep">
        <table>
          <thead>
            ${this.#groups(columns)}
            <tr>
              ${columns.map((column, at) => this.#head(column, starts(columns, at), sorted))}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              sortedRuns(members, sorted, this.descending),
              (index) => index,
              (index) => this.#row(index, columns, best),
            )}
          </tbody>
          ${this.#foot(columns)}
        </table>
      </div>
      ${this.#notes(columns, best)}
      ${
        this.over
          ? html`<wb-take-table
              .table=${sweepTable(members)}
              .about=${'Runs of the sweep'}
              .fileName=${'sweep'}
            ></wb-take-table>`
          : nothing
      }
    `;
  }

  #groups(columns: readonly SweepColumn[]): unknown {
    const on = measuredOn(this.members);
    const titles: Record<ColumnGroup, string> = {
      run: '',
      setting: 'Setting',
      training: 'Losses in the last epoch, training rows',
      quality: on === null ? 'Quality' : `On ${on}`,
    };
    const groups = [...new Set(columns.map(({ group }) => group))];
    return html`<tr>
      ${groups.map((group) => {
        const span = columns.filter((column) => column.group === group).length;
        return titles[group] === ''
          ? html`<td></td>`
          : html`<th scope="colgroup" colspan=${span} class="starts">${titles[group]}</th>`;
      })}
    </tr>`;
  }

  #head(column: SweepColumn, first: boolean, sorted: SweepColumn): unknown {
    const { key, title } = column;
    const direction = this.descending ? 'descending' : 'ascending';
    const current = sorted.key === key;
    return html`
      <th
        scope="col"
        data-column=${key}
        class=${first ? 'starts' : ''}
        aria-sort=${current ? direction : nothing}
      >
        <button
          type="button"
          @click=${() => {
            this.#sortBy(column);
          }}
        >
          ${title}${current ? sortMark(this.descending) : null}
        </button>
      </th>
    `;
  }

  #row(
    index: number,
    columns: readonly SweepColumn[],
    best: ReadonlyMap<string, ReadonlySet<number>>,
  ): unknown {
    const member = this.members[index];
    if (member === undefined) return nothing;
    const failed = member.outcome?.kind === 'failed' ? member.outcome.reason : null;
    const cells = columns.map((column, at) => {
      if (column.key === 'run') return this.#name(member, index);
      const first = starts(columns, at) ? 'starts' : '';
      if (failed !== null && column.group === 'quality') {
        const span = columns.filter(({ group }) => group === 'quality').length;
        return first && html`<td class="reason starts" colspan=${span}>${failed}</td>`;
      }
      const value = column.value(member, index);
      const isBest = best.get(column.key)?.has(index) === true;
      return html`<td class=${first} data-column=${column.key}>
        ${
          isBest
            ? html`<span class="best"
                ><span aria-hidden="true">★ </span>${value === null ? '–' : column.text(value)}<span
                  class="visually-hidden"
                >
                  (best)</span
                ></span
              >`
            : value === null
              ? '–'
              : column.text(value)
        }${column.key === 'epochs' && this.#isShort(member) ? ` of ${String(member.recipe.epochs)}` : null}
      </td>`;
    });
    return html`<tr data-run=${index}>
      ${cells}
    </tr>`;
  }

  #isShort({ outcome, epochs, recipe }: SweepMember): boolean {
    return outcome?.kind !== 'finished' && epochs < recipe.epochs && this.over;
  }

  #name(member: SweepMember, index: number): unknown {
    const number = String(index + 1);
    const id = member.outcome?.kind === 'finished' ? member.outcome.id : null;
    return html`<td>
      ${
        id === null
          ? number
          : html`<button
              class="text"
              type="button"
              aria-label=${`Open run ${number}: ${member.label}`}
              @click=${() => this.dispatchEvent(new ActionEvent({ type: 'open-run', id }))}
            >
              ${number}
            </button>`
      }
    </td>`;
  }

  /** What seed or fold alone change is chance, so its spread is worth a line. */
  #foot(columns: readonly SweepColumn[]): unknown {
    const differing = differingSettings(this.members);
    if (differing.some((setting) => setting !== 'seed' && setting !== 'fold')) return nothing;
    const spreads = columns.map((column) => ({
      column,
      spread: columnSpread(this.members, column),
    }));
    if (spreads.every(({ spread }) => spread === null)) return nothing;
    const named = columns.filter(({ group }) => group === 'run' || group === 'setting').length;
    return html`<tfoot>
      <tr>
        <th scope="row" colspan=${named}>mean ± s.d.</th>
        ${spreads.slice(named).map(({ column: { key, text, group }, spread }, at) => {
          const first = starts(columns, named + at) ? 'starts' : '';
          const known = isFigure(key, group) && spread !== null;
          return html`<td class=${first} data-column=${key}>
            ${known ? `${text(spread.mean)} ± ${unsigned(text(spread.deviation))}` : nothing}
          </td>`;
        })}
      </tr>
    </tfoot>`;
  }

  #notes(columns: readonly SweepColumn[], best: ReadonlyMap<string, ReadonlySet<number>>): unknown {
    const differing = differingSettings(this.members);
    const held = this.members.some(({ recipe }) => recipe.holdout > 0);
    const marked = [...best.values()].some((runs) => runs.size > 0);
    const uncompared = columns.filter(
      ({ key, group, better }) => isFigure(key, group) && better === null,
    );
    const notes = [
      marked ? '★ best of the finished runs.' : '',
      uncompared.length > 0
        ? `No best is marked for ${uncompared.map(({ title }) => title.toLowerCase()).join(', ')} in training: the runs measure it under different settings.`
        : '',
      held && differing.includes('seed')
        ? 'Each seed holds out people of its own, so runs of different seeds are measured on different rows, and none is marked as the best.'
        : '',
      differing.includes('fold')
        ? 'Each fold is other people, so runs of different folds are measured on different rows.'
        : '',
    ].filter(Boolean);
    return notes.length === 0 ? nothing : html`<p class="quiet note">${notes.join(' ')}</p>`;
  }

  /** The better end first; the other way round at the second click. */
  #sortBy({ key, better }: SweepColumn): void {
    this.descending = this.sortKey === key ? !this.descending : better === 'higher';
    this.sortKey = key;
    this.#due = 0;
    this.#hurry();
  }
}

function isFigure(key: string, group: ColumnGroup): boolean {
  return (group === 'training' && key !== 'epochs') || group === 'quality';
}

function starts(columns: readonly SweepColumn[], at: number): boolean {
  return at > 0 && columns[at - 1]?.group !== columns[at]?.group;
}

function unsigned(text: string): string {
  return text.replace('+', '');
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-sweep-table': WbSweepTable;
  }
}
