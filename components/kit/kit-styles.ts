/** How the UI kit's elements look with large letters and forced colours. Not loaded at first. */
import { css } from 'lit';

/** The kit's buttons keep to one line, which large letters make too long. */
export const kitButtons = css`
  wa-button {
    max-width: 100%;
  }

  wa-button::part(base) {
    height: auto;
    min-height: var(--wa-form-control-height);
    line-height: 1.3;
    white-space: normal;
  }
`;

/**
 * The kit's fields. At rest they draw a ring of no colour around them, which forced colours would
 * show.
 */
export const kitFields = css`
  /* Round enough, and still no radio button. */
  wa-checkbox {
    --wa-border-radius-s: 3px;
  }

  @media (forced-colors: active) {
    :is(wa-input, wa-number-input, wa-select):not(:focus-within) {
      --wa-focus-ring-style: none;
    }
  }
`;

/** A dialog's title of two lines, as on a phone, keeps its distance from the dialog's edge. */
export const kitDialog = css`
  wa-dialog::part(title) {
    /* No higher with one line than the button that closes it. */
    padding-block: 0.375rem;
  }
`;
