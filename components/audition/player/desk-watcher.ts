import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AudioDesk } from './desk';

interface WatchingHost extends ReactiveControllerHost {
  readonly desk: AudioDesk | null;
}

/** Draws an element anew whenever its desk changes. */
export class DeskWatcher implements ReactiveController {
  readonly #host: WatchingHost;
  #watched: AudioDesk | null = null;
  #end: () => void = () => undefined;

  constructor(host: WatchingHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch(this.#host.desk);
  }

  hostUpdate(): void {
    this.#watch(this.#host.desk);
  }

  hostDisconnected(): void {
    this.#watch(null);
  }

  #watch(desk: AudioDesk | null): void {
    if (desk === this.#watched) return;
    this.#end();
    this.#watched = desk;
    this.#end =
      desk?.subscribe(() => {
        this.#host.requestUpdate();
      }) ?? (() => undefined);
  }
}
