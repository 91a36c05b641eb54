import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AudioPlayer } from './player';

interface WatchingHost extends ReactiveControllerHost {
  readonly player: AudioPlayer | null;
}

/** Draws an element anew whenever its player changes. */
export class PlayerWatcher implements ReactiveController {
  readonly #host: WatchingHost;
  #watched: AudioPlayer | null = null;
  #end: () => void = () => undefined;

  constructor(host: WatchingHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#watch(this.#host.player);
  }

  hostUpdate(): void {
    this.#watch(this.#host.player);
  }

  hostDisconnected(): void {
    this.#watch(null);
  }

  #watch(player: AudioPlayer | null): void {
    if (player === this.#watched) return;
    this.#end();
    this.#watched = player;
    this.#end =
      player?.subscribe(() => {
        this.#host.requestUpdate();
      }) ?? (() => undefined);
  }
}
