/** Tells somebody who looks elsewhere that what trained has ended, where they have asked for it. */
import type { Remembered } from '../kit/remembered';

/** The part of the browser that it takes. */
export interface NoticeBoard {
  /** Whether the page may show notifications; asks the person where that is not settled. */
  readonly ask: () => Promise<boolean>;
  readonly allowed: () => boolean;
  /** Whether nobody can see the page. */
  readonly hidden: () => boolean;
  readonly show: (text: string) => void;
}

export class EndNotices {
  readonly #wish: Remembered;
  readonly #board: NoticeBoard;

  constructor(wish: Remembered, board: NoticeBoard) {
    this.#wish = wish;
    this.#board = board;
  }

  /** Whether they are asked for and allowed. */
  get wanted(): boolean {
    return this.#wish.read() !== null && this.#board.allowed();
  }

  /** @returns whether they come from now on: the browser, or the person, may refuse */
  async want(wanted: boolean): Promise<boolean> {
    const comes = wanted && (await this.#board.ask());
    this.#wish.write(comes ? 'yes' : null);
    return comes;
  }

  /** @param text what has ended, as a sentence */
  ended(text: string): void {
    if (this.wanted && this.#board.hidden()) this.#board.show(text);
  }
}

export const thisNoticeBoard: NoticeBoard = {
  ask: async () =>
    'Notification' in globalThis && (await Notification.requestPermission()) === 'granted',
  allowed: () => 'Notification' in globalThis && Notification.permission === 'granted',
  hidden: () => document.visibilityState === 'hidden',
  show: (text) => {
    try {
      const notice = new Notification('Warmbright', { body: text });
      notice.addEventListener('click', () => {
        window.focus();
      });
    } catch {
      // Browsers of phones let only service workers show them, and their runs end when they are left.
    }
  },
};
