/** Rounds a model's weights to steps that cost what it makes of settings as little as can be. */
import { curvesOf, meanSquares } from '../analysis/metrics/curves';
import type { EqSetting } from '../eq/parameters';
import { mean } from '../math/mean';
import { encodeSettings } from '../model/encode-settings';
import { decodeRows, encodeRows } from '../model/inference';
import { encoderInputs } from '../model/inputs';
import type { Model } from '../model/model';
import { denormalise } from '../model/normaliser';
import type { TensorEntry } from '../model/parameter-table';
import {
  columnsOf,
  putWeights,
  QUARTERS,
  stepOf,
  usedTensors,
  type QuantisedTensor,
} from '../share/compact/quantised-tensor';
import { InputMoments, roundLayer, roundToSteps } from './round-layer';

/** Of the exponents of steps, which take a byte. */
const SMALLEST_STEP = -127;
const LARGEST_STEP = 127;
/** Steps in the root mean square of a tensor that no setting depends on. */
const IDLE_STEPS = 64;
/** Words are as many as the rows times this, where a decoder is fitted to both. */
const WORDS_SHARE = 0.5;
/** Rows on which each tensor is tried alone. */
const TRIED_ROWS = 120;
/** Bits that a bias has above those of a weight, where all are given the same. */
const BITS_OF_VECTORS = 4;

type Weighted = Pick<Model, 'document' | 'weights'>;

/** Lets others have a turn. */
type Pause = () => Promise<void>;

/** How a tensor is to be rounded. */
interface Fineness {
  /** Of a step that costs 1 dB² times the number of weights; where idle, of the step itself. */
  readonly exponent: number;
  /** No setting depends on it, as on a word head. */
  readonly idle: boolean;
}

/** Rounds one model's weights, finer or coarser. */
export class Quantiser {
  readonly #model: Weighted;
  readonly #entries: readonly TensorEntry[];
  /** Of the layers that settings go through, by the prefix of their names. */
  readonly #triangles: ReadonlyMap<string, Float64Array>;
  readonly #tried: readonly EqSetting[];
  readonly #pause: Pause;
  #fineness: ReadonlyMap<string, Fineness> | null = null;

  private constructor(
    model: Weighted,
    settings: readonly EqSetting[],
    triangles: ReadonlyMap<string, Float64Array>,
    pause: Pause,
  ) {
    this.#model = model;
    this.#entries = usedTensors(model.document.spec);
    this.#triangles = triangles;
    this.#pause = pause;
    const stride = Math.ceil(settings.length / TRIED_ROWS);
    this.#tried = settings.filter((_, i) => i % stride === 0);
  }

  /**
   * @param settings that stand for all that the model will be used on
   * @param pause    called between one layer and the next, so that others get a turn
   */
  static async of(
    model: Weighted,
    settings: readonly EqSetting[],
    pause: Pause,
  ): Promise<Quantiser> {
    return new Quantiser(model, settings, await trianglesOf(model, settings, pause), pause);
  }

  /** How many weights it rounds. */
  get weights(): number {
    return this.#entries.reduce((sum, { size }) => sum + size, 0);
  }

  /**
   * Each tensor with such a step that a weight of any costs the settings as much: what costs least
   * for the bits, since one bit more of a weight has its cost divided by four, wherever it is.
   *
   * @param coarseness in quarters of powers of 2; a mean square of 2^(coarseness / 2) dB² a weight
   */
  async rounded(coarseness: number): Promise<readonly QuantisedTensor[]> {
    this.#fineness ??= await this.#measuredFineness();
    const fineness = this.#fineness;
    return this.#roundedBy(({ entry, largest }) => {
      const { exponent, idle } = fineness.get(entry.name) ?? { exponent: 0, idle: false };
      // One step is never larger than all there is.
      return Math.min(idle ? exponent : exponent + coarseness, exponentOf(largest));
    });
  }

  /** Each weight with steps that so many bits can count, biases and scales with finer ones. */
  roundedTo(bits: number): readonly QuantisedTensor[] {
    return this.#roundedBy(({ entry, largest }) => {
      const own = entry.role === 'weight' ? bits : bits + BITS_OF_VECTORS;
      return exponentOf(largest / (2 ** (own - 1) - 1));
    });
  }

  #roundedBy(exponent: (tensor: { entry: TensorEntry; largest: number }) => number) {
    const exponents = new Map(
      this.#entries.map((entry) => {
        const largest = this.#values(entry).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        const own = Math.round(exponent({ entry, largest }));
        return [entry.name, Math.max(SMALLEST_STEP, Math.min(LARGEST_STEP, own))];
      }),
    );
    return this.#round(this.#entries, (name) => exponents.get(name) ?? 0);
  }

  #round(
    entries: readonly TensorEntry[],
    exponentOfTensor: (name: string) => number,
  ): QuantisedTensor[] {
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    const rounded = new Map<string, Int32Array>();
    for (const entry of entries) {
      if (entry.role !== 'weight') continue;
      const layer = entry.name.slice(0, -'.weight'.length);
      const bias = byName.get(`${layer}.bias`);
      const triangle = this.#triangles.get(layer);
      if (bias === undefined || triangle === undefined) continue;
      const steps = {
        weight: stepOf(exponentOfTensor(entry.name)),
        bias: stepOf(exponentOfTensor(bias.name)),
      };
      const both = roundLayer(this.#values(entry), this.#values(bias), steps, triangle);
      rounded.set(entry.name, both.weight).set(bias.name, both.bias);
    }
    return entries.map((entry) => {
      const exponent = exponentOfTensor(entry.name);
      const numbers =
        rounded.get(entry.name) ?? roundToSteps(this.#values(entry), stepOf(exponent));
      return { entry, exponent, numbers };
    });
  }

  async #measuredFineness(): Promise<ReadonlyMap<string, Fineness>> {
    const before = this.#curves(this.#model.weights);
    const measured = new Map<string, Fineness>();
    for (const entry of this.#entries) {
      await this.#pause();
      measured.set(entry.name, this.#finenessOf(entry, before));
    }
    return measured;
  }

  #finenessOf(entry: TensorEntry, before: Float64Array): Fineness {
    const values = this.#values(entry);
    const size = Math.sqrt(mean(Float64Array.from(values, (value) => value ** 2)));
    const tried = exponentOf(size / QUARTERS);
    const weights = this.#model.weights.slice();
    putWeights(weights, this.#roundAlone(entry, tried));
    const cost = mean(meanSquares(this.#curves(weights), before)) / entry.size;
    if (cost === 0) return { exponent: exponentOf(size / IDLE_STEPS), idle: true };
    return { exponent: exponentOf(stepOf(tried) / Math.sqrt(cost)), idle: false };
  }

  /** The tensor rounded; where it is a weight, its layer's bias makes good what it can, unrounded. */
  #roundAlone(entry: TensorEntry, exponent: number): readonly QuantisedTensor[] {
    const layer = entry.name.slice(0, -'.weight'.length);
    const bias = this.#entries.find(({ name }) => name === `${layer}.bias`);
    const own = entry.role === 'weight' && bias !== undefined ? [entry, bias] : [entry];
    return this.#round(own, (name) => (name === entry.name ? exponent : UNROUNDED));
  }

  #values({ offset, size }: TensorEntry): Float32Array {
    return this.#model.weights.subarray(offset, offset + size);
  }

  #curves(weights: Float32Array): Float64Array {
    const { document } = this.#model;
    const model = { document, weights };
    const decoded = decodeRows(document.spec, weights, encodeSettings(model, this.#tried));
    return curvesOf(this.#tried.map((_, row) => denormalise(decoded, document.normaliser, row)));
  }
}

/** Of a step far below what any bias notices. */
const UNROUNDED = -80;

/** The nearest; the smallest, of nothing. */
function exponentOf(step: number): number {
  return step > 0 ? Math.round(QUARTERS * Math.log2(step)) : SMALLEST_STEP;
}

/** How the inputs of each layer go together that the settings go through. */
async function trianglesOf(
  { document, weights }: Weighted,
  settings: readonly EqSetting[],
  pause: Pause,
): Promise<ReadonlyMap<string, Float64Array>> {
  const { spec, normaliser, words } = document;
  const moments = new Map<string, InputMoments>();
  const widths = new Map(usedTensors(spec).map((entry) => [entry.name, columnsOf(entry)] as const));
  const watch = (layer: string, inputs: Float64Array): void => {
    const own = moments.get(layer) ?? new InputMoments(widths.get(`${layer}.weight`) ?? 1);
    own.add(inputs);
    moments.set(layer, own);
  };
  const latents = encodeRows(spec, weights, encoderInputs(spec, settings, normaliser), watch);
  const placed = words.flatMap(({ centroid }) => (centroid === null ? [] : [centroid]));
  const times = Math.ceil((WORDS_SHARE * settings.length) / Math.max(1, placed.length));
  const wordLatents = Array.from({ length: times }, () => placed.flat()).flat();
  await pause();
  decodeRows(spec, weights, Float32Array.from([...latents, ...wordLatents]), watch);
  const triangles = new Map<string, Float64Array>();
  for (const [layer, own] of moments) {
    await pause();
    triangles.set(layer, own.triangle());
  }
  return triangles;
}
