/** The layers of a model while a tape is built: the way forward, and how gradients come back. */
import { LATENT_SKIP, blocksOf, headOf, type BlockShape } from '../../model/parameter-table';
import type { ModelSpec } from '../../recipe/model-spec';
import type { BatchRoom } from './batch-room';
import type { Activation, Finish, LinearLayer, Matrix, Op, Phase } from './tape';
import type { TapeParameters } from './tape-parameters';
import type { Part, PartMaker } from './tape-parts';
import { gradientOps, type Contribution, type Value } from './tape-values';

interface LayersOf {
  readonly spec: ModelSpec;
  /** Whether activations are dropped in training. */
  readonly dropout: boolean;
  readonly parameters: TapeParameters;
  readonly room: BatchRoom;
  /** Where the operations go. */
  readonly phases: Readonly<Record<Phase, Op[]>>;
}

export class TapeLayers {
  readonly #spec: ModelSpec;
  readonly #drops: boolean;
  readonly #parameters: TapeParameters;
  readonly #room: BatchRoom;
  readonly #phases: Readonly<Record<Phase, Op[]>>;
  /** Dropout sites so far. */
  #sites = 0;

  constructor({ spec, dropout, parameters, room, phases }: LayersOf) {
    this.#spec = spec;
    this.#drops = dropout;
    this.#parameters = parameters;
    this.#room = room;
    this.#phases = phases;
  }

  /** A half without its last linear layer. */
  body(half: 'encoder' | 'decoder'): PartMaker[] {
    const { body, activation } = this.#spec;
    const { inner } = headOf(this.#spec, half);
    const hidden = blocksOf(this.#spec, half).map(
      (shape): PartMaker =>
        (x) =>
          body === 'plain' ? this.#layer(shape, x) : this.#block(shape, x),
    );
    return inner === null ? hidden : [...hidden, (x) => this.dense(inner, x, activation)];
  }

  /** y = activation(x · weightᵀ + bias + add) */
  dense(prefix: string, x: Value, activation: Activation, add: Matrix | null = null): Part {
    const layer = this.#parameters.layer(prefix);
    const width = layer.weight.value.rows;
    const kept = this.#room.kept(prefix, width, activation);
    const output = this.#room.value(this.#room.rows(prefix, width), activation, kept, null);
    this.#phases.forward.push({
      op: 'linear',
      x: x.data,
      layer,
      y: output.data,
      finish: { add, activation, kept, factors: null },
    });
    return { output, back: () => [this.#linearBack(x.data, output.gradient, layer)] };
  }

  /** The encoder's last layer, to whose result a linear function of the inputs may be added. */
  latent(prefix: string, x: Value, inputs: Matrix, activation: Activation): Part {
    if (!this.#spec.latentSkip) return this.dense(prefix, x, activation);
    const skip = this.#parameters.layer(LATENT_SKIP);
    const skipped = this.#room.rows(LATENT_SKIP, skip.weight.value.rows);
    const finish: Finish = { add: null, activation: 'none', kept: null, factors: null };
    this.#phases.forward.push({ op: 'linear', x: inputs, layer: skip, y: skipped, finish });
    const { output, back } = this.dense(prefix, x, activation, skipped);
    return {
      output,
      back: () => {
        // What it would add to the gradient of the inputs is of no use.
        this.#linearBack(inputs, output.gradient, skip);
        return back();
      },
    };
  }

  /** Rows of length 1. */
  unit(name: string, x: Value): Part {
    const { columns } = x.data;
    const output = this.#room.value(this.#room.rows(name, columns), 'none', null, null);
    const operands = { unit: output.data, inverse: this.#room.perRow(`${name} inverse`) };
    const transposed = this.#room.transposed(name, columns);
    this.#phases.forward.push({ op: 'unitRows', x: x.data, transposed, ...operands });
    return {
      output,
      back: () => [
        {
          make: (gradient, finish) => ({
            op: 'unitRowsBack',
            ...operands,
            unitGradient: output.gradient,
            gradient,
            finish,
          }),
        },
      ],
    };
  }

  /**
   * y = activation(normalise(linear(h)) + skip(x)), h = dropout(activation(normalise(linear(x)))).
   */
  #block({ prefix, inputs, outputs }: BlockShape, x: Value): Part {
    const { forward } = this.#phases;
    const { activation } = this.#spec;
    const first = this.#parameters.layer(`${prefix}.main_path.0`);
    const second = this.#parameters.layer(`${prefix}.main_path.4`);
    const skip = inputs === outputs ? null : this.#parameters.layer(`${prefix}.skip`);

    const factors = this.#dropout(prefix, outputs);
    const hiddenKept = this.#room.kept(`${prefix} hidden`, outputs, activation);
    const hidden = this.#room.value(
      this.#room.rows(`${prefix} hidden`, outputs),
      activation,
      hiddenKept,
      factors,
    );
    const hiddenBack = this.#normalisedLinear(`${prefix}.main_path.1`, x.data, first, hidden, {
      add: null,
      activation,
      kept: hiddenKept,
      factors,
    });

    let skipped = x.data;
    if (skip !== null) {
      skipped = this.#room.rows(`${prefix}.skip`, outputs);
      const finish: Finish = { add: null, activation: 'none', kept: null, factors: null };
      forward.push({ op: 'linear', x: x.data, layer: skip, y: skipped, finish });
    }
    const kept = this.#room.kept(prefix, outputs, activation);
    const output = this.#room.value(this.#room.rows(prefix, outputs), activation, kept, null);
    const outputBack = this.#normalisedLinear(
      `${prefix}.main_path.5`,
      hidden.data,
      second,
      output,
      { add: skipped, activation, kept, factors: null },
    );

    return {
      output,
      back: () => {
        this.#phases.backward.push(...gradientOps(hidden, [outputBack()]));
        const around =
          skip === null
            ? { ready: output.gradient }
            : this.#linearBack(x.data, output.gradient, skip);
        return [around, hiddenBack()];
      },
    };
  }

  /** y = dropout(activation(normalise(linear(x)))) */
  #layer({ prefix, outputs }: BlockShape, x: Value): Part {
    const { activation } = this.#spec;
    const factors = this.#dropout(prefix, outputs);
    const kept = this.#room.kept(prefix, outputs, activation);
    const output = this.#room.value(this.#room.rows(prefix, outputs), activation, kept, factors);
    const layer = this.#parameters.layer(`${prefix}.0`);
    const finish: Finish = { add: null, activation, kept, factors };
    const back = this.#normalisedLinear(`${prefix}.1`, x.data, layer, output, finish);
    return { output, back: () => [back()] };
  }

  /** Factors for the next hidden layer; null where nothing is dropped. */
  #dropout(prefix: string, width: number): Matrix | null {
    const site = this.#sites++;
    if (!this.#drops) return null;
    const factors = this.#room.rows(`${prefix} factors`, width);
    this.#phases.forward.push({ op: 'dropout', factors, site });
    return factors;
  }

  /**
   * y = finish(normalise(linear(x))); the product is finished at once when the spec has no
   * normalisation.
   *
   * @returns what puts the way back on the tape, given y's gradient
   */
  #normalisedLinear(
    normPrefix: string,
    x: Matrix,
    layer: LinearLayer,
    y: Value,
    finish: Finish,
  ): () => Contribution {
    const { forward, backward, update } = this.#phases;
    if (this.#spec.normalisation === 'none') {
      forward.push({ op: 'linear', x, layer, y: y.data, finish });
      return () => this.#linearBack(x, y.gradient, layer);
    }
    const { columns } = y.data;
    const norm = this.#parameters.norm(normPrefix);
    const unit = this.#room.rows(normPrefix, columns);
    const inverse = this.#room.perRow(`${normPrefix} inverse`);
    const plain: Finish = { add: null, activation: 'none', kept: null, factors: null };
    forward.push(
      { op: 'linear', x, layer, y: unit, finish: plain },
      { op: 'normalise', x: unit, inverse, norm, y: y.data, finish },
    );
    return () => {
      const gradient = this.#room.rows(`gradient of ${normPrefix}`, columns);
      const outputGradient = y.gradient;
      backward.push({ op: 'normaliseBack', outputGradient, unit, inverse, norm, gradient });
      update.push({ op: 'updateNorm', unit, outputGradient, norm });
      return this.#linearBack(x, gradient, layer);
    };
  }

  /** Notes the layer's update, and returns what it adds to the gradient of x. */
  #linearBack(x: Matrix, outputGradient: Matrix, layer: LinearLayer): Contribution {
    this.#phases.update.push({ op: 'updateLinear', x, outputGradient, layer });
    return {
      make: (gradient, finish) => ({ op: 'linearBack', outputGradient, layer, gradient, finish }),
    };
  }
}
