/** What a person does on the page; elements send these up, the store acts on them. */
import type { AuditChoices } from '../../src/recipe/audit-choices';
import type { ReadChoices } from '../../src/data/reading';
import type { EqSetting } from '../../src/eq/parameters';
import type { Mixture } from '../../src/explore/mixture';
import type { ListeningTest } from '../../src/listening/listening-test';
import type { Recipe } from '../../src/recipe/recipe';
import type { RecipeName } from '../../src/recipe/recipes';
import type { EngineChoice, Variation } from '../../workers/trainer/messages';
import type { CurrentEq, SlotSource } from './current-eq';
import type { Drawer, View } from './view';

/** What each action says beside its name; `unknown` where the name says all. */
interface ActionPayloads {
  /** Look at another view. */
  go: { view: View };
  /** Opens a drawer, or closes it where it is open; null: closes whichever is. */
  'open-drawer': { drawer: Drawer | null };
  'open-file': { file: File };
  /** Whether the run or sweep that trains is stopped for the data that wait to be read. */
  'answer-data': { stop: boolean };
  'use-sample': unknown;
  /** Loads the sample, and trains on it at once. */
  'train-sample': unknown;
  /** Read the file again, with other choices of how. */
  'read-again': { choices: ReadChoices };
  'cancel-reading': unknown;
  /** Give up the file whose columns are to be named. */
  'close-columns': unknown;
  'set-minimum-rows': { rows: number };
  'choose-words': { words: ReadonlySet<string> };
  'tick-usual-words': unknown;
  /** What is done about the findings of the data doctor, from now on. */
  'choose-cleaning': { choices: AuditChoices };
  'export-audit': unknown;
  /** Give the current EQ a word, as a row more of the data. */
  'add-row': { label: string };
  /** Take the row back that was added last. */
  'take-back-row': unknown;
  'export-data': unknown;
  'set-recipe': { recipe: Recipe };
  /** A field of the recipe holds what cannot be used; null: no longer. */
  'mark-setting': { label: string; problem: string | null };
  /** Begin with another of the recipes offered. */
  'choose-recipe': { name: RecipeName };
  'choose-engine': { choice: EngineChoice };
  train: unknown;
  'train-one-epoch': unknown;
  pause: unknown;
  resume: unknown;
  step: unknown;
  stop: unknown;
  'cancel-measuring': unknown;
  measure: unknown;
  'start-over': unknown;
  /** Train the ended run's model for so many epochs more, as a run of its own. */
  'train-more': { epochs: number };
  'start-sweep': { vary: Variation };
  'stop-sweep': unknown;
  /** Look at the sweep, or at the single run. */
  /** Make a word the current EQ. */
  'select-word': { word: string };
  /** One of the selected word's clusters, by its name; null for the word as a whole. */
  'select-cluster': { cluster: string | null };
  /** Make a mixture of words the current EQ. */
  mix: { mixture: Mixture; gesture?: number };
  /**
   * Make a setting the current EQ, such as a preset. Where its latent is null, the store asks the
   * model. Takes of one gesture, such as a drag, are one step to undo: see newGesture.
   */
  'take-eq': { current: CurrentEq; gesture?: number };
  /** Change the current EQ; from what it is by then, since keys can be faster than drawing. */
  shape: { change: (setting: EqSetting) => EqSetting; gesture: number };
  /** Draw the words of the map apart by that; 0: as the model has them. */
  'draw-apart': { amount: number };
  /** Make the current EQ what the model decodes at the latent that the map has at a place, [latent]. */
  'take-point': { place: readonly number[]; gesture: number };
  /** The same of the place that lies that far from the current EQ's. */
  'move-point': { by: readonly number[]; gesture: number };
  /** What A, B and C play. */
  'choose-slots': { slots: readonly SlotSource[] };
  /** Look back at an epoch; null: at the model as it is. */
  scrub: { epoch: number | null };
  undo: unknown;
  redo: unknown;
  /** Look at the ready-made model again. */
  'show-ready-made': unknown;
  'open-run': { id: string };
  'rename-run': { id: string; name: string };
  /** Hidden at once, and deleted when it can no longer be undone. */
  'delete-run': { id: string };
  'undo-delete': { id: string };
  'note-run': { id: string; note: string };
  'duplicate-run': { id: string };
  /** All runs in one file, and back. */
  'export-library': unknown;
  'import-library': { file: File };
  /** Look at saved runs side by side. */
  compare: { ids: string[] };
  'close-compare': unknown;
  export: { what: 'model' | 'onnx' | 'tfjs' | 'study' };
  share: unknown;
  /** Make the link to the shown model, to see what it would be; bits of each weight, or by its bounds. */
  'make-link': { bits?: number };
  'copy-address': { address: string };
  /** Make the model file that may be left with a share server. */
  'make-shared-file': unknown;
  /** Measure the shown model on the loaded data. */
  evaluate: unknown;
  /** Keep the opened model among the runs, and see it beside the run that was saved last. */
  'keep-model': { compare: boolean };
  /** Take the recipe of the shown model over, to train by it. */
  'take-recipe': unknown;
  /** Train a new run that begins with the shown model's weights. */
  'train-on': unknown;
  /** Copy the command that trains the shown model again. */
  'copy-command': unknown;
  /** Copy a link to the current EQ. */
  'share-eq': unknown;
  'close-link': unknown;
  /** Keep, list or delete results of blind tests. */
  'save-listening-test': { test: ListeningTest };
  'list-listening-tests': unknown;
  'delete-listening-test': { id: string };
  'save-text': { name: string; mediaType: string; text: string };
  'save-bytes': { name: string; mediaType: string; bytes: ArrayBuffer };
  /** An SVG figure as PNG. */
  'save-picture': { name: string; svg: string; millimetres: number };
  /** Tell of something that went wrong outside the store. */
  report: { text: string };
  dismiss: { notice: number };
  /** Walk through the page, or end that. */
  explain: { shown: boolean };
  /** Ask whether all that is kept in this browser is to be erased; the answer to that. */
  'want-end-notices': { wanted: boolean };
  'ask-erase': unknown;
  'answer-erase': { yes: boolean };
  'open-shortcuts': unknown;
  'close-shortcuts': unknown;
}

export type ActionName = keyof ActionPayloads;

/** The actions of those names, each with what it says. */
export type ActionOf<Name extends ActionName> = {
  [Each in Name]: { type: Each } & ActionPayloads[Each];
}[Name];

export type Action = ActionOf<ActionName>;

/** Those whose name says all: what a key alone can do. */
export type PlainActionName = {
  [Name in ActionName]: unknown extends ActionPayloads[Name] ? Name : never;
}[ActionName];

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
