/** Whether a model's settings are such as an engineer would make. */
import { curvesOf, meanSquares } from '../analysis/metrics/curves';
import { latentAt } from '../analysis/projection';
import type { SafeRow } from '../data/rows';
import { canonicalSetting } from '../eq/canonical-setting';
import type { EqSetting } from '../eq/parameters';
import { knobMoves, settingFights } from '../eq/setting-quality';
import { mean } from '../math/mean';
import { rowsWhere } from '../math/pick-rows';
import { SampleOf, sampleRows } from '../math/sample-rows';
import { randomUniform, Stream } from '../math/threefry';
import { encodeSettings } from '../model/encode-settings';
import { decodeRows } from '../model/inference';
import type { Model, ModelMap } from '../model/model';
import { denormalise } from '../model/normaliser';
import { decodeSetting, offeredClusters, wordSettings } from '../model/word-settings';
import type { RunPlan } from '../training/run-plan';

export interface SettingsPart {
  /** Share of people's rows of which two bands fight: see {@link settingFights}. */
  readonly people: number;
  /** Words and kinds of words, and how many of them fight. */
  readonly offered: number;
  readonly offeredFighting: number;
  /** Held-out rows, 1,000 at most; shares of their reconstructions that fight, as offered and as decoded. */
  readonly rows: number;
  readonly rowsFighting: number;
  readonly decodedFighting: number;
  /** Response error of the offered reconstructions less that of the decoded ones, dB. */
  readonly errorChangeDb: number;
  /** Places anywhere on the map, and the share of them whose settings fight. */
  readonly places: number;
  readonly placesFighting: number;
  /** Steps of 1 % of the map's width, and the share of them at which a knob jumps: see {@link knobMoves}. */
  readonly steps: number;
  readonly stepsJumping: number;
}

const MOST_ROWS = 1000;
const PLACES = 1000;
/** Of a walk over the map, unless another number is asked for. */
export const WALK_STEPS = 10_000;
/** Of the map's width. */
const STEP = 0.01;

interface Trained {
  readonly plan: RunPlan;
  readonly model: Model;
}

/**
 * @param steps of the walk over the map
 * @throws Error where the model has no map
 */
export function settingsPart({ plan: { set }, model }: Trained, steps: number): SettingsPart {
  const { document, map } = model;
  if (map === null) throw new Error('The model has no map.');
  const offered = [
    ...wordSettings(model).map(({ setting }) => setting),
    ...document.words.flatMap(({ schools }) =>
      offeredClusters(document, schools).map(({ setting }) => setting),
    ),
  ];
  const asked = sampleRows(rowsWhere(set.heldOut, 1), MOST_ROWS, SampleOf.figures);
  const settings = asked.flatMap((row) => set.rows.slice(row, row + 1)).map(settingOf);
  const decoded = reconstructed(model, settings);
  const canonical = decoded.map(canonicalSetting);
  const errorOf = (made: readonly EqSetting[]): number =>
    Math.sqrt(mean(meanSquares(curvesOf(settings), curvesOf(made))));
  const at = placesOf(map);
  const places = Array.from({ length: PLACES }, (_, i) => decodeSetting(model, at.anywhere(i)));
  return {
    people: shareOf(set.rows.map(settingOf), settingFights),
    offered: offered.length,
    offeredFighting: offered.filter(settingFights).length,
    rows: settings.length,
    rowsFighting: shareOf(canonical, settingFights),
    decodedFighting: shareOf(decoded, settingFights),
    errorChangeDb: errorOf(canonical) - errorOf(decoded),
    places: PLACES,
    placesFighting: shareOf(places, settingFights),
    steps,
    stepsJumping: jumps(model, at.walk(steps + 1)) / steps,
  };
}

function settingOf({ setting }: SafeRow): EqSetting {
  return setting;
}

function shareOf<T>(values: readonly T[], holds: (value: T) => boolean): number {
  return values.filter(holds).length / values.length;
}

/** As the decoder says them. */
function reconstructed(model: Model, settings: readonly EqSetting[]): EqSetting[] {
  const { spec, normaliser } = model.document;
  const made = decodeRows(spec, model.weights, encodeSettings(model, settings));
  return settings.map((_, row) => denormalise(made, normaliser, row));
}

/** How many steps of a walk over the map a knob jumps at. */
function jumps(model: Model, walk: Iterable<number[]>): number {
  let before: EqSetting | null = null;
  let jumping = 0;
  for (const latent of walk) {
    const after = decodeSetting(model, latent);
    if (before !== null && knobMoves(before, after)) jumping++;
    before = after;
  }
  return jumping;
}

/** Latents of places within the rectangle that holds all rows on the map. */
function placesOf({ points, origin, axes }: ModelMap) {
  const sides = [0, 1].map((axis) => {
    const values = points.filter((_, i) => i % 2 === axis);
    return { least: Math.min(...values), most: Math.max(...values) };
  });
  const [across = { least: 0, most: 0 }, up = { least: 0, most: 0 }] = sides;
  const width = across.most - across.least;
  const latentOf = (x: number, y: number): number[] => latentAt([x, y], { origin, axes });
  const random = (step: number, index: number): number =>
    randomUniform(0, Stream.places, step, index);
  const within = ({ least, most }: typeof across, share: number): number =>
    least + share * (most - least);
  /** Steps in any direction, turned round where one would leave the map. */
  const walk = function* (length: number): Generator<number[]> {
    let [x, y] = [within(across, 0.5), within(up, 0.5)];
    for (let i = 0; i < length; i++) {
      yield latentOf(x, y);
      const angle = 2 * Math.PI * random(1, i);
      const [dx, dy] = [STEP * width * Math.cos(angle), STEP * width * Math.sin(angle)];
      x += x + dx > across.most || x + dx < across.least ? -dx : dx;
      y += y + dy > up.most || y + dy < up.least ? -dy : dy;
    }
  };
  const anywhere = (number: number): number[] =>
    latentOf(within(across, random(0, 2 * number)), within(up, random(0, 2 * number + 1)));
  return { anywhere, walk };
}
