/** All that the page shows, as one value; elements draw it and change none of it. */
import type { AuditReport, Cleaning } from '../../src/data/audit/report';
import type { GuessedMapping } from '../../src/data/column-mapping';
import type { Reading } from '../../src/data/reading';
import type { RejectedRow, WordCount } from '../../src/data/rows';
import type { ApartMap } from '../../src/explore/apart-map';
import type { Mixture } from '../../src/explore/mixture';
import type { ModelDocument, ModelMap, Scoreboard } from '../../src/model/model';
import type { KeptTests } from '../../src/storage/kept-tests';
import { EMPTY_TIMELINE, type Timeline } from '../../src/timeline/timeline';
import type { Recipe } from '../../src/recipe/recipe';
import { DEFAULT_RECIPE, RECIPES } from '../../src/recipe/recipes';
import type {
  EngineChoice,
  EventOf,
  MeasuringShare,
  Phase,
  RunSummary,
  StoredRun,
} from '../../workers/trainer/messages';
import type { SlotSource } from './current-eq';
import { EMPTY_HISTORY, type EqHistory } from './eq-history';
import { LossHistory } from './loss-history';
import { isTraining, type SweepState } from './sweep-state';
import type { Drawer, View } from './view';

export interface LoadedData {
  readonly name: string;
  readonly sha256: string;
  readonly synthetic: boolean;
  readonly rows: number;
  readonly contributors: number;
  /** The first of the rows that cannot be used. */
  readonly rejected: readonly RejectedRow[];
  readonly rejectedTotal: number;
  /** How its file was read; null where nobody says. */
  readonly reading: Reading | null;
  /** Its last row was added in this visit, and can be taken back. */
  readonly takeBack?: true;
}

/** A file whose columns somebody has to name. */
export interface ForeignColumns {
  readonly names: readonly string[];
  readonly guess: GuessedMapping;
}

/** What choices about the findings leave of the data. */
export interface CleanedData extends Cleaning {
  readonly words: readonly WordCount[];
}

export interface EngineState {
  readonly choice: EngineChoice;
  readonly name: string;
  readonly device: string;
  readonly reason: string;
}

export interface RunState {
  readonly id: string;
  readonly name: string;
  readonly recipe: Recipe;
  readonly words: readonly string[];
  readonly trainingRows: number;
  readonly heldOutRows: number;
  readonly stepsPerEpoch: number;
  readonly resumable: boolean;
  /** Why it cannot be gone on with, when it is unfinished and cannot. */
  readonly reason: string | null;
  /** Epochs that it had when it was set up or opened again: more than 0 where it was interrupted. */
  readonly openedAt: number;
}

export interface ShownModel {
  readonly source: EventOf<'model'>['source'];
  readonly document: ModelDocument;
  readonly weights: Float32Array;
  readonly map: ModelMap | null;
  /** What people set, row by row of the map, [rows, 13]; null where its data are not here. */
  readonly settings: Float32Array | null;
  /** Who set it, 1, 2, 3 …, row by row of the map, [rows]; null likewise. */
  readonly contributors: Int32Array | null;
}

/** Data that wait for an answer: whether what trains is stopped for them. */
interface WaitingData {
  readonly name: string;
  /** null: the sample. */
  readonly file: File | null;
}

export interface ReadingState {
  /** The file's name. */
  readonly name: string;
  /** How much of it is read, 0 to 1; null while that does not take long. */
  readonly share: number | null;
}

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'success' | 'warning' | 'danger';
  readonly text: string;
  /** What its button does, such as to take up a newer page. */
  readonly offer?: { readonly label: string; readonly take: () => void };
  /** What solves it: it goes when a data file was read. */
  readonly until?: 'data';
}

export interface LeavingRun {
  readonly id: string;
  /** Whether the worker has been told, so that nothing can be undone any more. */
  readonly told: boolean;
}

/** Response errors after an epoch, in dB; apart, the model learns rows by heart. */
export interface ResponseErrors {
  readonly epoch: number;
  /** null where none are held out. */
  readonly heldOut: number | null;
  readonly training: number;
}

/** The blind tests that are kept in this browser. */
export interface ListeningState {
  readonly kept: KeptTests;
  /** Why what was asked for last could not be done, as a sentence; null where it was. */
  readonly problem: string | null;
}

/** Whether notifications come when training ends; refused: by the browser, or the person. */
export type EndNoticeState = 'off' | 'on' | 'refused';

export interface PageState {
  readonly view: View;
  /** The drawer that is open, if any. */
  readonly drawer: Drawer | null;
  readonly data: LoadedData | null;
  /** The file that is being read, otherwise null. */
  readonly reading: ReadingState | null;
  /** Data that were opened while something trained; null while there are none. */
  readonly waitingData: WaitingData | null;
  /** Whether a run begins as soon as the data that are being read can be trained on. */
  readonly trainsNext: boolean;
  /** The columns that the file that is being read has; null while they need no naming. */
  readonly foreignColumns: ForeignColumns | null;
  /** What was found in the data; null until the worker has looked it over. */
  readonly audit: AuditReport | null;
  /** What the recipe's choices leave of it, or left a moment ago; null until that is known. */
  readonly cleaned: CleanedData | null;
  readonly minimumRows: number;
  readonly chosenWords: ReadonlySet<string>;
  readonly recipe: Recipe;
  /** What stands in fields of the recipe and cannot be used: sentences, by the field's label. */
  readonly recipeProblems: ReadonlyMap<string, string>;
  readonly engineChoice: EngineChoice;
  readonly engine: EngineState | null;
  readonly run: RunState | null;
  readonly phase: Phase;
  /** Grows in place; `epochs` says how far, so that a change is seen. */
  readonly history: LossHistory;
  readonly epochs: number;
  /** How the model came about, as far as that is kept. */
  readonly timeline: Timeline;
  /** The epoch that is looked back at; null: the model as it is. */
  readonly cursor: number | null;
  /** Response errors of the run as they were measured, oldest first. */
  readonly errors: readonly ResponseErrors[];
  /** Seconds of arithmetic of the newest epochs, smoothed; null before the first. */
  readonly secondsPerEpoch: number | null;
  readonly stepsPerSecond: number | null;
  readonly model: ShownModel | null;
  /** The map of the model with its words drawn apart; null where it is drawn as it is. */
  readonly apart: ApartMap | null;
  /**
   * The words that are picked, the first of them the one that is looked at; null where no model says
   * where its words lie.
   */
  readonly mixture: Mixture | null;
  /** The current EQ, and those before it. */
  readonly eqHistory: EqHistory;
  /** What A, B and C play; null until somebody has chosen. */
  readonly slots: readonly SlotSource[] | null;
  readonly runs: readonly RunSummary[];
  /** How many records of runs cannot be read. */
  readonly unreadableRuns: number;
  /** Why the runs cannot be listed, as a sentence; null where they can. */
  readonly runsProblem: string | null;
  /** Runs that were deleted a moment ago, which can be undone. */
  readonly leaving: readonly LeavingRun[];
  /** The saved runs looked at side by side; null while none are. */
  readonly compared: readonly StoredRun[] | null;
  readonly listening: ListeningState;
  /** The newest sweep of this visit. */
  readonly sweep: SweepState | null;
  /** True from the click until the worker has laid the sweep out or refused it. */
  readonly sweepAsked: boolean;
  /** Whether those who look elsewhere are told that what trained has ended. */
  readonly endNotices: EndNoticeState;
  readonly savedEpoch: number | null;
  /** How far the run's figures are, where they take their time. */
  readonly measuring: MeasuringShare;
  readonly notices: readonly Notice[];
  /** A link to the model that is shown; null where none was asked for. */
  readonly modelLink: ShownLink | null;
  /** How the shown model does on the loaded data, or that it is asked; null where nobody has asked. */
  readonly evaluation:
    'asked' | { readonly scoreboard: Scoreboard; readonly note: string | null } | null;
  /** The shown model's file as a share server may have it; null where none was asked for. */
  readonly sharedFile: ArrayBuffer | null;
  /** A share link the clipboard did not take, shown to be copied by hand. */
  readonly linkToCopy: string | null;
  /** Whether it is asked if all that is kept in this browser is to be erased. */
  readonly eraseAsked: boolean;
  /** Whether the page is being explained. */
  readonly explaining: boolean;
  /** Whether the help on keys is open. */
  readonly shortcutsShown: boolean;
  /** Newest sentence for screen readers. */
  readonly announcement: string;
}

/** A link to a model: on its way, made, or why there is none. */
export type ShownLink =
  | { readonly state: 'asked' }
  | { readonly state: 'made'; readonly address: string; readonly link: EventOf<'link'> }
  | { readonly state: 'refused'; readonly reason: string };

export const INITIAL_STATE: PageState = {
  view: 'explore',
  drawer: null,
  data: null,
  reading: null,
  waitingData: null,
  trainsNext: false,
  foreignColumns: null,
  audit: null,
  cleaned: null,
  minimumRows: RECIPES[DEFAULT_RECIPE].words.atLeast,
  chosenWords: new Set(),
  recipe: RECIPES[DEFAULT_RECIPE].recipe,
  recipeProblems: new Map(),
  engineChoice: 'auto',
  engine: null,
  run: null,
  phase: 'idle',
  history: new LossHistory(),
  timeline: EMPTY_TIMELINE,
  cursor: null,
  epochs: 0,
  errors: [],
  secondsPerEpoch: null,
  stepsPerSecond: null,
  model: null,
  apart: null,
  mixture: null,
  eqHistory: EMPTY_HISTORY,
  slots: null,
  runs: [],
  unreadableRuns: 0,
  runsProblem: null,
  leaving: [],
  compared: null,
  listening: { kept: { tests: [], unreadable: 0 }, problem: null },
  sweep: null,
  sweepAsked: false,
  endNotices: 'off',
  savedEpoch: null,
  measuring: null,
  notices: [],
  modelLink: null,
  evaluation: null,
  sharedFile: null,
  linkToCopy: null,
  eraseAsked: false,
  explaining: false,
  shortcutsShown: false,
  announcement: '',
};

/** True while a sweep is being set up or trains: no single run can be trained then. */
export function isSweeping({ sweep, sweepAsked }: PageState): boolean {
  return sweepAsked || (sweep !== null && isTraining(sweep));
}

/** A run that pauses or stops leaves its engine before it is changed. */
export function mayChangeEngine(phase: Phase): boolean {
  return phase !== 'preparing' && phase !== 'training';
}

/** True while a run is set up and not over. */
export function isActive(phase: Phase): boolean {
  return phase !== 'idle' && phase !== 'done';
}
