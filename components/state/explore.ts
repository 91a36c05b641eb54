/** What becomes of the page when a person picks, mixes and shapes, or the model changes. Pure. */
import type { EqSetting } from '../../src/eq/parameters';
import { knowsWords, mixtureName, wordAlone, type Mixture } from '../../src/explore/mixture';
import type { ModelDocument } from '../../src/model/model';
import { shapedEq, type CurrentEq } from './current-eq';
import { redo, take, underAnotherModel, undo, type EqHistory } from './eq-history';
import { modelCode } from './model-code';
import type { PageState, ShownModel } from './page-state';

type Explored = Pick<PageState, 'mixture' | 'eqHistory'>;
type Exploring = Pick<PageState, 'model' | 'mixture' | 'eqHistory'>;
type OnMap = Exploring & Pick<PageState, 'apart'>;

/** Makes a setting the current EQ; where its latent is not known, the model's encoder tells it. */
export function takeEq(
  { model, mixture, eqHistory }: Exploring,
  current: CurrentEq,
  gesture: number | null = null,
): Explored {
  return { mixture, eqHistory: take(eqHistory, placed(current, model), gesture) };
}

/**
 * Takes what the model says of the latent that the map has at a place; nothing where there is no model.
 *
 * @throws InputError where the words are drawn apart and no latent is found
 */
export function takePoint(state: OnMap, place: readonly number[], gesture: number): Explored {
  if (state.model === null) return state;
  const { apart } = state;
  const latent = apart === null ? place : modelCode().latentDrawnAt(place, apart.pull);
  const setting = modelCode().decodeSetting(state.model, latent);
  return takeEq(state, { name: 'point on the map', setting, latent }, gesture);
}

/** Takes the place that lies that far from the current EQ's; nothing where that lies nowhere. */
export function movePoint(state: OnMap, by: readonly number[], gesture: number): Explored {
  const latent = state.eqHistory.present?.latent ?? null;
  if (latent === null) return state;
  const place = state.apart === null ? latent : modelCode().drawnApart(latent, state.apart.pull);
  return takePoint(
    state,
    place.map((value, i) => value + (by[i] ?? 0)),
    gesture,
  );
}

/** Changes the current EQ; nothing where nothing is. */
export function shapeEq(
  state: Exploring,
  change: (setting: EqSetting) => EqSetting,
  gesture: number,
): Explored {
  const { present } = state.eqHistory;
  if (present === null) return state;
  return takeEq(state, shapedEq(present, change(present.setting)), gesture);
}

/** Makes a mixture the current EQ; nothing where the model does not know it. */
export function takeMixture(
  { model, mixture: before, eqHistory }: Exploring,
  mixture: Mixture,
  gesture: number | null = null,
): Explored {
  const settled = model === null ? null : settledMixture(model.document, mixture);
  if (model === null || settled === null) return { mixture: before, eqHistory };
  return { mixture: settled, eqHistory: take(eqHistory, eqOf(model, settled), gesture) };
}

/** The first part as a cluster of its word, or as the whole word; for null. */
export function takeCluster(state: Exploring, cluster: string | null): Explored {
  const { mixture } = state;
  if (mixture === null) return state;
  const parts = mixture.parts.map((part, i) => (i === 0 ? { ...part, cluster } : part));
  return takeMixture(state, { ...mixture, parts });
}

export function undoEq(state: Exploring): Explored {
  return settled(state, undo(state.eqHistory));
}

export function redoEq(state: Exploring): Explored {
  return settled(state, redo(state.eqHistory));
}

/**
 * The current EQ under another model, such as the next frame in training. A current EQ that is of words changes
 * with them; one that a person has shaped stays, and the model says where it lies now. Where the
 * words are not known any more, and where there is no current EQ, the word with most rows is taken.
 */
export function withModel({ mixture: before, eqHistory }: Exploring, model: ShownModel): Explored {
  const { present } = eqHistory;
  const mixture =
    (before === null
      ? wordNamed(model.document, present?.name)
      : settledMixture(model.document, before)) ?? favourite(model.document);
  const ofWords = present === null || present.follows !== undefined;
  if (ofWords && mixture !== null) {
    return { mixture, eqHistory: underAnotherModel(eqHistory, eqOf(model, mixture)) };
  }
  const current = present === null ? null : placed(shaped(present), model);
  return { mixture, eqHistory: underAnotherModel(eqHistory, current) };
}

/** The current EQ of a visit before, and its steps, where the same model is shown again. */
export function withVisit(state: Exploring, { mixture, eqHistory }: Explored): Explored {
  const known =
    state.model === null || mixture === null ? null : settledMixture(state.model.document, mixture);
  return settled({ ...state, mixture: known ?? state.mixture }, eqHistory);
}

/** The current EQ that has come back; what was forgotten of it is found again. */
function settled({ model, mixture: before }: Exploring, eqHistory: EqHistory): Explored {
  const { present } = eqHistory;
  if (present === null) return { mixture: before, eqHistory };
  const { follows } = present;
  const mixture =
    follows === undefined || model === null ? null : settledMixture(model.document, follows);
  if (present.latent !== null) return { mixture: mixture ?? before, eqHistory };
  const current =
    model !== null && mixture !== null ? eqOf(model, mixture) : placed(shaped(present), model);
  return { mixture: mixture ?? before, eqHistory: { ...eqHistory, present: current } };
}

/** The mixture with the clusters that the model has; null where it does not know the words. */
function settledMixture(document: ModelDocument, mixture: Mixture): Mixture | null {
  if (!knowsWords(document, mixture)) return null;
  if (!mixture.parts.some(({ weight }) => weight > 0)) return null;
  const parts = mixture.parts.map((part) => {
    const schools = document.words.find(({ word }) => word === part.word)?.schools ?? [];
    const known = part.cluster === null || schools.some(({ name }) => name === part.cluster);
    return known ? part : { ...part, cluster: null };
  });
  return { ...mixture, parts };
}

/** The word that an EQ from a link is called by, where the model has a place for it. */
function wordNamed({ words }: ModelDocument, name: string | undefined): Mixture | null {
  const known = words.find(({ word, centroid }) => word === name && centroid !== null);
  return known === undefined ? null : wordAlone(known.word);
}

/** The word with most rows, of those that have a place. */
function favourite({ words }: ModelDocument): Mixture | null {
  const [first] = words
    .filter(({ centroid }) => centroid !== null)
    .toSorted((a, b) => b.rows - a.rows);
  return first === undefined ? null : wordAlone(first.word);
}

function eqOf(model: ShownModel, mixture: Mixture): CurrentEq {
  return placed(
    { name: mixtureName(mixture), ...modelCode().mix(model, mixture), follows: mixture },
    model,
  );
}

function shaped({ name, setting }: CurrentEq): CurrentEq {
  return { name, setting, latent: null };
}

function placed(current: CurrentEq, model: ShownModel | null): CurrentEq {
  if (current.latent !== null || model === null) return current;
  return { ...current, latent: [...modelCode().encodeSettings(model, [current.setting])] };
}
