/** Parts of the page whose code is loaded when they are first shown. */
import { html, type LitElement } from 'lit';
import { ActionEvent } from '../state/action';

/** Code that is loaded once, when it is first asked for. */
export class LazyPart<Module> {
  readonly #import: () => Promise<Module>;
  #promise: Promise<Module> | null = null;
  #module: Module | null = null;
  #failed = false;

  /** @param name what it is, for the notice that it is missing: "The comparison" */
  constructor(
    readonly name: string,
    load: () => Promise<Module>,
  ) {
    this.#import = load;
  }

  /** null until it is there. */
  get module(): Module | null {
    return this.#module;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /**
   * Loads it, unless that is done or under way. What failed once is not tried again: browsers may
   * remember the failure until the page is loaded anew.
   *
   * @throws what stands in the way of loading
   */
  load(): Promise<Module> {
    this.#promise ??= this.#load();
    return this.#promise;
  }

  async #load(): Promise<Module> {
    try {
      return (this.#module = await this.#import());
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }
}

/**
 * What needs the part, once it is loaded, and until then the placeholder; `host` is drawn again when
 * it is there. Where it cannot be loaded, a notice says so.
 */
export function whenLoaded<Module>(
  host: LitElement,
  part: LazyPart<Module>,
  content: (module: Module) => unknown,
  placeholder: unknown = null,
): unknown {
  if (part.module !== null) return content(part.module);
  if (!part.failed) {
    part.load().then(
      () => {
        host.requestUpdate();
      },
      () => {
        const text = `${part.name} could not be loaded from the page’s own server. Reload the page to try again.`;
        host.dispatchEvent(new ActionEvent({ type: 'report', text }));
        host.requestUpdate();
      },
    );
  } else if (placeholder !== null) return html`<p>${part.name} could not be loaded.</p>`;
  return placeholder;
}

/** A placeholder that takes the part's place. @param height of the part, about, as in CSS */
export function loading(height: string): unknown {
  return html`<div style=${`min-height: ${height}`} role="status">Loading…</div>`;
}
