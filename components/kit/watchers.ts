/** What an element redraws itself for, as long as it is on the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { THEME_EVENT } from './theme';

/** Hears when the page's colours have changed; a canvas reads its own anew. */
export class ThemeWatcher implements ReactiveController {
  readonly #changed: () => void;

  constructor(host: ReactiveControllerHost, changed: () => void) {
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener(THEME_EVENT, this.#changed);
  }

  hostDisconnected(): void {
    document.removeEventListener(THEME_EVENT, this.#changed);
  }
}

/** Hears how large the element is, at first and whenever that changes. */
export class SizeWatcher implements ReactiveController {
  readonly #host: Element;
  readonly #observer: ResizeObserver;

  /** @param changed takes the element's width and height in CSS pixels */
  constructor(
    host: ReactiveControllerHost & Element,
    changed: (width: number, height: number) => void,
  ) {
    this.#host = host;
    this.#observer = new ResizeObserver(([entry]) => {
      changed(entry?.contentRect.width ?? 0, entry?.contentRect.height ?? 0);
    });
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
