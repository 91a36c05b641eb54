/** What Warmbright reaches on held-out rows, beside what it is compared with. */
import { curvesOf } from '../analysis/metrics/curves';
import { baselineDataOf } from '../analysis/scoreboard/baseline-data';
import type { InstrumentDifference } from '../analysis/instrument-differences';
import { oneCurve } from '../analysis/word-clusters/one-curve';
import { clusterCoverage } from '../analysis/word-clusters/cluster-coverage';
import { CLUSTER_SEED } from '../analysis/word-clusters/word-clusters';
import { silhouetteOfTwoPoints } from '../analysis/metrics/silhouette';
import { spreadOf, type Spread } from '../math/spread';
import { coverage, wordDistances, wordReferences } from '../analysis/metrics/word-distances';
import { offeredProposal } from '../explore/proposals';
import type { SafeData, SafeRow, TrainingSet } from '../data/rows';
import { MOST_PROPOSALS, type Model, type Scoreboard } from '../model/model';
import { drawnParts, type DrawnPart } from './drawn-part';
import { instrumentPart } from './instrument-part';
import { peoplePart, type PeoplePart, type TrainedFold } from './people-part';
import { refinedError } from './refined-error';
import { seedOverlap, type SeedOverlap } from './seed-overlap';
import { settingsPart, WALK_STEPS, type SettingsPart } from './settings-part';
import { DIMENSIONS, FIRST_SEED, type Part, type Task } from './tasks';

/** Response errors on held-out rows at one size of the latent, in dB. */
interface ResponsePart {
  readonly dimensions: number;
  /** Of the curve nearest to the setting's that the model can make, searched from … */
  readonly warmbright: Spread;
  /** … what the encoder says, here alone. */
  readonly encoder: Spread;
  /** The latter on the training rows. */
  readonly training: Spread;
  readonly parameterComponents: Spread;
  readonly curveComponents: Spread;
  readonly flat: Spread;
}

/** How a model tells words apart, on held-out rows. */
export interface WordsPart {
  readonly words: readonly string[];
  /** Balanced accuracy of the word head, and of each word; null and none without a head. */
  readonly headAccuracy: Spread | null;
  readonly headWords: readonly { readonly word: string; readonly accuracy: Spread }[];
  /** Of the latent as it is, nothing drawn apart (A = 0). */
  readonly silhouette: Spread;
  readonly trainingSilhouette: Spread;
  readonly neighbourAccuracy: Spread;
  /** By the level-free curves, without a model. */
  readonly curveAccuracy: Spread;
  /** By the encoder's answer alone. */
  readonly responseErrorDb: Spread;
  /** Of the nearest curve found from there; null where nobody searched. */
  readonly searchedErrorDb: Spread | null;
}

/** The same of two words, where more is known. */
interface TwoWordsPart extends WordsPart {
  readonly searchedErrorDb: Spread;
  /**
   * Silhouette were each row in the point of the word that its 15 neighbours by curves tell: what this
   * one classifier gives, and no upper bound. 31 neighbours gave 0.690 where 15 gave 0.681, and other
   * places of the same rows 0.702.
   */
  readonly twoPoints: Spread;
}

/** Distances of curves of one word to held-out people's, dB. */
interface CurvePart {
  readonly word: string;
  /** Medians: of the one curve, made by a setting, and of what it is compared with. */
  readonly oneCurve: Spread;
  readonly model: Spread;
  readonly medoid: Spread;
  readonly mean: Spread;
  readonly flat: Spread;
  /** Mean distance to the nearest of three clusters' settings, and of three centres of k-means. */
  readonly threeSchools: Spread;
  readonly kMeans: Spread;
  /** Mean distance to the nearest of the proposals, of three and of five. */
  readonly threeProposals: Spread;
  readonly fiveProposals: Spread;
}

export interface Report {
  readonly version: 2;
  readonly dataSha256: string;
  readonly firstSeed: number;
  readonly seeds: number;
  /** null: those of the recipes. */
  readonly epochs: number | null;
  readonly manyWords: readonly string[];
  readonly response: readonly ResponsePart[];
  readonly twoWords: TwoWordsPart;
  /** Warmbright at 8 dimensions. */
  readonly plain: WordsPart;
  readonly foundingModel: WordsPart;
  readonly curves: readonly CurvePart[];
  /** Silhouette of the two words in Warmbright of many, at 8 dimensions, with its words drawn apart. */
  readonly drawnApart: readonly DrawnPart[];
  /** Of the 8-D model of the first seed; null where it holds nothing out. */
  readonly settings: SettingsPart | null;
  /** How fresh the seeds' held-out rows are: of many words, and of two. */
  readonly seedOverlaps: readonly SeedOverlap[];
  /** Figures over folds that hold everybody out; null where too few people gave the rows. */
  readonly people: PeoplePart | null;
  /** Whether the two words mean something else on one instrument than on others. */
  readonly instruments: readonly InstrumentDifference[];
}

/** A task and the model that came of it. */
export interface TrainedTask extends Task {
  readonly model: Model;
}

/**
 * @param trained every part at least once
 * @param folds   every model in every fold; none where there are no folds
 * @param data    that all were trained on
 * @param of      what the report is of
 * @param walkSteps how many steps over the map the settings are followed
 */
export async function makeReport(
  trained: readonly TrainedTask[],
  folds: readonly TrainedFold[],
  data: SafeData,
  of: Pick<Report, 'seeds' | 'epochs'>,
  walkSteps = WALK_STEPS,
): Promise<Report> {
  const ofPart = (part: Part): readonly TrainedTask[] =>
    trained.filter((task) => task.part === part).sort((a, b) => a.seed - b.seed);
  const two = ofPart('two words');
  const response: ResponsePart[] = [];
  for (const dimensions of DIMENSIONS) response.push(await responsePart(ofPart(dimensions)));
  const manyWords = ofPart(8)[0]?.plan.set.words ?? [];
  const twoWords = two[0]?.plan.set.words ?? [];
  return {
    version: 2,
    dataSha256: data.sha256,
    firstSeed: FIRST_SEED,
    ...of,
    manyWords,
    response,
    twoWords: {
      ...wordsPart(two),
      searchedErrorDb: await searchedErrors(two),
      twoPoints: spreadOf(two.map(twoPoints)),
    },
    plain: wordsPart(ofPart(8)),
    foundingModel: wordsPart(ofPart('Seed V2')),
    curves: curveParts(two),
    drawnApart: drawnParts(ofPart(8), twoWords),
    settings: settingsOf(ofPart(8), walkSteps),
    seedOverlaps: [manyWords, twoWords].map((words) => seedOverlap(data, words, of.seeds)),
    people: peoplePart(folds),
    instruments: instrumentPart(data, twoWords),
  };
}

function settingsOf([first]: readonly TrainedTask[], walkSteps: number): SettingsPart | null {
  return first?.plan.set.heldOut.includes(1) === true ? settingsPart(first, walkSteps) : null;
}

async function responsePart(tasks: readonly TrainedTask[]): Promise<ResponsePart> {
  const boards = tasks.map(boardOf);
  return {
    dimensions: tasks[0]?.plan.recipe.latent ?? 0,
    warmbright: await searchedErrors(tasks),
    encoder: spreadOf(boards.map(({ responseErrorDb }) => known(responseErrorDb))),
    training: spreadOf(boards.map(({ training }) => known(training?.responseErrorDb))),
    parameterComponents: overBaselines(boards, 'parameterComponents'),
    curveComponents: overBaselines(boards, 'curveComponents'),
    flat: overBaselines(boards, 'flat'),
  };
}

async function searchedErrors(tasks: readonly TrainedTask[]): Promise<Spread> {
  const errors: number[] = [];
  for (const { model, plan } of tasks) {
    const held = plan.set.rows.filter((_, row) => plan.set.heldOut[row] === 1);
    const settings = held.map(({ setting }) => setting);
    errors.push(await refinedError(model, settings));
  }
  return spreadOf(errors);
}

function twoPoints({ plan }: TrainedTask): number {
  const { heldOut } = baselineDataOf(plan.set);
  const correct = heldOut?.correct ?? null;
  return known(
    heldOut === null || correct === null ? null : silhouetteOfTwoPoints(correct, heldOut.labels),
  );
}

function wordsPart(tasks: readonly TrainedTask[]): WordsPart {
  const boards = tasks.map(boardOf);
  const words = tasks[0]?.plan.set.words ?? [];
  const headed = boards.some(({ headAccuracy }) => headAccuracy !== null);
  const over = (of: (board: Scoreboard) => number | null | undefined): Spread =>
    spreadOf(boards.map((board) => known(of(board))));
  return {
    words,
    headAccuracy: headed ? over(({ headAccuracy }) => headAccuracy) : null,
    headWords: headed
      ? words.map((word) => ({ word, accuracy: headAccuracyOf(boards, word) }))
      : [],
    silhouette: over(({ silhouette }) => silhouette),
    trainingSilhouette: over(({ training }) => training?.silhouette),
    neighbourAccuracy: over(({ neighbourAccuracy }) => neighbourAccuracy),
    curveAccuracy: overBaselines(boards, 'neighbourAccuracy'),
    responseErrorDb: over(({ responseErrorDb }) => responseErrorDb),
    searchedErrorDb: null,
  };
}

/** Accuracy of the word head on a word, over the boards that hold rows of it out. */
function headAccuracyOf(boards: readonly Scoreboard[], word: string): Spread {
  return spreadOf(
    boards.flatMap(({ words }) => words.find((own) => own.word === word)?.headAccuracy ?? []),
  );
}

function curveParts(tasks: readonly TrainedTask[]): CurvePart[] {
  const words = tasks[0]?.plan.set.words ?? [];
  return words.map((word, label) => {
    const found = tasks.map(({ plan, model }) => curvesOfWord(plan.set, label, model));
    const over = (of: (found: WordFigures) => number): Spread => spreadOf(found.map(of));
    return {
      word,
      oneCurve: over(({ oneCurve }) => oneCurve),
      model: over(({ model }) => model),
      medoid: over(({ medoid }) => medoid),
      mean: over(({ mean }) => mean),
      flat: over(({ flat }) => flat),
      threeSchools: over(({ threeSchools }) => threeSchools),
      kMeans: over(({ kMeans }) => kMeans),
      threeProposals: over(({ threeProposals }) => threeProposals),
      fiveProposals: over(({ fiveProposals }) => fiveProposals),
    };
  });
}

type WordFigures = Readonly<Record<Exclude<keyof CurvePart, 'word'>, number>>;

const CLUSTERS = 3;

function curvesOfWord(set: TrainingSet, label: number, model: Model): WordFigures {
  const ofWord = (held: number): SafeRow[] =>
    set.rows.filter((_, row) => set.labels[row] === label && set.heldOut[row] === held);
  const [training, heldOut] = [ofWord(0), ofWord(1)];
  const settings = training.map(({ setting }) => setting);
  const people = (rows: readonly SafeRow[]): number[] => rows.map((row) => row.contributor);
  const wanted = heldOut.map(({ setting }) => setting);
  const references = wordReferences(curvesOf(settings), curvesOf(wanted), people(heldOut));
  const { setting } = oneCurve(settings, CLUSTER_SEED);
  const covered = clusterCoverage({ settings, contributors: people(training) }, wanted);
  const { medoid, mean, flat } = references.medians;
  const { proposals = [] } = model.document.words[label] ?? {};
  const coverageOf = (count: number): number => {
    const offered = proposals.find(({ length }) => length === count) ?? [];
    const made = offered.map((proposal) => curvesOf([offeredProposal(model, proposal).setting]));
    return made.length === 0 ? Number.NaN : coverage(made, curvesOf(wanted));
  };
  return {
    oneCurve: wordDistances(references, curvesOf([setting])).medians.model,
    model: known(model.document.run?.scoreboard?.words[label]?.distances?.medians.model),
    medoid,
    mean,
    flat,
    threeSchools: known(covered.byCount.find(({ count }) => count === CLUSTERS)?.settings),
    kMeans: known(covered.kMeans.find(({ count }) => count === CLUSTERS)?.centres),
    threeProposals: coverageOf(3),
    fiveProposals: coverageOf(MOST_PROPOSALS),
  };
}

function overBaselines(
  boards: readonly Scoreboard[],
  figure: keyof NonNullable<Scoreboard['baselines']>,
): Spread {
  return spreadOf(boards.map(({ baselines }) => known(baselines?.[figure])));
}

function boardOf({ model }: TrainedTask): Scoreboard {
  const board = model.document.run?.scoreboard ?? null;
  if (board === null) throw new Error('A run of the report has no figures.');
  return board;
}

/** NaN for a figure that rows cannot tell, as in a very small file; it is printed as such. */
function known(figure: number | null | undefined): number {
  return figure ?? Number.NaN;
}
