/** Styles several elements share. */
import { css } from 'lit';

/** Text that only screen readers meet. */
export const visuallyHidden = css`
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** A panel: a heading, then content. */
export const panel = css`
  :host {
    display: block;
    background: var(--wb-surface);
    border: 1px solid var(--wb-line);
    border-radius: var(--wb-radius);
    box-shadow: var(--wb-shadow);
    padding: var(--wb-space-4);
    min-width: 0;
  }

  h2 {
    display: flex;
    align-items: baseline;
    gap: var(--wb-space-2);
    margin: 0 0 var(--wb-space-3);
    font: 650 var(--wb-text-l) / 1.2 var(--wb-font-display);
  }

  h3 {
    margin: var(--wb-space-4) 0 var(--wb-space-2);
    font: 600 var(--wb-text-s) / 1.3 var(--wb-font);
    color: var(--wb-ink-quiet);
  }

  p {
    margin: 0 0 var(--wb-space-2);
  }

  .quiet {
    color: var(--wb-ink-quiet);
    font-size: var(--wb-text-s);
  }

  .figure {
    font-variant-numeric: tabular-nums;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--wb-text-s);
    font-variant-numeric: tabular-nums;
  }

  th {
    padding: var(--wb-space-1) 0;
    color: var(--wb-ink-quiet);
    font-weight: 500;
    text-align: right;
  }

  th:first-child,
  td:first-child {
    text-align: left;
  }

  td {
    padding: 3px 0;
    border-top: 1px solid var(--wb-line);
    text-align: right;
  }
`;

/** A panel without a box of its own, since it stands in another. */
export const innerPanel = [
  panel,
  css`
    :host {
      padding: 0;
      border: 0;
      background: none;
      box-shadow: none;
    }
  `,
];

/** A row of buttons of which one is pressed. */
export const chips = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--wb-space-1);
    margin-bottom: var(--wb-space-3);
  }

  .chips button {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    max-width: 100%;
    padding: 3px 9px;
    border: 1px solid var(--wb-line);
    border-radius: 99px;
    background: var(--wb-surface);
    color: var(--wb-ink);
    font: inherit;
    font-size: var(--wb-text-s);
    overflow-wrap: anywhere;
    text-align: start;
    cursor: pointer;
  }

  .chips button[aria-pressed='true'] {
    border-color: var(--wb-ink);
    background: var(--wb-ink);
    color: var(--wb-paper);
    /* Chosen where the system sets the colours, too. */
    forced-color-adjust: none;
  }

  .chips button:focus-visible {
    outline: 2px solid var(--wb-bright);
    outline-offset: 1px;
  }
`;

/** A native tick box or radio button. */
export const tick = css`
  input {
    flex: none;
    width: 1rem;
    height: 1rem;
    margin: 0;
    accent-color: var(--wb-warm-fill);
  }

  input:focus-visible {
    outline: 2px solid var(--wb-bright);
    outline-offset: 2px;
  }
`;

/** A native menu, or a field for a number. */
export const nativeField = css`
  select,
  input[type='number'] {
    min-width: 0;
    padding: var(--wb-space-1) var(--wb-space-2);
    border: 1px solid var(--wb-line-strong);
    border-radius: var(--wb-radius-s);
    background: var(--wb-surface);
    color: var(--wb-ink);
    font: inherit;
  }

  select:focus-visible {
    outline: 2px solid var(--wb-bright);
    outline-offset: 1px;
  }
`;

/** A bar over what trains: its buttons, and a line of figures. */
export const trainingBar = css`
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--wb-space-2);
    align-items: center;
  }

  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--wb-space-4);
    margin: 0;
    color: var(--wb-ink-quiet);
    font-size: var(--wb-text-s);
    font-variant-numeric: tabular-nums;
  }

  .figures b {
    color: var(--wb-ink);
    font-weight: 600;
  }
`;

/** Fields that are typed in. */
export const textInput = css`
  input:is([type='text'], [type='search'], [type='number']) {
    box-sizing: border-box;
    padding: 0 var(--wb-space-2);
    border: 1px solid var(--wb-line-strong);
    border-radius: var(--wb-radius-s);
    background: var(--wb-surface);
    color: var(--wb-ink);
    font: inherit;
  }
`;

/** A field that looks for something in a list, `label.search`. */
export const searchField = css`
  .search {
    display: flex;
    gap: var(--wb-space-2);
    align-items: center;
    margin-bottom: var(--wb-space-3);
    font-size: var(--wb-text-s);
  }

  .search input {
    flex: 1;
    width: auto;
    min-width: 4rem;
    max-width: 24rem;
    height: 2.25rem;
  }
`;

/** A text area with a file's text in it. */
export const presetText = css`
  textarea {
    box-sizing: border-box;
    width: 100%;
    padding: var(--wb-space-2);
    border: 1px solid var(--wb-line-strong);
    border-radius: var(--wb-radius-s);
    background: var(--wb-surface-sunk);
    color: var(--wb-ink);
    font: var(--wb-text-xs) / 1.5 var(--wb-font-mono);
    resize: vertical;
  }
`;

/** Small print that unfolds under a line that looks like a link. */
export const unfolding = css`
  details {
    margin-top: var(--wb-space-1);
    font-size: var(--wb-text-s);
  }

  summary {
    width: fit-content;
    color: var(--wb-bright);
    cursor: pointer;
  }

  summary:focus-visible {
    outline: 2px solid var(--wb-bright);
    outline-offset: 2px;
  }
`;

/** A list of what this browser keeps: what each is called, and what can be done with it. */
export const keptList = css`
  ul {
    overflow: auto;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    padding: var(--wb-space-2) 0;
    border-top: 1px solid var(--wb-line);
  }

  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .do {
    display: flex;
    flex-wrap: wrap;
    gap: var(--wb-space-3);
    font-size: var(--wb-text-s);
  }
`;

/** A list of a file's lines, with what is to say of each. */
export const fileLines = css`
  .lines {
    max-height: 12rem;
    overflow: auto;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--wb-text-xs);
  }

  .lines li {
    padding: 2px 0;
    border-top: 1px solid var(--wb-line);
    overflow-wrap: anywhere;
  }
`;

/** A place to drop a file on, with buttons that do the same. */
export const dropTarget = css`
  .target {
    display: grid;
    gap: var(--wb-space-2);
    padding: var(--wb-space-3);
    border: 1.5px dashed var(--wb-line-strong);
    border-radius: var(--wb-radius);
    background: var(--wb-surface-sunk);
    text-align: center;
  }

  .target p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--wb-space-2);
  }
`;

/** Something that unfolds: a box with a line to press, and what lies under it in `.inside`. */
export const disclosure = css`
  details {
    border: 1px solid var(--wb-line);
    border-radius: var(--wb-radius-s);
    background: var(--wb-surface);
    font-size: var(--wb-text-s);
  }

  summary {
    padding: var(--wb-space-3);
    border-radius: inherit;
    cursor: pointer;
  }

  summary:focus-visible {
    outline: 2px solid var(--wb-bright);
    outline-offset: -2px;
  }

  .inside {
    padding: 0 var(--wb-space-3) var(--wb-space-3);
  }
`;
