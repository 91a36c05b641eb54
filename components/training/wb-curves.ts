import { css, html, unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import uPlot from 'uplot';
import uPlotStyles from 'uplot/dist/uPlot.min.css?inline';
import { textScale } from '../kit/text-scale';
import { OwnTaskElement } from '../kit/own-task-element';
import { LossHistory, type HistoryColumn } from '../state/loss-history';
import type { ResponseErrors } from '../state/page-state';
import { SizeWatcher, ThemeWatcher } from '../kit/watchers';

type ErrorColumn = 'heldOut' | 'training';

interface CurveSeries {
  readonly column: HistoryColumn | ErrorColumn;
  readonly label: string;
  /** Token of its colour. */
  readonly colour: string;
  readonly scale: 'y' | 'right';
  /** What stands along its axis, in its colour, where the plot has two: which one is whose. */
  readonly axis?: string;
  readonly digits: number;
}

interface Plot {
  readonly plot: uPlot;
  readonly series: readonly CurveSeries[];
  readonly host: HTMLElement;
}

const LOSSES: readonly CurveSeries[] = [
  { column: 'total', label: 'total', colour: '--wb-ink', scale: 'y', digits: 3 },
  {
    column: 'contrastive',
    label: 'word loss',
    colour: '--wb-curve-contrastive',
    scale: 'y',
    digits: 3,
  },
  {
    column: 'reconstruction',
    label: 'reconstruction',
    colour: '--wb-curve-reconstruction',
    scale: 'y',
    digits: 4,
  },
];

const SCHEDULE: readonly CurveSeries[] = [
  {
    column: 'contrastiveWeight',
    label: 'weight of the word loss',
    colour: '--wb-curve-contrastive',
    scale: 'y',
    axis: 'weight',
    digits: 3,
  },
  {
    column: 'learningRate',
    label: 'learning rate',
    colour: '--wb-curve-reconstruction',
    scale: 'right',
    axis: 'learning rate',
    digits: 6,
  },
];

const ERRORS: readonly CurveSeries[] = [
  {
    column: 'heldOut',
    label: 'held out',
    colour: '--wb-curve-contrastive',
    scale: 'y',
    digits: 2,
  },
  {
    column: 'training',
    label: 'training',
    colour: '--wb-curve-reconstruction',
    scale: 'y',
    digits: 2,
  },
];

/** uPlot numbers the sides in a const enum, which isolated modules cannot name. */
const RIGHT_SIDE = { side: 1 };
/** Steps between the epochs that the axis names. */
const WHOLE_STEPS = [1, 10, 100, 1000, 10_000].flatMap((power) => [power, 2 * power, 5 * power]);

/**
 * Losses and schedule over the epochs, drawn straight from the history's own buffers, and the
 * response errors where they were measured: where the curves part, the model learns rows by heart.
 */
@customElement('wb-curves')
export class WbCurves extends OwnTaskElement {
  static override styles = [
    unsafeCSS(uPlotStyles),
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
        gap: var(--wb-space-3);
      }

      figure {
        min-width: 0;
        margin: 0;
      }

      figcaption {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--wb-space-3);
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-xs);
        font-variant-numeric: tabular-nums;
      }

      .swatch {
        display: inline-block;
        width: 0.9em;
        height: 3px;
        margin-right: 4px;
        vertical-align: middle;
      }

      .plot {
        height: 150px;
        overflow: hidden;
      }
    `,
  ];

  @property({ attribute: false }) history = new LossHistory();
  /** Length of the history that is drawn: the history itself grows in place. */
  @property({ attribute: false }) epochs = 0;
  @property({ attribute: false }) errors: readonly ResponseErrors[] = [];
  /** The epoch that is looked back at: a line marks it, and values are those of then; null: the newest. */
  @property({ attribute: false }) cursor: number | null = null;
  @property({ attribute: false }) planned = 1;
  @query('.losses') private lossesHost!: HTMLElement;
  @query('.schedule') private scheduleHost!: HTMLElement;
  @query('.errors') private errorsHost!: HTMLElement;

  #plots: Plot[] = [];

  constructor() {
    super();
    new SizeWatcher(this, () => {
      for (const { plot, host } of this.#plots) {
        plot.setSize({ width: host.clientWidth, height: host.clientHeight });
      }
    });
    new ThemeWatcher(this, () => {
      this.#rebuild();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#rebuild();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#destroy();
  }

  override render(): unknown {
    return html`
      ${this.#figure('losses', 'Losses on the training rows', LOSSES)}
      ${this.#figure('schedule', 'Schedule', SCHEDULE)}
      ${this.#figure('errors', 'Response error, dB', ERRORS)}
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    if (this.#plots.length === 0 || changed.has('planned')) {
      this.#rebuild();
      return;
    }
    for (const { plot, series } of this.#plots) plot.setData(this.#data(series));
  }

  #figure(name: string, title: string, series: readonly CurveSeries[]): unknown {
    return html`
      <figure>
        <figcaption>
          <b>${title}</b>
          ${series.map(({ column, label, digits }) => {
            const value = this.#value(column);
            return html`<span data-curve=${column}
              ><span class="swatch" data-column=${column}></span>${label}
              ${value === undefined ? null : Number(value.toFixed(digits))}</span
            >`;
          })}
        </figcaption>
        <div class="plot ${name}" role="img" aria-label=${this.#description(title, series)}></div>
      </figure>
    `;
  }

  #description(title: string, series: readonly CurveSeries[]): string {
    const values = series.map(({ column, label, digits }) => {
      const value = this.#value(column);
      return `${label} ${value === undefined ? 'not known yet' : value.toFixed(digits)}`;
    });
    const epochs = String(this.cursor ?? this.epochs);
    return `${title} after ${epochs} epochs: ${values.join(', ')}`;
  }

  #data(series: readonly CurveSeries[]): uPlot.AlignedData {
    if (series === ERRORS) {
      return [
        this.errors.map(({ epoch }) => epoch),
        this.errors.map(({ heldOut }) => heldOut),
        this.errors.map(({ training }) => training),
      ];
    }
    return [
      this.history.column('epoch'),
      ...series.map(({ column }) => (isError(column) ? [] : this.history.column(column))),
    ];
  }

  /** The value at the cursor; undefined where there is none yet. */
  #value(column: CurveSeries['column']): number | undefined {
    const { cursor } = this;
    if (!isError(column)) {
      return cursor === null ? this.history.last(column) : this.history.at(column, cursor);
    }
    const errors =
      cursor === null ? this.errors.at(-1) : this.errors.findLast(({ epoch }) => epoch <= cursor);
    return errors?.[column] ?? undefined;
  }

  /** The epoch that is looked back at, as a line over the whole height. */
  #drawCursor(plot: uPlot): void {
    const { ctx, bbox } = plot;
    if (this.cursor === null) return;
    // The plot begins with the first epoch.
    const x = Math.round(plot.valToPos(Math.max(1, this.cursor), 'x', true)) + 0.5;
    ctx.save();
    ctx.strokeStyle = getComputedStyle(this).getPropertyValue('--wb-ink').trim();
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }

  #rebuild(): void {
    // The theme may change before the element has rendered.
    if (!this.hasUpdated) return;
    this.#destroy();
    this.#plots = [
      this.#build(this.lossesHost, LOSSES),
      this.#build(this.scheduleHost, SCHEDULE),
      this.#build(this.errorsHost, ERRORS),
    ];
    const style = getComputedStyle(this);
    for (const { column, colour } of [...LOSSES, ...SCHEDULE, ...ERRORS]) {
      const swatches = this.renderRoot.querySelectorAll<HTMLElement>(`[data-column=${column}]`);
      for (const swatch of swatches) swatch.style.background = style.getPropertyValue(colour);
    }
  }

  #build(host: HTMLElement, series: readonly CurveSeries[]): Plot {
    const style = getComputedStyle(this);
    const token = (name: string): string => style.getPropertyValue(name).trim();
    const larger = textScale();
    const font = `${String(12 * larger)}px system-ui, sans-serif`;
    const axis = (scale: CurveSeries['scale']): uPlot.Axis => ({
      scale,
      // Before there are any, whatever its types say, it gives null.
      size: (_, values: readonly string[] | null) =>
        Math.max(44, ...(values ?? []).map(axisWidth)) * larger,
      stroke: token('--wb-ink-quiet'),
      font,
      grid: { show: scale === 'y', stroke: token('--wb-line'), width: 1 },
      ticks: { show: false },
      values: (_, splits) => splits.map((value) => String(Number(value.toPrecision(3)))),
    });
    const named = (side: CurveSeries['scale']): Partial<uPlot.Axis> => {
      const own = series.find(({ scale }) => scale === side);
      if (own?.axis === undefined) return {};
      const size = 16 * larger;
      return { label: own.axis, labelFont: font, labelSize: size, stroke: token(own.colour) };
    };
    const plot = new uPlot(
      {
        width: host.clientWidth,
        height: host.clientHeight,
        legend: { show: false },
        cursor: { show: false },
        hooks: {
          draw: [
            (drawn) => {
              this.#drawCursor(drawn);
            },
          ],
        },
        scales: { x: { time: false, range: [1, Math.max(2, this.planned)] }, y: {}, right: {} },
        axes: [
          {
            stroke: token('--wb-ink-quiet'),
            font,
            size: 22 * larger,
            // Between two epochs there is nothing.
            incrs: WHOLE_STEPS,
            grid: { show: false },
            ticks: { show: false },
          },
          { ...axis('y'), ...named('y') },
          ...(series.some(({ scale }) => scale === 'right')
            ? [Object.assign(axis('right'), RIGHT_SIDE, named('right'))]
            : []),
        ],
        series: [
          {},
          ...series.map(({ label, colour, scale }) => ({
            label,
            scale,
            stroke: token(colour),
            width: 1.5,
            points: { show: () => (series === ERRORS ? this.errors : this.history).length < 2 },
          })),
        ],
      },
      this.#data(series),
      host,
    );
    return { plot, series, host };
  }

  #destroy(): void {
    for (const { plot } of this.#plots) plot.destroy();
    this.#plots = [];
  }
}

/** Room for a value beside its axis, in CSS pixels: figures of 12 pixels are at most 7.5 wide. */
function axisWidth(value: string | null): number {
  return 12 + 7.5 * (value ?? '').length;
}

function isError(column: CurveSeries['column']): column is ErrorColumn {
  return column === 'heldOut' || column === 'training';
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-curves': WbCurves;
  }
}
