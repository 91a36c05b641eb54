/** The page's memory: turns actions into commands for the worker, and what it tells into state. */
import { auditDocument } from '../../src/data/audit/report';
import { wordAlone } from '../../src/explore/mixture';
import { runName } from '../../src/recipe/run-name';
import { TrainerClient } from '../../workers/trainer/client';
import type { Command, TrainerEvent, Variation } from '../../workers/trainer/messages';
import type { Action } from './action';
import { copyWhenReady, pngOf, saveFile } from './browser';
import {
  movePoint,
  redoEq,
  shapeEq,
  takeEq,
  takeMixture,
  takePoint,
  takeCluster,
  undoEq,
} from './explore';
import { replacedChoices } from './replaced-choices';
import { fold } from './fold';
import { breakSweep } from './fold-sweep';
import { INITIAL_STATE, type Notice, type PageState } from './page-state';
import { chooseRecipe, tickUsualWords, wordsWithRows } from './usual-words';

const LAST_RUN_KEY = 'warmbright.lastRun';

const LISTENING_COMMANDS: ReadonlySet<Command['type']> = new Set([
  'save-listening-test',
  'list-listening-tests',
  'delete-listening-test',
] as const);

type Picture = Extract<Action, { type: 'save-picture' }>;

export class Store {
  #state: PageState = INITIAL_STATE;
  #client = new TrainerClient();
  #listeners = new Set<() => void>();
  #nextNotice = 1;
  /** Who waits for the link that was asked for. */
  #link: PromiseWithReject<string> | null = null;

  constructor() {
    this.#client.onEvent((event) => {
      this.#handle(event);
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
    this.#client.send({ type: 'list-runs' });
    addEventListener('hashchange', () => {
      if (location.hash !== '') this.#openLink();
    });
    if (location.hash !== '') {
      this.#openLink();
      return;
    }
    const last = localStorage.getItem(LAST_RUN_KEY);
    if (last !== null) this.#client.send({ type: 'open-run', id: last });
  }

  act(action: Action): void {
    switch (action.type) {
      case 'open-file':
        void this.#openFile(action.file);
        return;
      case 'use-sample':
        void this.#openSample();
        return;
      case 'set-minimum-rows':
        this.#update({
          minimumRows: action.rows,
          chosenWords: wordsWithRows(this.#state, action.rows),
        });
        return;
      case 'choose-words':
        this.#update({ chosenWords: action.words });
        return;
      case 'set-recipe': {
        const replaced = replacedChoices(this.#state.recipe, action.recipe);
        this.#update({ recipe: action.recipe });
        if (replaced !== null) this.#notify('info', replaced);
        return;
      }
      case 'choose-cleaning':
        this.#update({ recipe: { ...this.#state.recipe, audit: action.choices } });
        return;
      case 'export-audit':
        this.#exportAudit();
        return;
      case 'choose-recipe': {
        const chosen = chooseRecipe(this.#state, action.name);
        const replaced = replacedChoices(this.#state.recipe, chosen.recipe);
        this.#update(chosen);
        if (replaced !== null) this.#notify('info', replaced);
        return;
      }
      case 'tick-usual-words':
        this.#update(tickUsualWords(this.#state));
        return;
      case 'choose-engine':
        this.#update({ engineChoice: action.choice });
        this.#client.send(action);
        return;
      case 'train':
        this.#train(false);
        return;
      case 'train-one-epoch':
        this.#train(true);
        this.#client.send({ type: 'step' });
        return;
      case 'start-over':
        this.#startOver();
        return;
      case 'start-sweep':
        this.#startSweep(action.vary);
        return;
      case 'stop-sweep': {
        const { sweep } = this.#state;
        if (sweep !== null) this.#update({ sweep: { ...sweep, phase: 'stopping' } });
        this.#client.send(action);
        return;
      }
      case 'show-sweep':
        this.#update({ sweepShown: action.shown });
        return;
      case 'select-word':
        this.#update(takeMixture(this.#state, wordAlone(action.word)));
        return;
      case 'select-cluster':
        this.#update(takeCluster(this.#state, action.cluster));
        return;
      case 'take-eq':
        this.#update(takeEq(this.#state, action.current, action.gesture ?? null));
        return;
      case 'take-point':
        this.#update(takePoint(this.#state, action.latent, action.gesture));
        return;
      case 'move-point':
        this.#update(movePoint(this.#state, action.by, action.gesture));
        return;
      case 'shape':
        this.#update(shapeEq(this.#state, action.change, action.gesture));
        return;
      case 'mix':
        this.#update(takeMixture(this.#state, action.mixture, action.gesture ?? null));
        return;
      case 'undo':
        this.#turnBack(undoEq(this.#state), 'Undone');
        return;
      case 'redo':
        this.#turnBack(redoEq(this.#state), 'Done again');
        return;
      case 'close-compare':
        this.#update({ compared: null });
        return;
      case 'save-text':
        saveFile(action.name, action.mediaType, new TextEncoder().encode(action.text).buffer);
        return;
      case 'save-picture':
        void this.#savePicture(action);
        return;
      case 'share':
        void this.#share();
        return;
      case 'close-link':
        this.#update({ linkToCopy: null });
        return;
      case 'dismiss':
        this.#update({
          notices: this.#state.notices.filter(({ id }) => id !== action.notice),
        });
        return;
      default:
        this.#client.send(action);
    }
  }

  #turnBack(explored: ReturnType<typeof undoEq>, done: string): void {
    const { present } = explored.eqHistory;
    if (present === null || explored.eqHistory === this.#state.eqHistory) return;
    this.#update({ ...explored, announcement: `${done}. Current EQ: ${present.name}.` });
  }

  /** The document that the command line prints, too. */
  #exportAudit(): void {
    const { audit, cleaned } = this.#state;
    if (audit === null || cleaned === null) return;
    const { choices, rowsLeft, dropped } = cleaned;
    const document = auditDocument(audit, { choices, rowsLeft, dropped });
    const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`).buffer;
    saveFile(`audit-${audit.dataSha256.slice(0, 8)}.json`, 'application/json', bytes);
  }

  async #savePicture({ name, svg, millimetres }: Picture): Promise<void> {
    try {
      saveFile(name, 'image/png', await pngOf(svg, millimetres));
    } catch {
      this.#notify('danger', `${name} could not be drawn; the SVG holds the same figure.`);
    }
  }

  #train(paused: boolean): void {
    const { recipe, chosenWords } = this.#state;
    this.#send({
      type: 'start',
      words: [...chosenWords],
      recipe,
      name: runName(recipe),
      paused,
    });
  }

  /** Trains the shown run's recipe and words again from the first epoch, with the same seed. */
  #startOver(): void {
    const { run } = this.#state;
    if (run === null) return;
    this.#update({ recipe: run.recipe });
    this.#send({
      type: 'start',
      words: [...run.words],
      recipe: run.recipe,
      name: run.name,
      paused: false,
    });
  }

  /** Trains the recipe in every combination of the varied settings. */
  #startSweep(vary: Variation): void {
    const { recipe, chosenWords } = this.#state;
    this.#update({ sweepAsked: true });
    this.#send({ type: 'start-sweep', words: [...chosenWords], recipe, vary });
  }

  async #openFile(file: File): Promise<void> {
    try {
      const bytes = await file.arrayBuffer();
      if (isModelFile(file.name, bytes)) {
        this.#send({ type: 'open-model', bytes }, [bytes]);
      } else {
        this.#update({ reading: file.name });
        this.#send({ type: 'load-data', bytes, synthetic: false }, [bytes]);
      }
    } catch {
      this.#notify('danger', `${file.name} could not be read from the disk.`);
    }
  }

  async #openSample(): Promise<void> {
    const name = 'synthetic sample';
    this.#update({ reading: name });
    try {
      const response = await fetch('./sample.csv');
      if (!response.ok) throw new Error(`status ${String(response.status)}`);
      const bytes = await response.arrayBuffer();
      this.#send({ type: 'load-data', bytes, synthetic: true }, [bytes]);
    } catch {
      this.#update({ reading: null });
      this.#notify(
        'danger',
        'The sample could not be loaded: the page’s own server did not answer.',
      );
    }
  }

  #openLink(): void {
    this.#send({ type: 'open-link', fragment: location.hash.slice(1) });
  }

  /** One click: asks for the link and hands the clipboard a promise of it. */
  async #share(): Promise<void> {
    this.#link?.reject(new Error('asked again'));
    const waiting = promiseWithReject<string>();
    this.#link = waiting;
    this.#send({ type: 'share' });
    try {
      const outcome = await copyWhenReady(waiting.promise);
      if (outcome.copied) {
        this.#notify(
          'success',
          `Link copied: ${outcome.text.length.toLocaleString('en')} characters that hold the whole ` +
            'model. Some chat and mail programs cut a link this long; the model file is the safer way there.',
        );
      } else {
        this.#update({ linkToCopy: outcome.text });
      }
    } catch {
      // The worker refused, and its reason is already on the page.
    }
  }

  #handle(event: TrainerEvent): void {
    switch (event.type) {
      case 'file':
        saveFile(event.name, event.mediaType, event.bytes);
        return;
      case 'link': {
        const { origin, pathname } = location;
        this.#link?.resolve(`${origin}${pathname}#${event.fragment}`);
        this.#link = null;
        return;
      }
      case 'refused':
        if (event.what === 'share') this.#link?.reject(new Error(event.reason));
        if (event.what === 'load-data') this.#update({ reading: null });
        if (event.what === 'start-sweep') this.#update({ sweepAsked: false });
        if (event.what === 'open-run') localStorage.removeItem(LAST_RUN_KEY);
        if (LISTENING_COMMANDS.has(event.what)) {
          // Said where the blind test is, which may lie in front of the notices.
          this.#update({ listening: { ...this.#state.listening, problem: event.reason } });
        } else this.#notify('danger', event.reason);
        return;
      case 'trouble':
        if (event.fatal) this.#set(breakSweep(this.#state));
        this.#notify(event.fatal ? 'danger' : 'warning', event.reason);
        return;
      case 'run':
        localStorage.setItem(LAST_RUN_KEY, event.id);
        // Asks the browser not to clear what is kept when the disk runs short; it may say no.
        void navigator.storage.persist();
        break;
      case 'model':
        if (event.source === 'file' || event.source === 'link')
          localStorage.removeItem(LAST_RUN_KEY);
        break;
      default:
        break;
    }
    this.#set(fold(this.#state, event));
    if (event.type === 'data-loaded') {
      this.#send({ type: 'audit' });
      this.#clean();
    }
  }

  /** Asks what the recipe's choices leave of the data; `cleaned` tells. */
  #clean(): void {
    if (this.#state.data !== null) this.#send({ type: 'clean', choices: this.#state.recipe.audit });
  }

  #send(command: Command, transfer: Transferable[] = []): void {
    this.#client.send(command, transfer);
  }

  #notify(kind: Notice['kind'], text: string): void {
    const id = this.#nextNotice++;
    const others = this.#state.notices.filter((notice) => notice.text !== text).slice(-3);
    this.#update({ notices: [...others, { id, kind, text }] });
  }

  #update(change: Partial<PageState>): void {
    this.#set({ ...this.#state, ...change });
  }

  #set(state: PageState): void {
    const before = this.#state.recipe.audit;
    this.#state = state;
    // Choices change with the recipe, whoever changes that.
    if (state.recipe.audit !== before) this.#clean();
    for (const listener of this.#listeners) listener();
  }
}

interface PromiseWithReject<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

function promiseWithReject<T>(): PromiseWithReject<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** By name, or by the look of a safetensors header: eight length bytes, then a brace. */
function isModelFile(name: string, bytes: ArrayBuffer): boolean {
  if (name.toLowerCase().endsWith('.safetensors')) return true;
  if (bytes.byteLength < 9) return false;
  const head = new DataView(bytes);
  return head.getUint32(4, true) === 0 && head.getUint8(8) === 0x7b;
}
