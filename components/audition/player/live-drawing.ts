/** Draws an element's canvas anew when its size or the colours change, and while its player plays. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { THEME_EVENT } from '../../kit/theme';
import type { AudioPlayer } from './player';
import { Frames } from '../../kit/frames';

type DrawingHost = ReactiveControllerHost & Element & { readonly player: AudioPlayer | null };

export class LiveDrawing implements ReactiveController {
  readonly #host: DrawingHost;
  readonly #draw: () => void;
  readonly #frames: Frames;
  readonly #resize: ResizeObserver;

  constructor(host: DrawingHost, draw: () => void) {
    this.#host = host;
    this.#draw = draw;
    this.#frames = new Frames(draw);
    this.#resize = new ResizeObserver(draw);
    host.addController(this);
  }

  hostConnected(): void {
    this.#resize.observe(this.#host);
    document.addEventListener(THEME_EVENT, this.#draw);
  }

  hostUpdated(): void {
    if (this.#host.player?.playing === true) this.#frames.start();
    else this.#frames.stop();
    this.#draw();
  }

  hostDisconnected(): void {
    this.#resize.disconnect();
    document.removeEventListener(THEME_EVENT, this.#draw);
    this.#frames.stop();
  }
}
