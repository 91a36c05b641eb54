/** A page without any looks that speaks with the training worker, for its tests. */
import type { ModelMap } from '../../src/model/model';
import type { Recipe } from '../../src/recipe/recipe';
import { RECIPES } from '../../src/recipe/recipes';
import { loadRunFile, saveRun } from '../../src/storage/runs';
import { readCheckpoint } from '../../src/training/checkpoint';
import { TrainerClient } from '../../workers/trainer/client';
import type {
  EngineChoice,
  Command,
  TrainerEvent,
  Variation,
} from '../../workers/trainer/messages';
import { within } from '../within';

type Of<Type extends TrainerEvent['type']> = Extract<TrainerEvent, { type: Type }>;

const recipe: Recipe = {
  ...RECIPES['seed-v2'].recipe,
  latent: 4,
  hidden: [16, 8],
  projection: 8,
  epochs: 6,
  batchSize: 64,
};

/** Longest that an answer may take, in seconds. */
const ANSWER_S = 10;
/** The same where the worker, an engine or TensorFlow.js is loaded, compiled and started first. */
const START_S = 60;
/** The same where epochs are trained first, on software in the place of a graphics card too. */
const TRAINING_S = 120;

const DEADLINES_S: Partial<Record<TrainerEvent['type'], number>> = {
  'data-loaded': START_S,
  engine: START_S,
  file: START_S,
  epoch: TRAINING_S,
  phase: TRAINING_S,
  saved: TRAINING_S,
  'sweep-ended': TRAINING_S,
  'sweep-epochs': TRAINING_S,
  trouble: TRAINING_S,
};

class Lab {
  readonly recipe = recipe;
  readonly client = new TrainerClient();
  /** Changes to the recipe with which a run outlasts the deadlines: it would train for minutes. */
  readonly endless: Partial<Recipe> = { epochs: 10_000, hidden: [64, 128, 64], batchSize: 16 };
  /** All that was told. */
  readonly event: TrainerEvent[] = [];
  /** What `next` has not seen yet starts here. */
  #from = 0;
  #waiting: (() => void)[] = [];

  constructor() {
    this.client.onEvent((event) => {
      this.event.push(event);
      for (const look of this.#waiting.splice(0)) look();
    });
  }

  /** Sends the command and leaves out what was told before from all that follows. */
  send(command: Command): void {
    this.#from = this.event.length;
    this.client.send(command);
  }

  /**
   * The first message of the type since the last command, waited for.
   *
   * @param fits where it must be a certain one
   * @throws Error that says what came instead, once its deadline has passed
   */
  next<Type extends TrainerEvent['type']>(
    type: Type,
    fits?: (event: Of<Type>) => boolean,
  ): Promise<Of<Type>> {
    const seconds = DEADLINES_S[type] ?? ANSWER_S;
    const what = `the message "${type}"${fits === undefined ? '' : `, ${String(fits)}`}`;
    return within(seconds * 1000, what, this.#first(type, fits), () => this.#since());
  }

  async #first<Type extends TrainerEvent['type']>(
    type: Type,
    fits: (event: Of<Type>) => boolean = () => true,
  ): Promise<Of<Type>> {
    for (;;) {
      const found = this.event
        .slice(this.#from)
        .filter((event): event is Of<Type> => event.type === type)
        .find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** What was told since the last command, in few words: the same in a row once, with how often. */
  #since(): string {
    const said: { words: string; times: number }[] = [];
    for (const event of this.event.slice(this.#from)) {
      const words = wordsOf(event);
      const last = said.at(-1);
      if (last?.words === words) last.times++;
      else said.push({ words, times: 1 });
    }
    const all = said.map(({ words, times }) => `${words}${times > 1 ? ` × ${String(times)}` : ''}`);
    return all.length === 0 ? 'nothing' : all.join(', ');
  }

  phase(phase: Of<'phase'>['phase']): Promise<Of<'phase'>> {
    return this.next('phase', (event) => event.phase === phase);
  }

  async load(csv: string): Promise<Of<'data-loaded'>> {
    const { buffer } = new TextEncoder().encode(csv);
    this.send({ type: 'load-data', bytes: buffer, synthetic: true });
    return this.next('data-loaded');
  }

  async chooseEngine(choice: EngineChoice): Promise<Of<'engine'>> {
    this.send({ type: 'choose-engine', choice });
    return this.next('engine');
  }

  start(changes: Partial<Recipe> = {}, paused = false): void {
    const words = ['warm', 'bright', 'airy'];
    this.send({ type: 'start', words, recipe: { ...recipe, ...changes }, name: 'A run', paused });
  }

  startSweep(vary: Variation, changes: Partial<Recipe> = {}): void {
    const words = ['warm', 'bright', 'airy'];
    this.send({ type: 'start-sweep', words, recipe: { ...recipe, ...changes }, vary });
  }

  /** Puts a checkpoint in the storage that page and worker share, as a run that has ended; gives its id. */
  async keepRun(checkpoint: readonly number[]): Promise<string> {
    const id = crypto.randomUUID();
    const { model, progress } = readCheckpoint(Uint8Array.from(checkpoint));
    const { run } = model.document;
    if (run === null || progress === null) throw new Error('This is no checkpoint of a run.');
    const { name, epochs, synthetic, scoreboard } = run;
    const summary = { id, name, epochs, synthetic, scoreboard, bytes: checkpoint.length };
    await saveRun(
      { ...summary, savedAt: Date.now(), plannedEpochs: epochs, finished: true },
      Uint8Array.from(checkpoint),
      null,
    );
    return id;
  }

  /** The epoch at which a run stands in the storage that page and worker share. */
  async savedEpoch(id: string): Promise<number | null> {
    return readCheckpoint(await loadRunFile(id)).progress?.epoch ?? null;
  }

  /**
   * Trains one epoch of a run that is paused.
   *
   * @returns what was told meanwhile: sentences, and as of which epoch it was saved last
   */
  async step(): Promise<{ said: string[]; saved: number | null }> {
    this.send({ type: 'step' });
    const from = this.#from;
    await this.next('epoch');
    await this.phase('paused');
    const told = this.event.slice(from);
    return {
      said: told.flatMap((event) =>
        event.type === 'trouble'
          ? [event.reason]
          : event.type === 'library-notice'
            ? [event.text]
            : [],
      ),
      saved: told.findLast((event) => event.type === 'saved')?.epoch ?? null,
    };
  }

  /** The model told last: its document, and every number of its weights and map. */
  model(): { document: Of<'model'>['document']; weights: number[]; map: number[][] } {
    const model = this.event.findLast((event) => event.type === 'model');
    if (model === undefined) throw new Error('No model was told.');
    const { document, weights, map } = model;
    return {
      document,
      weights: [...weights],
      map: map === null ? [] : numbersOf(map),
    };
  }
}

/** A message in few words. */
function wordsOf(event: TrainerEvent): string {
  switch (event.type) {
    case 'phase':
      return `phase ${event.phase}`;
    case 'trouble':
    case 'refused':
      return `${event.type} (${event.reason})`;
    default:
      return event.type;
  }
}

function numbersOf({ points, labels, heldOut, origin, axes }: ModelMap): number[][] {
  return [points, labels, heldOut, origin, axes].map((array) => [...array]);
}

declare global {
  var lab: Lab;
}

globalThis.lab = new Lab();
