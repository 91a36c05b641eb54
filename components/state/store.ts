/** The page's memory: has actions done, and turns what the worker tells into state. */
import type { Command, EventOf, TrainerEvent } from '../../workers/trainer/messages';
import type { ActionName, ActionOf } from './action';
import type { ActionContext, ActionDefinition, ActionTable } from './action-table';
import type { Browser } from './browser';
import { fold } from './fold';
import { breakSweep } from './fold-sweep';
import { hasModelCode, loadModelCode } from './model-code';
import { INITIAL_STATE, isActive, isSweeping, type Notice, type PageState } from './page-state';
import { Opener } from './opener';
import { promiseWithReject, type PromiseWithReject } from './promise-with-reject';
import { VisitKeeper } from './visit-keeper';

/** The page's end of the line to the training worker. */
export interface Client {
  readonly send: (command: Command, transfer?: Transferable[]) => void;
  readonly onEvent: (listener: (event: TrainerEvent) => void) => unknown;
}

/** What the store stands on. */
export interface StoreParts {
  readonly actions: ActionTable;
  readonly client: Client;
  readonly browser: Browser;
}

/** Notices shown at once. */
const MOST_NOTICES = 4;

/** Commands that read a data file. */
const READING: ReadonlySet<Command['type']> = new Set(['load-data', 'read-again'] as const);

/** What is refused of these is said where the blind test is, which may lie in front of the notices. */
const LISTENING_COMMANDS: ReadonlySet<Command['type']> = new Set([
  'save-listening-test',
  'list-listening-tests',
  'delete-listening-test',
] as const);

export class Store {
  readonly #actions: ActionTable;
  readonly #client: Client;
  readonly #browser: Browser;
  readonly #context: ActionContext;
  #state: PageState = INITIAL_STATE;
  #listeners = new Set<() => void>();
  #nextNotice = 1;
  /** What the worker has told while the code that works with models is loaded; null: handled at once. */
  #waiting: TrainerEvent[] | null = null;
  readonly #visits: VisitKeeper;
  readonly #opener: Opener;
  /** Who waits for the link that was asked for. */
  #link: PromiseWithReject<string> | null = null;

  constructor({ actions, client, browser }: StoreParts) {
    this.#actions = actions;
    this.#client = client;
    this.#browser = browser;
    this.#visits = new VisitKeeper(browser, () => this.#state);
    this.#context = this.#makeContext();
    this.#opener = new Opener(this.#context, {
      takeEq: (current) => {
        this.act({ type: 'take-eq', current });
      },
      receive: (event) => {
        this.#receive(event);
      },
    });
    client.onEvent((event) => {
      this.#receive(event);
    });
  }

  get state(): PageState {
    return this.#state;
  }

  /** Calls `listener` after each change; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Opens what the address asks for, else the run that was open when the page was left. */
  start(): void {
    this.#deleteLeft();
    this.#send({ type: 'list-runs' });
    this.#visits.start();
    this.#browser.onNewerPage((take) => {
      const offer = { label: 'Load it now', take };
      this.#notify('info', 'A newer version of this page is ready; what is kept stays.', { offer });
    });
    this.#opener.start();
    this.#update({ endNotices: this.#browser.endNotices.wanted ? 'on' : 'off' });
  }

  /** Deletes what was still to be deleted when a page was left: its undo went with it. */
  #deleteLeft(): void {
    const { leavingRuns, lastRun } = this.#browser;
    const ids = leavingRuns.read()?.split(' ') ?? [];
    leavingRuns.write(null);
    for (const id of ids) {
      if (lastRun.read() === id) lastRun.write(null);
      this.#send({ type: 'delete-run', id });
    }
  }

  /** Does the action; nothing where it cannot be done now. */
  act<Name extends ActionName>(action: ActionOf<Name>): void {
    const definition: ActionDefinition<Name> = this.#actions[action.type];
    if (definition.enabled(this.#state)) void this.#perform(definition, action);
  }

  async #perform<Name extends ActionName>(
    { label, perform }: ActionDefinition<Name>,
    action: ActionOf<Name>,
  ): Promise<void> {
    try {
      await perform(this.#context, action);
    } catch (error) {
      const what = label === undefined ? 'This' : `“${label}”`;
      this.#notify('danger', `${what} could not be done: ${String(error)}`);
    }
  }

  #makeContext(): ActionContext {
    const state = (): PageState => this.#state;
    return {
      get state() {
        return state();
      },
      update: (change) => {
        this.#update(change);
      },
      send: (command, transfer) => {
        this.#send(command, transfer);
      },
      notify: (kind, text) => {
        this.#notify(kind, text);
      },
      requestLink: () => this.#requestLink(),
      browser: this.#browser,
    };
  }

  #requestLink(): Promise<string> {
    this.#link?.reject(new Error('asked again'));
    this.#link = null;
    const { modelLink } = this.#state;
    if (modelLink?.state === 'made') return Promise.resolve(modelLink.address);
    this.#link = promiseWithReject<string>();
    // One that is on its way is waited for.
    if (modelLink?.state !== 'asked') {
      this.#update({ modelLink: { state: 'asked' } });
      this.#send({ type: 'share' });
    }
    return this.#link.promise;
  }

  /** A link that was to be copied is not made any more, since its model is not the one that is shown. */
  #giveUpLink(): void {
    if (this.#link === null) return;
    const reason = 'Another model was opened before the link was made, so no link was copied.';
    this.#link.reject(new Error(reason));
    this.#link = null;
    this.#notify('warning', reason);
  }

  /** Handles events in their order; the first model waits for its code, and what follows waits for it. */
  #receive(event: TrainerEvent): void {
    if (this.#waiting !== null) {
      this.#waiting.push(event);
      return;
    }
    if (event.type !== 'model' || hasModelCode()) {
      this.#handle(event);
      return;
    }
    this.#waiting = [event];
    loadModelCode().then(
      () => {
        this.#handleWaiting(() => true);
      },
      () => {
        this.#notify(
          'danger',
          'What shows models could not be loaded from the page’s own server. Reload the page to try again.',
        );
        this.#handleWaiting(({ type }) => type !== 'model');
      },
    );
  }

  #handleWaiting(wanted: (event: TrainerEvent) => boolean): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const event of waiting.filter(wanted)) this.#handle(event);
  }

  #handle(event: TrainerEvent): void {
    switch (event.type) {
      case 'file':
        this.#browser.saveFile(event.name, event.mediaType, event.bytes);
        return;
      case 'link': {
        const address = this.#browser.addressWith(event.fragment);
        this.#link?.resolve(address);
        this.#link = null;
        this.#update({ modelLink: { state: 'made', address, link: event } });
        return;
      }
      case 'refused':
        if (event.what === 'share') {
          const { reason } = event;
          this.#update({ modelLink: { state: 'refused', reason } });
          // Said where the links are, unless one was to be copied.
          if (this.#link === null) return;
          this.#link.reject(new Error(reason));
          this.#link = null;
        }
        if (READING.has(event.what)) {
          this.#refuseFile(event.reason);
          return;
        }
        if (event.what === 'evaluate') this.#update({ evaluation: null });
        if (event.what === 'start-sweep') this.#update({ sweepAsked: false });
        if (event.what === 'open-run') this.#browser.lastRun.write(null);
        this.#opener.refused(event.what);
        if (event.what === 'list-runs') this.#update({ runsProblem: event.reason });
        // What could not be deleted is still there, and so is what waits beside it.
        if (event.what === 'delete-run') this.#update({ leaving: [] });
        if (LISTENING_COMMANDS.has(event.what)) {
          this.#update({ listening: { ...this.#state.listening, problem: event.reason } });
        } else this.#notify('danger', event.reason);
        return;
      case 'library-notice':
        this.#notify(event.kind, event.text);
        return;
      case 'trouble':
        if (event.fatal) this.#set(withoutReading(breakSweep(this.#state)));
        this.#notify(event.fatal ? 'danger' : 'warning', event.reason);
        return;
      case 'run':
        this.#browser.lastRun.write(event.id);
        break;
      case 'saved':
        // Only now is there something that somebody made and would miss.
        this.#browser.keepStorage();
        break;
      case 'model':
        if (event.source !== 'training' && event.source !== 'run') {
          this.#browser.lastRun.write(null);
          this.#giveUpLink();
        }
        if (event.source === 'ready-made') void this.#opener.loadReplay(event);
        if (event.source === 'link') this.#offerOpened(event);
        break;
      default:
        break;
    }
    if (event.type === 'data-loaded') this.#sayReplaced(event.name);
    this.#set(fold(this.#state, event));
    if (event.type === 'model') {
      this.#visits.takeUp().then(
        (explored) => {
          if (explored !== null) this.#update(explored);
        },
        () => {
          this.#notify(
            'info',
            'The EQ from before the reload could not be restored: choose a word to begin anew.',
          );
        },
      );
    }
    if (event.type === 'data-loaded' || event.type === 'columns-needed') {
      this.#update({ notices: this.#state.notices.filter(({ until }) => until !== 'data') });
    }
    if (event.type === 'data-loaded') {
      this.#send({ type: 'audit' });
      this.#clean();
    }
    if (event.type === 'cleaned' && this.#state.trainsNext) {
      this.#update({ trainsNext: false });
      this.act({ type: 'train' });
    }
  }

  /** What came by a link trains nothing and takes the place of nothing that is kept. */
  #offerOpened({ document }: EventOf<'model'>): void {
    const take = (): void => {
      this.#update({ notices: this.#state.notices.filter(({ offer }) => offer?.take !== take) });
      if (this.#state.drawer !== 'model') this.act({ type: 'open-drawer', drawer: 'model' });
    };
    this.#notify(
      'info',
      `${document.run?.name ?? 'A model'} came by a link; what is kept here stays as it is.`,
      { offer: { label: 'Keep or compare it', take } },
    );
  }

  /** Data that nobody has just opened are those of a run that was: they take the others' place. */
  #sayReplaced(name: string | null): void {
    const { data, reading } = this.#state;
    if (data === null || reading !== null || name === null || name === data.name) return;
    this.#notify(
      'info',
      `The data are those of the opened run now: ${name}, no longer ${data.name}.`,
    );
  }

  /** Says which file could not be read; its columns can be named anew, where they were named. */
  #refuseFile(reason: string): void {
    const { reading, foreignColumns, data } = this.#state;
    const name = reading?.name ?? data?.name ?? null;
    if (foreignColumns === null) this.#update({ reading: null, trainsNext: false });
    this.#notify('danger', name === null ? reason : `${name}: ${reason}`, { until: 'data' });
  }

  /** Asks what the recipe's choices leave of the data; `cleaned` tells. */
  #clean(): void {
    if (this.#state.data !== null) this.#send({ type: 'clean', choices: this.#state.recipe.audit });
  }

  #send(command: Command, transfer?: Transferable[]): void {
    const bytes = this.#opener.readyMadeFor(command);
    if (bytes !== null) this.#client.send({ type: 'open-ready-made', bytes }, [bytes]);
    this.#client.send(command, transfer);
  }

  #notify(kind: Notice['kind'], text: string, about: Pick<Notice, 'until' | 'offer'> = {}): void {
    const id = this.#nextNotice++;
    const others = this.#state.notices
      .filter((notice) => notice.text !== text)
      .slice(1 - MOST_NOTICES);
    this.#update({ notices: [...others, { id, kind, text, ...about }] });
  }

  #update(change: Partial<PageState>): void {
    this.#set({ ...this.#state, ...change });
  }

  #set(state: PageState): void {
    const before = this.#state;
    this.#state = state;
    // Choices change with the recipe, whoever changes that.
    if (state.recipe.audit !== before.recipe.audit) this.#clean();
    if (state.view !== before.view) {
      this.#opener.wantModel();
      if (state.view === 'compare') this.#send({ type: 'look-over-runs' });
    }
    this.#browser.keepAwake(isBusy(state));
    if (isBusy(before) && !isBusy(state)) this.#browser.endNotices.ended(state.announcement);
    for (const listener of this.#listeners) listener();
  }
}

/** Whether something trains that should not be interrupted by sleep. */
function isBusy(state: PageState): boolean {
  return isSweeping(state) || (isActive(state.phase) && state.phase !== 'paused');
}

/** A worker that crashed reads nothing any more; one that goes on says what it has read. */
function withoutReading(state: PageState): PageState {
  return state.foreignColumns === null ? { ...state, reading: null } : state;
}
