import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { evidenceSentence, wordEvidence } from '../../src/analysis/word-evidence';
import type { ModelDocument } from '../../src/model/model';

/** How many rows and people words are known by, and whether anything beats a flat curve for them. */
@customElement('wb-evidence')
export class WbEvidence extends LitElement {
  static override styles = css`
    p {
      margin: 0 0 var(--wb-space-2);
      color: var(--wb-ink-quiet);
      font-size: var(--wb-text-s);
    }

    .little {
      padding-left: var(--wb-space-2);
      border-left: 3px solid var(--wb-caution);
      color: var(--wb-ink);
    }
  `;

  @property({ attribute: false }) document: ModelDocument | null = null;
  @property({ attribute: false }) words: readonly string[] = [];

  override render(): unknown {
    const { document, words } = this;
    if (document === null) return null;
    return words.map((word) => {
      const evidence = wordEvidence(document, word);
      if (evidence === null) return null;
      // With kinds, it is no want of evidence that no single curve will do.
      const kinds = document.words.find((known) => known.word === word)?.schools.length ?? 0;
      const divided = evidence.beatsFlat === 'no' && kinds > 1;
      return html`<p class=${divided || evidence.beatsFlat === 'yes' ? 'enough' : 'little'}>
        ${divided ? `People set ${word} in different ways, as its kinds show. ` : null}
        ${evidenceSentence(evidence)}
      </p>`;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-evidence': WbEvidence;
  }
}
