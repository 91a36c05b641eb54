/** What a person does on the page; elements send these up, the store acts on them. */
import type { AuditChoices } from '../../src/recipe/audit-choices';
import type { EqSetting } from '../../src/eq/parameters';
import type { Mixture } from '../../src/explore/mixture';
import type { ListeningTest } from '../../src/listening/listening-test';
import type { Recipe } from '../../src/recipe/recipe';
import type { RecipeName } from '../../src/recipe/recipes';
import type { EngineChoice, Variation } from '../../workers/trainer/messages';
import type { CurrentEq } from './current-eq';

/** The buttons of a run. */
export type RunAction =
  | { type: 'train' }
  | { type: 'train-one-epoch' }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'step' }
  | { type: 'stop' }
  | { type: 'start-over' };

export type Action =
  | { type: 'open-file'; file: File }
  | { type: 'use-sample' }
  | { type: 'set-minimum-rows'; rows: number }
  | { type: 'choose-words'; words: ReadonlySet<string> }
  | { type: 'set-recipe'; recipe: Recipe }
  /** What is done about the findings of the data doctor, from now on. */
  | { type: 'choose-cleaning'; choices: AuditChoices }
  | { type: 'export-audit' }
  /** Begin with another of the recipes offered. */
  | { type: 'choose-recipe'; name: RecipeName }
  | { type: 'tick-usual-words' }
  | { type: 'choose-engine'; choice: EngineChoice }
  | RunAction
  | { type: 'start-sweep'; vary: Variation }
  | { type: 'stop-sweep' }
  /** Look at the sweep, or at the single run. */
  | { type: 'show-sweep'; shown: boolean }
  /** Make a word the current EQ. */
  | { type: 'select-word'; word: string }
  /** One of the selected word's clusters, by its name; null for the word as a whole. */
  | { type: 'select-cluster'; cluster: string | null }
  /**
   * Make a setting the current EQ, such as a preset. Where its latent is null, the store asks the model.
   * Takes of one gesture, such as a drag, are one step to undo: see newGesture.
   */
  | { type: 'take-eq'; current: CurrentEq; gesture?: number }
  /** Change the current EQ; from what it is by then, since keys can be faster than drawing. */
  | { type: 'shape'; change: (setting: EqSetting) => EqSetting; gesture: number }
  /** Make the current EQ what the model decodes at a point of its latent. */
  | { type: 'take-point'; latent: readonly number[]; gesture: number }
  /** The same of the point that lies that far from the current EQ. */
  | { type: 'move-point'; by: readonly number[]; gesture: number }
  /** Make a mixture of words the current EQ. */
  | { type: 'mix'; mixture: Mixture; gesture?: number }
  | { type: 'undo' }
  | { type: 'redo' }
  | { type: 'open-run'; id: string }
  | { type: 'rename-run'; id: string; name: string }
  | { type: 'delete-run'; id: string }
  /** Look at saved runs side by side. */
  | { type: 'compare'; ids: string[] }
  | { type: 'close-compare' }
  /** Keep, list or delete results of blind tests. */
  | { type: 'save-listening-test'; test: ListeningTest }
  | { type: 'list-listening-tests' }
  | { type: 'delete-listening-test'; id: string }
  | { type: 'save-text'; name: string; mediaType: string; text: string }
  /** An SVG figure as PNG. */
  | { type: 'save-picture'; name: string; svg: string; millimetres: number }
  | { type: 'export'; what: 'model' | 'layers-model' }
  | { type: 'share' }
  | { type: 'close-link' }
  | { type: 'dismiss'; notice: number };

const ACTION_EVENT = 'wb-action';

/** Carries an action up through every shadow root to the app. */
export class ActionEvent extends Event {
  constructor(readonly action: Action) {
    super(ACTION_EVENT, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'wb-action': ActionEvent;
  }
}
