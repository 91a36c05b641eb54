/** What becomes of the page when a person picks, mixes and shapes, or the model changes. Pure. */
import { encodeSettings } from '../../src/analysis/place-words';
import type { EqSetting } from '../../src/eq/parameters';
import { knowsWords, mix, mixtureName, wordAlone, type Mixture } from '../../src/explore/mixture';
import type { ModelDocument } from '../../src/model/model';
import { decodeSetting } from '../../src/model/word-settings';
import { shapedHand, type Hand } from './hand';
import { redo, take, underAnotherModel, undo, type HandHistory } from './hand-history';
import type { PageState, ShownModel } from './page-state';

type Explored = Pick<PageState, 'mixture' | 'hands'>;
type Exploring = Pick<PageState, 'model' | 'mixture' | 'hands'>;

/** Takes a setting in hand; where its latent is not known, the model's encoder tells it. */
export function takeInHand(
  { model, mixture, hands }: Exploring,
  hand: Hand,
  gesture: number | null = null,
): Explored {
  return { mixture, hands: take(hands, placed(hand, model), gesture) };
}

/** Takes what the model says of a point of its latent; nothing where there is no model. */
export function takePoint(state: Exploring, latent: readonly number[], gesture: number): Explored {
  if (state.model === null) return state;
  const setting = decodeSetting(state.model, latent);
  return takeInHand(state, { name: 'point on the map', setting, latent }, gesture);
}

/** Takes the point that lies that far from the hand in the latent; nothing where it lies nowhere. */
export function movePoint(state: Exploring, by: readonly number[], gesture: number): Explored {
  const latent = state.hands.present?.latent ?? null;
  if (latent === null) return state;
  return takePoint(
    state,
    latent.map((value, i) => value + (by[i] ?? 0)),
    gesture,
  );
}

/** Changes what is in hand; nothing where nothing is. */
export function shapeHand(
  state: Exploring,
  change: (setting: EqSetting) => EqSetting,
  gesture: number,
): Explored {
  const { present } = state.hands;
  if (present === null) return state;
  return takeInHand(state, shapedHand(present, change(present.setting)), gesture);
}

/** Takes a mixture in hand; nothing where the model does not know it. */
export function takeMixture(
  { model, mixture: before, hands }: Exploring,
  mixture: Mixture,
  gesture: number | null = null,
): Explored {
  const settled = model === null ? null : settledMixture(model.document, mixture);
  if (model === null || settled === null) return { mixture: before, hands };
  return { mixture: settled, hands: take(hands, handOf(model, settled), gesture) };
}

/** The first part as a school of its word, or as the whole word; for null. */
export function takeSchool(state: Exploring, school: string | null): Explored {
  const { mixture } = state;
  if (mixture === null) return state;
  const parts = mixture.parts.map((part, i) => (i === 0 ? { ...part, school } : part));
  return takeMixture(state, { ...mixture, parts });
}

export function undoHand(state: Exploring): Explored {
  return settled(state, undo(state.hands));
}

export function redoHand(state: Exploring): Explored {
  return settled(state, redo(state.hands));
}

/**
 * The hand under another model, such as the next frame in training. A hand that is of words changes
 * with them; one that a person has shaped stays, and the model says where it lies now. Where the
 * words are not known any more, and where nothing is in hand, that with most rows is taken.
 */
export function withModel({ mixture: before, hands }: Exploring, model: ShownModel): Explored {
  const mixture =
    (before === null ? null : settledMixture(model.document, before)) ?? favourite(model.document);
  const { present } = hands;
  const ofWords = present === null || present.follows !== undefined;
  if (ofWords && mixture !== null) {
    return { mixture, hands: underAnotherModel(hands, handOf(model, mixture)) };
  }
  const hand = present === null ? null : placed(shaped(present), model);
  return { mixture, hands: underAnotherModel(hands, hand) };
}

/** The hand that has come back; what was forgotten of it is found again. */
function settled({ model, mixture: before }: Exploring, hands: HandHistory): Explored {
  const { present } = hands;
  if (present === null) return { mixture: before, hands };
  const { follows } = present;
  const mixture =
    follows === undefined || model === null ? null : settledMixture(model.document, follows);
  if (present.latent !== null) return { mixture: mixture ?? before, hands };
  const hand =
    model !== null && mixture !== null ? handOf(model, mixture) : placed(shaped(present), model);
  return { mixture: mixture ?? before, hands: { ...hands, present: hand } };
}

/** The mixture with the schools that the model has; null where it does not know the words. */
function settledMixture(document: ModelDocument, mixture: Mixture): Mixture | null {
  if (!knowsWords(document, mixture)) return null;
  if (!mixture.parts.some(({ weight }) => weight > 0)) return null;
  const parts = mixture.parts.map((part) => {
    const schools = document.words.find(({ word }) => word === part.word)?.schools ?? [];
    const known = part.school === null || schools.some(({ name }) => name === part.school);
    return known ? part : { ...part, school: null };
  });
  return { ...mixture, parts };
}

/** The word with most rows, of those that have a place. */
function favourite({ words }: ModelDocument): Mixture | null {
  const [first] = words
    .filter(({ centroid }) => centroid !== null)
    .toSorted((a, b) => b.rows - a.rows);
  return first === undefined ? null : wordAlone(first.word);
}

function handOf(model: ShownModel, mixture: Mixture): Hand {
  return placed({ name: mixtureName(mixture), ...mix(model, mixture), follows: mixture }, model);
}

function shaped({ name, setting }: Hand): Hand {
  return { name, setting, latent: null };
}

function placed(hand: Hand, model: ShownModel | null): Hand {
  if (hand.latent !== null || model === null) return hand;
  return { ...hand, latent: [...encodeSettings(model, [hand.setting])] };
}
