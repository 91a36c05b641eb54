import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Unheard } from '../../src/model/unheard';
import { frequencyText } from '../kit/text';

/** That a model says frequencies nobody hears, and why. */
@customElement('wb-unheard')
export class WbUnheard extends LitElement {
  static override styles = css`
    :host {
      display: block;
      margin-top: var(--wb-space-2);
      padding: var(--wb-space-2) var(--wb-space-3);
      border-left: 3px solid var(--wb-caution);
      background: var(--wb-surface-sunk);
      font-size: var(--wb-text-s);
    }

    p {
      margin: 0 0 var(--wb-space-1);
    }

    p:last-child {
      margin: 0;
      color: var(--wb-ink-quiet);
    }

    b {
      font-variant-numeric: tabular-nums;
    }
  `;

  @property({ attribute: false }) unheard: Unheard | null = null;
  /** Whose frequencies are listed. */
  @property({ attribute: false }) word = '';
  /** Whether the decoder says hertz itself, as Seed V1's does. */
  @property({ attribute: false }) heads = false;

  override render(): unknown {
    const { unheard, word } = this;
    if (unheard === null) return null;
    const { count, of, farthest, frequencies } = unheard;
    const own = frequencies.filter((frequency) => frequency.word === word);
    return html`
      <p>
        <b data-figure="unheard">${count}</b> of ${of} frequencies lie outside 20 Hz to 20 kHz, as
        far as <b>${frequencyText(farthest.hz)}</b> (${farthest.word}, ${farthest.parameter}). What
        is drawn below is the nearest that the plug-in allows.
      </p>
      <p>
        ${word}, as the model says it: ${own.map(({ hz }) => frequencyText(hz)).join(', ')}.
        ${
          this.heads
            ? 'Why: the decoder’s heads already say hertz. Training compares them with z-scores, as if the two were one unit, and then the hertz are de-normalised once more, so that 1,000 Hz is taken for 1,000 standard deviations.'
            : null
        }
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-unheard': WbUnheard;
  }
}
