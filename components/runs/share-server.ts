/** Where a model can be left, so that a link to it is short: what the page asks of a share server. */
export interface ShareServer {
  /** Whether the page's own server takes models. */
  available(): Promise<boolean>;
  /** The file of the model that is shown, as the worker writes it. */
  modelFile(): Promise<Uint8Array>;
  /**
   * Leaves a model there.
   *
   * @param bytes of its file
   * @returns the id of `#s=<id>`, and what it can be deleted by
   * @throws Error with a sentence that says why it was not taken
   */
  upload(bytes: Uint8Array): Promise<{ readonly id: string; readonly token: string }>;
}
