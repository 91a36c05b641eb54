/** Draws an element's canvas anew when its size or the colours change, and while its player plays. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AudioPlayer } from './player';
import { Frames } from '../../kit/frames';
import { SizeWatcher, ThemeWatcher } from '../../kit/watchers';

type DrawingHost = ReactiveControllerHost & Element & { readonly player: AudioPlayer | null };

export class LiveDrawing implements ReactiveController {
  readonly #host: DrawingHost;
  readonly #draw: () => void;
  readonly #frames: Frames;

  constructor(host: DrawingHost, draw: () => void) {
    this.#host = host;
    this.#draw = draw;
    this.#frames = new Frames(draw, { yields: true });
    new SizeWatcher(host, draw);
    new ThemeWatcher(host, draw);
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#host.player?.playing === true) this.#frames.start();
    else this.#frames.stop();
    this.#draw();
  }

  hostDisconnected(): void {
    this.#frames.stop();
  }
}
