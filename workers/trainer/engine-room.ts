/** The one engine of the worker: made when first needed, changed on request, replaced when lost. */
import type { ChosenEngine } from '../../src/engines/create-engine';
import type { Engine } from '../../src/engines/engine';
import { successorOf, type EngineChoice } from '../../src/engines/engine-choice';
import type { Emit } from './emit';

export class EngineRoom {
  readonly #emit: Emit;
  #choice: EngineChoice = 'auto';
  /** null until one is needed, or when making one failed. */
  #chosen: Promise<ChosenEngine> | null = null;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** What was asked for last, or what took over from an engine that was lost. */
  get choice(): EngineChoice {
    return this.#choice;
  }

  /** The engine, made now if there is none. */
  async engine(): Promise<Engine> {
    const { engine } = await (this.#chosen ?? this.#make());
    return engine;
  }

  /** Whether choosing that would change nothing. */
  has(choice: EngineChoice): boolean {
    return this.#chosen !== null && this.#choice === choice;
  }

  /**
   * Changes who does the arithmetic; what the engine held is gone.
   *
   * @throws InputError when the chosen one cannot be had here; the choice before stands then
   */
  async choose(choice: EngineChoice): Promise<void> {
    if (this.#chosen !== null && this.#choice === choice) {
      this.#announce(await this.#chosen);
      return;
    }
    const before = { choice: this.#choice, made: this.#chosen !== null };
    await this.#dispose();
    this.#choice = choice;
    try {
      await this.#make();
    } catch (error) {
      this.#choice = before.choice;
      if (before.made) await this.#make();
      throw error;
    }
  }

  /** Puts the next kind of engine in the place of the one that is lost. */
  async replaceLost(): Promise<Engine> {
    const { description } = await this.engine();
    const successor = successorOf(description.name);
    if (successor === null) throw new Error('No other engine is left to train on.');
    await this.#dispose();
    this.#choice = successor;
    const { engine } = await this.#make(`because ${description.device} went away`);
    return engine;
  }

  async #dispose(): Promise<void> {
    const chosen = await this.#chosen;
    this.#chosen = null;
    chosen?.engine.dispose();
  }

  /** @param why overrules the reason that follows from the choice */
  async #make(why?: string): Promise<ChosenEngine> {
    // Remembered before it is there, so that two who need it at once share it.
    this.#chosen = create(this.#choice, why);
    try {
      const chosen = await this.#chosen;
      this.#announce(chosen);
      return chosen;
    } catch (error) {
      this.#chosen = null;
      throw error;
    }
  }

  #announce({ engine, reason }: ChosenEngine): void {
    this.#emit({ type: 'engine', choice: this.#choice, ...engine.description, reason });
  }
}

/** The tensor library is loaded here, and not before: opening a link does not need it. */
async function create(choice: EngineChoice, why?: string): Promise<ChosenEngine> {
  const [{ createEngine }, { WASM_PATHS }, { FUSED_WASM_HOST }] = await Promise.all([
    import('../../src/engines/create-engine'),
    import('../../src/engines/tfjs/wasm-paths'),
    import('../threads/fused-wasm-host'),
  ]);
  const { engine, reason } = await createEngine(choice, {
    wasmPaths: WASM_PATHS,
    fusedWasm: FUSED_WASM_HOST,
  });
  if (why === undefined) return { engine, reason };
  return { engine, reason: `Trains on ${engine.description.device}, ${why}.` };
}
