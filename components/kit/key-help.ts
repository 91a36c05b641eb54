/** What keys do in a part of the page that has the focus; drawn in the help on keys. */
export interface KeyHelp {
  /** Where they work. */
  readonly where: string;
  readonly keys: readonly {
    /** Each of them does it. */
    readonly keys: readonly string[];
    readonly does: string;
  }[];
}
