/** The words' own settings, worked out once a model and in short turns. */
import type { NamedSetting } from '../../src/eq/named-setting';
import { macrotask } from '../../workers/shared/macrotask';
import { modelCode } from '../state/model-code';
import type { ShownModel } from '../state/page-state';

/** A setting can take a millisecond: hundreds of words would hold the page in every frame of a run. */
const TURN_MS = 8;

const NONE: readonly NamedSetting[] = [];

/**
 * Of few words the settings are there at once. Of many, those of the model before stand until they
 * are, or none where its words were others.
 */
export class WordsOfModel {
  readonly #changed: () => void;
  readonly #now: () => number;
  #known: { readonly model: ShownModel; readonly settings: readonly NamedSetting[] } | null = null;
  #working = false;

  /** @param changed called when the settings are others than {@link of} gave */
  constructor(changed: () => void, now: () => number = () => performance.now()) {
    this.#changed = changed;
    this.#now = now;
  }

  of(model: ShownModel | null): readonly NamedSetting[] {
    if (model === null) {
      this.#known = null;
      return NONE;
    }
    if (this.#known !== null && !haveSameWords(this.#known.model, model)) this.#known = null;
    // A model that comes meanwhile is taken up afterwards: else none would ever be worked out.
    if (this.#known?.model !== model && !this.#working) this.#begin(model);
    return this.#known?.settings ?? NONE;
  }

  #begin(model: ShownModel): void {
    const settings: NamedSetting[] = [];
    const words = modelCode().eachWordSetting(model);
    if (this.#turn(words, settings)) this.#known = { model, settings };
    else void this.#goOn(model, words, settings);
  }

  async #goOn(
    model: ShownModel,
    words: Iterator<NamedSetting, void>,
    settings: NamedSetting[],
  ): Promise<void> {
    this.#working = true;
    await macrotask();
    while (!this.#turn(words, settings)) await macrotask();
    this.#working = false;
    this.#known = { model, settings };
    this.#changed();
  }

  /** @returns whether that was all */
  #turn(words: Iterator<NamedSetting, void>, settings: NamedSetting[]): boolean {
    const end = this.#now() + TURN_MS;
    do {
      const next = words.next();
      if (next.done === true) return true;
      settings.push(next.value);
    } while (this.#now() < end);
    return false;
  }
}

function haveSameWords({ document: a }: ShownModel, { document: b }: ShownModel): boolean {
  return (
    a.words.length === b.words.length && a.words.every(({ word }, i) => word === b.words[i]?.word)
  );
}
