/** What models reach where every contributor is held out once, those with most rows, too. */
import type { Interval } from '../analysis/metrics/bootstrap';
import {
  curvesOf,
  meanSquares,
  NEIGHBOUR_POINTS,
  neighbourCurves,
} from '../analysis/metrics/curves';
import { classifiedByNeighbours, type Labelled } from '../analysis/metrics/nearest-neighbours';
import { peopleFigure, type PeopleFigure } from '../analysis/metrics/people-figure';
import { wordValues, type WordValue } from '../analysis/word-values';
import { MOST_MEASURED } from '../analysis/scoreboard/measured-sample';
import { groupBy } from '../base/group-by';
import type { TrainingSet } from '../data/rows';
import type { EqSetting } from '../eq/parameters';
import { mean } from '../math/mean';
import { rowsWhere } from '../math/pick-rows';
import { SampleOf, sampleRows } from '../math/sample-rows';
import { encodeSettings } from '../model/encode-settings';
import { decodeRows } from '../model/inference';
import type { Model } from '../model/model';
import { denormalise } from '../model/normaliser';
import { wordSettings } from '../model/word-settings';
import { FOLDS, type FoldTask } from './fold-tasks';
import { partName } from './tasks';

/** How 15 neighbours tell the two most frequent words of held-out people apart: shares told right. */
interface PeopleAccuracy {
  readonly words: readonly string[];
  /** By level-free curves, without a model. */
  readonly curves: PeopleFigure;
  readonly models: readonly { readonly name: string; readonly accuracy: PeopleFigure }[];
  /** Those who gave most rows of the two words, by their numbers. */
  readonly people: readonly PersonAccuracy[];
}

interface PersonAccuracy {
  readonly contributor: number;
  readonly rows: number;
  readonly curves: number;
  /** By the 8-D latent. */
  readonly model: number;
}

interface PeopleError {
  readonly name: string;
  /** Root of the mean square over rows, or over the people's mean squares; encoder alone, dB. */
  readonly errorDb: PeopleFigure;
}

export interface PeoplePart {
  readonly folds: number;
  readonly words: readonly string[];
  readonly rows: number;
  readonly people: number;
  readonly accuracy: PeopleAccuracy;
  readonly response: readonly PeopleError[];
  /** What the two most frequent words are worth, compared with each other. */
  readonly frequentWords: readonly WordValue[];
  /** And the others, compared with all. */
  readonly rareWords: readonly WordValue[];
}

/** A task and the model that came of it. */
export interface TrainedFold extends FoldTask {
  readonly trained: Model;
}

const NAMED_PEOPLE = 6;
/** The model that people's own figures are of: 8-D. */
const MAIN_MODEL: FoldTask['model'] = 8;

/** @returns null where nothing was trained in folds */
export function peoplePart(tasks: readonly TrainedFold[]): PeoplePart | null {
  const [first] = tasks;
  if (first === undefined) return null;
  const { set } = first.plan;
  const ofModel = groupBy(tasks, ({ model }) => model);
  // Who alone has given a word cannot be held out, so may be in no fold.
  const asked = [...set.rows.keys()].filter((row) =>
    tasks.some(({ plan }) => plan.set.heldOut[row] === 1),
  );
  const people = asked.map((row) => set.rows[row]?.contributor ?? 0);
  const frequent = frequentLabels(set);
  return {
    folds: FOLDS,
    words: set.words,
    rows: asked.length,
    people: new Set(people).size,
    accuracy: accuracyPart(set, ofModel, frequent),
    response: [...ofModel].map(([model, own]) => {
      const squares = overFolds(own, squaredErrors);
      return {
        name: partName(model),
        errorDb: rootOf(
          peopleFigure(
            asked.map((row) => squares[row] ?? Number.NaN),
            people,
          ),
        ),
      };
    }),
    frequentWords: valuesOf(ofModel, (label) => frequent.includes(label)),
    rareWords: valuesOf(ofModel, () => true).filter(
      ({ word }) => !frequent.some((label) => set.words[label] === word),
    ),
  };
}

/** Labels of the two words with most rows, ascending. */
function frequentLabels({ words, labels }: TrainingSet): number[] {
  const counts = words.map((_, label) => labels.reduce((sum, of) => sum + Number(of === label), 0));
  return [...counts.keys()]
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0))
    .slice(0, 2)
    .sort((a, b) => a - b);
}

/** A number of each row from the fold that holds it out, [rows]; NaN where none does. */
function overFolds(
  tasks: readonly TrainedFold[],
  measure: (task: TrainedFold, heldOut: readonly number[]) => ArrayLike<number>,
): Float64Array {
  const values = new Float64Array(tasks[0]?.plan.set.rows.length ?? 0).fill(Number.NaN);
  for (const task of tasks) {
    const heldOut = rowsWhere(task.plan.set.heldOut, 1);
    const measured = measure(task, heldOut);
    heldOut.forEach((row, i) => {
      values[row] = measured[i] ?? Number.NaN;
    });
  }
  return values;
}

/** Of each held-out row, between its curve and what encoder and decoder make of it, dB². */
function squaredErrors({ plan, trained }: TrainedFold, heldOut: readonly number[]): Float64Array {
  const { spec, normaliser } = trained.document;
  const settings = settingsOf(plan.set, heldOut);
  const decoded = decodeRows(spec, trained.weights, encodeSettings(trained, settings));
  const made = settings.map((_, row) => denormalise(decoded, normaliser, row));
  return meanSquares(curvesOf(settings), curvesOf(made));
}

/** The same figure of the roots. */
function rootOf({ byRows, rowsInterval, byPeople, peopleInterval }: PeopleFigure): PeopleFigure {
  const root = (interval: Interval | null): Interval | null =>
    interval === null ? null : [Math.sqrt(interval[0]), Math.sqrt(interval[1])];
  return {
    byRows: Math.sqrt(byRows),
    rowsInterval: root(rowsInterval),
    byPeople: Math.sqrt(byPeople),
    peopleInterval: root(peopleInterval),
  };
}

function accuracyPart(
  set: TrainingSet,
  ofModel: ReadonlyMap<FoldTask['model'], readonly TrainedFold[]>,
  frequent: readonly number[],
): PeopleAccuracy {
  const told = new Map(
    [...ofModel].map(([model, own]) => [
      model,
      overFolds(own, (task, heldOut) =>
        toldRight(task, heldOut, frequent, task.trained.document.spec.latent, (settings) =>
          encodeSettings(task.trained, settings),
        ),
      ),
    ]),
  );
  const [tasks = []] = ofModel.values();
  const byCurves = overFolds(tasks, (task, heldOut) =>
    toldRight(task, heldOut, frequent, NEIGHBOUR_POINTS, (settings) =>
      neighbourCurves(curvesOf(settings)),
    ),
  );
  const asked = [...set.rows.keys()].filter((row) => !Number.isNaN(byCurves[row]));
  const figure = (right: Float64Array | undefined): PeopleFigure =>
    peopleFigure(
      asked.map((row) => right?.[row] ?? Number.NaN),
      asked.map((row) => set.rows[row]?.contributor ?? 0),
    );
  const share = (right: Float64Array | undefined, rows: readonly number[]): number =>
    mean(rows.map((row) => right?.[row] ?? Number.NaN));
  const own = [...groupBy(asked, (row) => set.rows[row]?.contributor ?? 0)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  return {
    words: frequent.map((label) => set.words[label] ?? ''),
    curves: figure(byCurves),
    models: [...told].map(([model, right]) => ({ name: partName(model), accuracy: figure(right) })),
    people: own.slice(0, NAMED_PEOPLE).map(([contributor, rows]) => ({
      contributor,
      rows: rows.length,
      curves: share(byCurves, rows),
      model: share(told.get(MAIN_MODEL), rows),
    })),
  };
}

/**
 * Whether training rows of the two words tell the held-out rows' own.
 *
 * @param placed where settings are, [settings, dimensions]
 * @returns [heldOut], 1 where they do; NaN for a row of another word
 */
function toldRight(
  { plan: { set } }: TrainedFold,
  heldOut: readonly number[],
  frequent: readonly number[],
  dimensions: number,
  placed: (settings: readonly EqSetting[]) => Float32Array | Float64Array,
): Float64Array {
  const isFrequent = (row: number): boolean => frequent.includes(set.labels[row] ?? -1);
  const labelled = (rows: readonly number[]): Labelled => ({
    points: placed(settingsOf(set, rows)),
    labels: Int32Array.from(rows, (row) => set.labels[row] ?? 0),
  });
  const asked = heldOut.filter(isFrequent);
  const known = labelled(rowsWhere(set.heldOut, 0).filter(isFrequent));
  const right = classifiedByNeighbours(known, labelled(asked), dimensions);
  const ofRow = new Map(asked.map((row, i) => [row, right?.[i] ?? Number.NaN]));
  return Float64Array.from(heldOut, (row) => ofRow.get(row) ?? Number.NaN);
}

/** @param isCompared whether a word, by its label, is among those compared */
function valuesOf(
  ofModel: ReadonlyMap<FoldTask['model'], readonly TrainedFold[]>,
  isCompared: (label: number) => boolean,
): WordValue[] {
  const [tasks = []] = ofModel.values();
  const set = tasks[0]?.plan.set;
  if (set === undefined) return [];
  const compared = [...set.rows.keys()].filter((row) => isCompared(set.labels[row] ?? -1));
  const rows = sampleRows(compared, MOST_MEASURED, SampleOf.figures);
  const words = set.words.filter((_, label) => isCompared(label));
  return wordValues(
    rows.flatMap((row) => set.rows.slice(row, row + 1)),
    words,
    tasks.map(({ fold, plan }) => ({
      heldOut: rows.map((row) => plan.set.heldOut[row] ?? 0),
      models: [...ofModel].flatMap(([model, own]) => {
        const task = own.find((other) => other.fold === fold);
        return task === undefined ? [] : [{ name: partName(model), curveOf: curvesOfWords(task) }];
      }),
    })),
  );
}

/** Curves of the settings that a model has its words at. */
function curvesOfWords({ trained }: TrainedFold): (word: string) => Float64Array | null {
  const settings = new Map(wordSettings(trained).map(({ name, setting }) => [name, setting]));
  return (word) => {
    const setting = settings.get(word);
    return setting === undefined ? null : curvesOf([setting]);
  };
}

function settingsOf({ rows }: TrainingSet, numbers: readonly number[]): EqSetting[] {
  return numbers.flatMap((row) => rows.slice(row, row + 1)).map(({ setting }) => setting);
}
