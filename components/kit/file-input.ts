import { html } from 'lit';

/**
 * A file input that is not seen: a button of its element opens it. Its element's style sheet has
 * `visuallyHidden`.
 *
 * @param accept as the attribute of the same name
 * @param take   gets the file that was chosen, as often as it is chosen
 */
export function fileInput(accept: string, label: string, take: (file: File) => void): unknown {
  return html`<input
    class="visually-hidden"
    type="file"
    accept=${accept}
    tabindex="-1"
    aria-label=${label}
    @change=${({ currentTarget }: Event) => {
      if (!(currentTarget instanceof HTMLInputElement)) return;
      const file = currentTarget.files?.[0];
      // The same file chosen twice must count as a choice again: it may have changed.
      currentTarget.value = '';
      if (file !== undefined) take(file);
    }}
  />`;
}
