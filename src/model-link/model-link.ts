/**
 * Links that carry a model: its weights in as few bits as keep what it says of settings and words, and
 * nothing that only training needs.
 */
import { thousands } from '../base/number-text';
import { InputError } from '../base/input-error';
import type { SafeRow } from '../data/rows';
import type { Model } from '../model/model';
import { parameterTable } from '../model/parameter-table';
import {
  curvesMovedDb,
  isCheap,
  MOST_COST,
  packingCost,
  type MeasuredRows,
  type PackingCost,
} from '../ready/packing-cost';
import { MOST_WEIGHTS, readCompact, writeCompact } from '../share/compact/compact-model';
import { linkDocument } from './link-document';
import { madeUpSettings } from './made-up-settings';
import { putWeights, type QuantisedTensor } from '../share/compact/quantised-tensor';
import { Quantiser } from './quantiser';
import { refitWords } from './refit-words';
import { frameLink } from '../share/link-frame';

/** Bits that all weights may be given alike. */
const LEAST_LINK_BITS = 2;
const MOST_LINK_BITS = 16;

/** Rows and made-up settings that the weights are fitted to. */
const FITTED_ROWS = 300;
const FITTED_SETTINGS = 100;
/** Made-up settings that are measured where there are no rows. */
const MEASURED_SETTINGS = 400;
/** Steps are looked for between these: no model was seen to bear the one, or to need the other. */
const COARSEST = -30;
const FINEST = -94;

export interface ModelLink {
  /** Without '#'. */
  readonly fragment: string;
  /** Weights that it carries, and the bits that each takes in it on average. */
  readonly weights: number;
  readonly bitsPerWeight: number;
  readonly cost: PackingCost;
  /** What the response error was measured on, and how many of them. */
  readonly measuredOn: 'held-out rows' | 'rows' | 'made-up settings';
  readonly measured: number;
  /** Words whose curves were compared: those that have a place in the latent. */
  readonly words: number;
}

export interface ModelLinkOptions {
  /** Bits that each weight is given; by default the fewest that cost no more than may be. */
  readonly bits?: number;
  /** Rows that its weights are fitted to and measured on; made-up settings, where there are none. */
  readonly rows?: MeasuredRows | null;
  /**
   * All that it was trained on, of which the link is to show none; none at all, where it is known to
   * show none, as the ready-made model. null: they are not here, see {@link linkDocument}.
   */
  readonly trainedOn?: readonly Pick<SafeRow, 'setting'>[] | null;
  /** Called between one part of the work and the next, so that others get a turn; it may reject. */
  readonly pause?: () => Promise<void>;
}

/**
 * @throws InputError where the model is too large, the bits are none, or even the finest steps cost
 *   more than may be
 */
export async function modelLink(
  model: Model,
  { bits, rows = null, trainedOn = null, pause = () => Promise.resolve() }: ModelLinkOptions = {},
): Promise<ModelLink> {
  checkSize(model);
  checkBits(bits);
  const madeUp = madeUpSettings(model, MEASURED_SETTINGS).map((setting) => ({ setting }));
  const measured = rows ?? { rows: madeUp, heldOut: new Uint8Array(madeUp.length) };
  const words = model.document.words.filter(({ centroid }) => centroid !== null).length;
  const tried = madeUp.map(({ setting }) => setting);
  const shown = { ...model, document: linkDocument(model, trainedOn) };
  const quantiser = await Quantiser.of(shown, fitted(measured, madeUp), pause);
  const trial = async (tensors: readonly QuantisedTensor[]): Promise<Trial> => {
    await pause();
    const weights = model.weights.slice();
    putWeights(weights, tensors);
    const document = { ...shown.document, words: refitWords(shown, weights) };
    await pause();
    const bytes = await writeCompact({ document, tensors, map: model.map });
    await pause();
    const packed = await readCompact(bytes);
    await pause();
    const cost = packingCost(model, packed, measured);
    // Words that have no place yet will be placed among settings.
    const moves = words === 0 && curvesMovedDb(model, packed, tried) >= MOST_COST.wordCurvesDb;
    return { bytes, cost, cheap: isCheap(cost) && !moves };
  };
  const { bytes, cost } =
    bits === undefined
      ? await cheapest(async (coarseness) => trial(await quantiser.rounded(coarseness)))
      : await trial(quantiser.roundedTo(bits));
  const held = measured.heldOut.reduce((sum, flag) => sum + flag, 0);
  const weights = quantiser.weights;
  return {
    fragment: await frameLink(2, bytes),
    weights,
    bitsPerWeight: (8 * bytes.length) / weights,
    cost,
    measuredOn: rows === null ? 'made-up settings' : held > 0 ? 'held-out rows' : 'rows',
    measured: held > 0 ? held : measured.rows.length,
    words,
  };
}

interface Trial {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly cost: PackingCost;
  readonly cheap: boolean;
}

/** By halving what is between steps that are too coarse and steps that are not. */
async function cheapest(trial: (coarseness: number) => Promise<Trial>): Promise<Trial> {
  let [fine, coarse] = [FINEST, COARSEST + 1];
  let best: Trial | null = null;
  while (coarse - fine > 1) {
    const middle = Math.ceil((fine + coarse) / 2);
    const tried = await trial(middle);
    if (tried.cheap) [fine, best] = [middle, tried];
    else coarse = middle;
  }
  best ??= await trial(FINEST);
  if (best.cheap) return best;
  throw new InputError(
    'No short link can be made of this model: rounding its weights changes what it says, however little they are rounded. Download the model file and send that instead.',
  );
}

function checkSize({ document }: Model): void {
  const { total } = parameterTable(document.spec);
  if (total <= MOST_WEIGHTS) return;
  throw new InputError(
    `This model is too large for a link (${thousands(total)} weights; a link carries at most ${thousands(MOST_WEIGHTS)}): download the model file and send that instead.`,
  );
}

function checkBits(bits: number | undefined): void {
  if (bits === undefined) return;
  if (Number.isInteger(bits) && bits >= LEAST_LINK_BITS && bits <= MOST_LINK_BITS) return;
  throw new InputError(
    `A link gives each weight ${String(LEAST_LINK_BITS)} to ${String(MOST_LINK_BITS)} bits, in whole numbers; ${String(bits)} cannot be had.`,
  );
}

/** What the weights are fitted to: training rows, all along the file, and settings that nobody made. */
function fitted(
  { rows, heldOut }: MeasuredRows,
  madeUp: readonly Pick<SafeRow, 'setting'>[],
): readonly SafeRow['setting'][] {
  const training = rows.filter((_, row) => heldOut[row] !== 1);
  const stride = Math.ceil(training.length / FITTED_ROWS);
  const some = training.filter((_, row) => row % stride === 0);
  return [...some, ...madeUp.slice(0, FITTED_SETTINGS)].map(({ setting }) => setting);
}
