/** Keeps the screen on, so that the machine does not fall asleep in the middle of a run. */

/** The part of the browser that it takes. */
interface Awakeness {
  readonly wakeLock?: {
    readonly request: () => Promise<{ readonly release: () => Promise<void> }>;
  };
}

export class KeepAwake {
  readonly #navigator: Awakeness;
  #wanted = false;
  /** What is held, or asked for. */
  #lock: Promise<{ readonly release: () => Promise<void> } | null> | null = null;

  /** @param navigator without a wake lock where the browser has none: then nothing is kept awake */
  constructor(navigator: Awakeness) {
    this.#navigator = navigator;
  }

  /** May be called again and again. */
  set(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) this.shown();
    else void this.#release();
  }

  /** To be called when the page is seen again: browsers take the lock away from hidden ones. */
  shown(): void {
    if (!this.#wanted) return;
    // Refused where the battery is low: a convenience.
    this.#lock = this.#navigator.wakeLock?.request().catch(() => null) ?? null;
  }

  async #release(): Promise<void> {
    const lock = await this.#lock;
    this.#lock = null;
    await lock?.release();
  }
}
