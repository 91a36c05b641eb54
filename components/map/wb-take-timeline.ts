import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fileSlug } from '../../src/base/file-slug';
import { filmPictures, filmstrip, type Film } from '../../src/figures/film';
import { plainButton } from '../kit/button-styles';
import { ActionEvent } from '../state/action';
import { INITIAL_STATE, type PageState } from '../state/page-state';
import { filmOf } from './film-of';

const NO_VIDEO =
  'The timeline could not be recorded: this browser encodes no video. The filmstrip shows the same epochs.';

/** The timeline to take away: as one picture, or as a film. */
@customElement('wb-take-timeline')
export class WbTakeTimeline extends LitElement {
  static override styles = [
    plainButton,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-2);
      }

      p {
        margin: 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }
    `,
  ];

  @property({ attribute: false }) view: PageState = INITIAL_STATE;
  /** How much of the film is recorded, 0 to 1; null while none is. */
  @state() private share: number | null = null;

  override render(): unknown {
    const { share } = this;
    return html`
      <button type="button" class="plain" data-action="filmstrip" @click=${this.#saveStrip}>
        Filmstrip (SVG)
      </button>
      <button
        type="button"
        class="plain"
        data-action="film"
        ?disabled=${share !== null}
        @click=${() => void this.#saveFilm()}
      >
        Film (WebM)
      </button>
      <p role="status">
        ${share === null ? null : `Recording, ${String(Math.round(100 * share))} %`}
      </p>
    `;
  }

  #saveStrip = (): void => {
    const film = filmOf(this.view);
    if (film === null) return;
    const name = `${nameOf(film)}-filmstrip.svg`;
    const mediaType = 'image/svg+xml';
    this.dispatchEvent(
      new ActionEvent({ type: 'save-text', name, mediaType, text: filmstrip(film) }),
    );
  };

  async #saveFilm(): Promise<void> {
    const film = filmOf(this.view);
    if (film === null || this.share !== null) return;
    this.share = 0;
    try {
      const { recordFilm } = await import('./record-film');
      const bytes = await recordFilm(filmPictures(film), (share) => {
        this.share = share;
      });
      const name = `${nameOf(film)}-film.webm`;
      this.dispatchEvent(
        new ActionEvent({ type: 'save-bytes', name, mediaType: 'video/webm', bytes }),
      );
    } catch {
      this.dispatchEvent(new ActionEvent({ type: 'report', text: NO_VIDEO }));
    } finally {
      this.share = null;
    }
  }
}

/** The run's name as a part of a file's. */
function nameOf({ title }: Film): string {
  return fileSlug(title.toLowerCase()) || 'timeline';
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-take-timeline': WbTakeTimeline;
  }
}
