/** A page without any looks that speaks with the training worker, for its tests. */
import type { ModelMap } from '../../src/model/model';
import type { Recipe } from '../../src/recipe/recipe';
import { RECIPES } from '../../src/recipe/recipes';
import { TrainerClient } from '../../workers/trainer/client';
import type {
  EngineChoice,
  Command,
  TrainerEvent,
  Variation,
} from '../../workers/trainer/messages';

type Of<Type extends TrainerEvent['type']> = Extract<TrainerEvent, { type: Type }>;

const recipe: Recipe = {
  ...RECIPES['seed-v2'].recipe,
  latent: 4,
  hidden: [16, 8],
  projection: 8,
  epochs: 6,
  batchSize: 64,
};

class Lab {
  readonly recipe = recipe;
  readonly client = new TrainerClient();
  /** All that was told. */
  readonly event: TrainerEvent[] = [];
  /** What `next` has not seen yet starts here. */
  #from = 0;
  #changed: () => void = () => undefined;

  constructor() {
    this.client.onEvent((event) => {
      this.event.push(event);
      this.#changed();
    });
  }

  /** Sends the command and leaves out what was told before from all that follows. */
  send(command: Command): void {
    this.#from = this.event.length;
    this.client.send(command);
  }

  /** The first message of the type since the last command that `fits`, waited for. */
  async next<Type extends TrainerEvent['type']>(
    type: Type,
    fits: (event: Of<Type>) => boolean = () => true,
  ): Promise<Of<Type>> {
    for (;;) {
      const found = this.event
        .slice(this.#from)
        .filter((event): event is Of<Type> => event.type === type)
        .find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  async phase(phase: Of<'phase'>['phase']): Promise<void> {
    await this.next('phase', (event) => event.phase === phase);
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

function numbersOf({ points, labels, heldOut, origin, axes }: ModelMap): number[][] {
  return [points, labels, heldOut, origin, axes].map((array) => [...array]);
}

declare global {
  var lab: Lab;
}

globalThis.lab = new Lab();
