import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { signed } from '../../src/base/number-text';
import { ActionEvent } from '../state/action';
import type { SweepMember } from '../state/sweep-state';
import { drawCurve, drawPoints, mapColourNumbers, type LossAxis } from './sweep-drawing';
import { sheetOf, type Sheet, type Size } from '../kit/canvas';
import { ThemeWatcher } from '../kit/watchers';

/** One run of a sweep, small: what sets it apart, its map once it has one, its losses. */
@customElement('wb-sweep-run')
export class WbSweepRun extends LitElement {
  static override styles = css`
    /* Blocks, not grids: grids inside grids are measured many times over, in every run. */
    :host {
      display: block;
      contain: content;
    }

    .card {
      display: block;
      box-sizing: border-box;
      width: 100%;
      padding: var(--wb-space-2);
      border: 0;
      border-radius: var(--wb-radius-s);
      background: none;
      color: var(--wb-ink);
      font: var(--wb-text-xs) / 1.3 var(--wb-font);
      text-align: left;
      font-variant-numeric: tabular-nums;
    }

    button.card {
      cursor: pointer;
    }

    button.card:hover {
      background: var(--wb-surface-sunk);
    }

    button.card:focus-visible {
      outline: 2px solid var(--wb-bright);
      outline-offset: -2px;
    }

    .label {
      display: block;
      overflow-wrap: anywhere;
    }

    /* A line breaks between settings before it breaks inside one. */
    .part {
      display: inline-block;
    }

    .number {
      margin-right: 0.35em;
      color: var(--wb-ink-quiet);
    }

    .picture {
      position: relative;
      display: flex;
      align-items: center;
      justify-content: center;
      aspect-ratio: 3 / 2;
      margin: var(--wb-space-1) 0;
      overflow: hidden;
      border-radius: 4px;
      background: var(--wb-surface-sunk);
      color: var(--wb-ink-quiet);
      text-align: center;
    }

    .picture.failed {
      color: var(--wb-danger);
    }

    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }

    canvas.map {
      position: absolute;
      inset: 0;
    }

    .losses {
      display: block;
      height: 2.25rem;
      margin-bottom: var(--wb-space-1);
      border-bottom: 1px solid var(--wb-line);
    }

    .figures {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 var(--wb-space-2);
      color: var(--wb-ink-quiet);
    }

    b {
      white-space: nowrap;
      color: var(--wb-ink);
      font-weight: 600;
    }

    .best b {
      color: var(--wb-warm);
    }
  `;

  @property({ attribute: false }) member: SweepMember | null = null;
  /** From 1. */
  @property({ attribute: false }) number = 1;
  /** In label order. */
  @property({ attribute: false }) words: readonly string[] = [];
  @property({ attribute: false }) axis: LossAxis | null = null;
  /** Whether it has the sweep's best silhouette. */
  @property({ attribute: false }) best = false;
  /** Whether nothing of the sweep trains any more. */
  @property({ attribute: false }) over = false;
  @query('canvas.curve') private curve!: HTMLCanvasElement | null;
  @query('canvas.map') private map!: HTMLCanvasElement | null;

  /** Only what can be seen is drawn: a sweep may have hundreds of runs. */
  #inSight = false;
  #sight = new IntersectionObserver((entries) => {
    this.#inSight = entries.at(-1)?.isIntersecting ?? false;
    this.#draw();
  });
  /** In CSS pixels, as last laid out: asking a canvas itself would lay the page out anew. */
  #sizes = new WeakMap<Element, Size>();
  #resize = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) this.#sizes.set(target, contentRect);
    this.#draw();
  });

  constructor() {
    super();
    new ThemeWatcher(this, () => {
      this.#draw();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight.disconnect();
    this.#resize.disconnect();
  }

  override render(): unknown {
    const { member } = this;
    if (member === null) return nothing;
    const { outcome } = member;
    const id = outcome?.kind === 'finished' ? outcome.id : null;
    if (id === null) return html`<div class="card">${this.#content(member)}</div>`;
    return html`<button
      class="card"
      type="button"
      title="Open this run"
      @click=${() => this.dispatchEvent(new ActionEvent({ type: 'open-run', id }))}
    >
      ${this.#content(member)}
    </button>`;
  }

  #content(member: SweepMember): unknown {
    const { outcome, history } = member;
    const loss = history.last('total');
    return html`
      <span class="label"><span class="number">${this.number}</span>${partsOf(member.label)}</span>
      <span class="picture ${outcome?.kind ?? ''}">
        ${
          outcome?.kind === 'finished'
            ? html`<canvas class="map" aria-hidden="true"></canvas>`
            : this.#stage(member)
        }
      </span>
      <span class="losses"><canvas class="curve" aria-hidden="true"></canvas></span>
      <span class="figures">
        ${loss === undefined ? null : html`<span>loss <b>${loss.toFixed(3)}</b></span>`}
        ${outcome?.kind === 'finished' ? this.#silhouette(outcome.scoreboard.silhouette) : null}
      </span>
    `;
  }

  #stage({ outcome, epochs, recipe }: SweepMember): string {
    if (outcome?.kind === 'failed') return 'failed';
    if (this.over) return epochs === 0 ? 'not trained' : `stopped at epoch ${String(epochs)}`;
    return epochs === 0 ? 'waiting' : `epoch ${String(epochs)} of ${String(recipe.epochs)}`;
  }

  #silhouette(silhouette: number | null): unknown {
    if (silhouette === null) return null;
    return html`<span class=${this.best ? 'best' : ''}>
      silhouette <b>${this.best ? '★ ' : null}${signed(silhouette, 3)}</b>
    </span>`;
  }

  override updated(): void {
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) this.#resize.observe(canvas);
    this.#draw();
  }

  #draw(): void {
    const { member, axis } = this;
    if (member === null || !this.#inSight) return;
    const style = getComputedStyle(this);
    const token = (name: string): string => style.getPropertyValue(name).trim();
    const curve = this.#sheet(this.curve);
    if (curve !== null && axis !== null) {
      const { pen } = curve;
      pen.strokeStyle = token(member.outcome?.kind === 'failed' ? '--wb-danger' : '--wb-ink');
      drawCurve(pen, curve, member.history.column('total'), axis, member.recipe.epochs);
    }
    const map = this.#sheet(this.map);
    if (map !== null && member.outcome?.kind === 'finished') {
      const colours = mapColourNumbers(this.words, member.outcome.map).map((number) =>
        token(`--wb-word-${String(number)}`),
      );
      drawPoints(map.pen, map, member.outcome.map, colours);
    }
  }

  /** Null before it has a size. */
  #sheet(canvas: HTMLCanvasElement | null): Sheet | null {
    const size = canvas && this.#sizes.get(canvas);
    return canvas && size ? sheetOf(canvas, size) : null;
  }
}

/** The settings of a label, each with its comma. */
function partsOf(label: string): unknown {
  return label.split(/(?<=,) /).map((part) => html`<span class="part">${part}</span> `);
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-sweep-run': WbSweepRun;
  }
}
