/**
 * What there is to look at without anybody training it: what the address asks for, the run that was
 * open when the page was left, else the ready-made model.
 */
import type { Command, EventOf, TrainerEvent } from '../../workers/trainer/messages';
import { macrotask } from '../../workers/shared/macrotask';
import type { ActionContext } from './action-table';
import type { CurrentEq } from './current-eq';
import { loadModelCode, modelCode } from './model-code';
import { isEqLink, isShortLink, lookAt, viewOf } from './view';

/** Commands that bring another model. */
const OPENING: ReadonlySet<Command['type']> = new Set([
  'open-model',
  'show-ready-made',
  'open-link',
  'open-shared',
  'open-run',
] as const);

/** Commands that the worker serves with the model that is shown. */
const OF_THE_MODEL: ReadonlySet<Command['type']> = new Set([
  'load-data',
  'evaluate',
  'export',
  'share',
  'keep-model',
  'draw-apart',
] as const);

/** What the opener has done by the store. */
export interface OpenerHost {
  /** Makes a setting the current EQ. */
  readonly takeEq: (current: CurrentEq) => void;
  /** Has an event handled as one of the worker's. */
  readonly receive: (event: TrainerEvent) => void;
}

export class Opener {
  readonly #context: ActionContext;
  readonly #host: OpenerHost;
  /** Whether the ready-made model is here, or on its way. */
  #readyMadeAsked = false;
  /** Whether another model has been asked for, and the worker has not refused. */
  #opens = false;
  /** How many have been asked for, so that one that comes late is told from the newest. */
  #openings = 0;
  /** The file of the ready-made model, as long as it is shown and the worker does not have it. */
  #readyMade: ArrayBuffer | null = null;

  constructor(context: ActionContext, host: OpenerHost) {
    this.#context = context;
    this.#host = host;
  }

  /** Opens what the address asks for, now and whenever it changes, else the run that was open last. */
  start(): void {
    const { browser, send } = this.#context;
    const openLink = (): boolean => this.#openLink(browser.fragment());
    browser.onFragment(openLink);
    if (openLink()) return;
    const last = browser.lastRun.read();
    if (last !== null) send({ type: 'open-run', id: last });
    else this.wantModel();
  }

  /** Opens what a fragment of the address asks for; false where that is a view, or nothing. */
  #openLink(fragment: string): boolean {
    const { state, update, send } = this.#context;
    const view = fragment === '' ? 'explore' : viewOf(fragment);
    if (view !== null) {
      update(lookAt(view, state));
      return false;
    }
    update(lookAt('explore', state));
    if (isEqLink(fragment)) void this.#openEq(fragment);
    else if (isShortLink(fragment)) void this.#openShared(fragment);
    else send({ type: 'open-link', fragment });
    return true;
  }

  /** Takes up the setting of a link; whatever model is there stays, else it is the ready-made one. */
  async #openEq(fragment: string): Promise<void> {
    this.wantModel();
    const { decodeEqLink } = await import('../../src/share/eq-link');
    try {
      this.#host.takeEq({ ...decodeEqLink(fragment), latent: null });
    } catch (error) {
      this.#context.notify('danger', error instanceof Error ? error.message : String(error));
    }
  }

  /** Opens the model that a short link leads to, unless something else was opened meanwhile. */
  async #openShared(fragment: string): Promise<void> {
    this.#opens = true;
    const opening = ++this.#openings;
    const run = this.#context.state.run?.id;
    const isNewest = (): boolean =>
      opening === this.#openings && run === this.#context.state.run?.id;
    try {
      const bytes = await this.#context.browser.readShared(fragment);
      if (isNewest()) this.#context.send({ type: 'open-shared', bytes }, [bytes]);
    } catch (error) {
      this.#context.notify('danger', error instanceof Error ? error.message : String(error));
      if (!isNewest()) return;
      this.#opens = false;
      this.wantModel();
    }
  }

  /** There is always something to explore: without a model of one's own, the ready-made one. */
  wantModel(): void {
    if (this.#context.state.view !== 'explore' || this.#hasOther() || this.#readyMadeAsked) return;
    this.#readyMadeAsked = true;
    this.#openReadyMade().catch(() => {
      this.#readyMadeAsked = false;
      this.#context.notify(
        'warning',
        'The ready-made model could not be loaded from the page’s own server. Train one, or reload the page to try again.',
      );
    });
  }

  /** Whether there is something else to look at, or it is on its way. */
  #hasOther(): boolean {
    const { model, run, data, reading } = this.#context.state;
    return this.#opens || model !== null || run !== null || data !== null || reading !== null;
  }

  /** Shows it without the worker, which has more to load; that gets it when it is needed there. */
  async #openReadyMade(): Promise<void> {
    const [bytes] = await Promise.all([
      this.#context.browser.readReadyMade('model.bin'),
      loadModelCode(),
    ]);
    const packed = new Uint8Array(bytes);
    const { document, weights, map } = await modelCode().unpackModel(packed, macrotask);
    // To show it takes the page's thread long enough for itself.
    await macrotask();
    // Whatever was opened meanwhile was asked for later.
    if (this.#hasOther()) {
      this.#readyMadeAsked = false;
      return;
    }
    this.#readyMade = bytes;
    const rows = { settings: null, contributors: null };
    this.#host.receive({ type: 'model', source: 'ready-made', document, weights, map, ...rows });
  }

  /** How the ready-made model's map came about: nice to see, and nothing needs it. */
  async loadReplay({ document, map }: EventOf<'model'>): Promise<void> {
    try {
      const bytes = await this.#context.browser.readReadyMade('replay.bin');
      const size = { rows: map?.labels.length ?? 0, words: document.words.length };
      const timeline = await modelCode().unpackTimeline(new Uint8Array(bytes), size);
      if (this.#context.state.model?.source === 'ready-made') this.#context.update({ timeline });
    } catch {
      this.#context.notify(
        'info',
        'The replay of the ready-made model’s training could not be loaded.',
      );
    }
  }

  /** To be called when the worker has refused to bring another model. */
  refused(command: Command['type']): void {
    if (!OPENING.has(command)) return;
    this.#opens = false;
    this.wantModel();
  }

  /**
   * To be called before a command goes to the worker.
   *
   * @returns the file of the ready-made model, where the worker does not have it and needs it first
   */
  readyMadeFor({ type }: Command): ArrayBuffer | null {
    if (OPENING.has(type)) {
      this.#opens = true;
      this.#openings++;
    }
    const shown = this.#context.state.model?.source === 'ready-made';
    if (!shown || !OF_THE_MODEL.has(type)) return null;
    const bytes = this.#readyMade;
    this.#readyMade = null;
    return bytes;
  }
}
