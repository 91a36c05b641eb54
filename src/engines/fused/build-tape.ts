/** From a model's spec to the tape of its training step. */
import { inputWidth } from '../../model/inputs';
import { LOG_VARIANCE_HEAD, blocksOf, headOf, type BlockShape } from '../../model/parameter-table';
import type { ModelSpec } from '../../model/spec';
import type { Examples, StepSettings } from '../engine';
import { Arena, type Layout } from './arena';
import { comparison, examplesBeside, type RoomForRows } from './tape-comparison';
import type { Activation, Finish, LinearLayer, Matrix, Op, Phase, Span, Tape } from './tape';
import { chain, type Part, type PartMaker } from './tape-parts';
import { TapeParameters } from './tape-parameters';
import { gradientOps, type Contribution, type Value } from './tape-values';

export interface TapeOptions {
  readonly batchSize: number;
  /** Whether activations are dropped in training. */
  readonly dropout: boolean;
  readonly reconstruction: StepSettings['reconstruction'];
  /** Whether the examples have targets of their own. */
  readonly targets: boolean;
  /** Whether the examples have a mask. */
  readonly mask: boolean;
  readonly layout: Layout;
  /** Where the arena's first matrix goes, a multiple of 16 floats: 0 where left out. */
  readonly start?: number;
}

/** What a run's settings and examples say of its tape. */
export function tapeOptions(
  { batchSize, dropout, reconstruction }: StepSettings,
  { targets, mask }: Pick<Examples, 'targets' | 'mask'>,
): Omit<TapeOptions, 'layout' | 'start'> {
  return {
    batchSize,
    dropout: dropout > 0,
    reconstruction,
    targets: targets !== undefined,
    mask: mask !== undefined,
  };
}

/** @throws InputError where the loss cannot be of the inputs and the examples have no targets */
export function buildTape(spec: ModelSpec, options: TapeOptions): Tape {
  return new TapeBuilder(spec, options).build();
}

interface Encoder extends Pick<Part, 'output'> {
  /** From the inputs to what stands for a row in use. */
  readonly encode: Span;
  /** Of each row, [1, batch]; null where the model is not variational. */
  readonly kl: Matrix | null;
  /** Puts the backward operations on the tape, given the gradient of `output`. */
  readonly back: () => void;
}

class TapeBuilder {
  readonly #spec: ModelSpec;
  readonly #options: TapeOptions;
  readonly #arena: Arena;
  readonly #parameters: TapeParameters;
  readonly #phases: Record<Phase, Op[]> = {
    forward: [],
    contrastive: [],
    backward: [],
    update: [],
  };
  /** Dropout sites so far. */
  #sites = 0;

  constructor(spec: ModelSpec, options: TapeOptions) {
    this.#spec = spec;
    this.#options = options;
    this.#arena = new Arena(options.layout, options.start);
    this.#parameters = new TapeParameters(spec, this.#arena);
  }

  build(): Tape {
    const { forward, backward, update } = this.#phases;
    const inputs = this.#rows('inputs', inputWidth(this.#spec));
    const rows: RoomForRows = (name, width) => this.#rows(name, width);
    const { targets, mask } = examplesBeside(this.#spec, this.#options, rows);
    const labels = this.#perRow('labels');
    forward.push({ op: 'gather', inputs, targets, mask, labels });

    const input = this.#value(inputs, 'none', null, null);
    const encoder = this.#encoder(input);
    const latent = encoder.output;

    const contrast = this.#contrast(latent, labels);

    const start = forward.length;
    const decoder = chain(backward, latent, [
      ...this.#body('decoder'),
      (x) => this.#dense(headOf(this.#spec, 'decoder').last, x, this.#spec.output),
    ]);
    const decode = this.#span(start, latent.data, decoder.output.data);

    const errors = this.#perRow('reconstruction losses');
    const compared = {
      output: decoder.output.data,
      target: targets ?? inputs,
      mask,
      losses: errors,
    };
    const { reconstruction } = this.#options;
    forward.push(...gradientOps(decoder.output, [comparison(reconstruction, compared, rows)]));

    const fromContrast = contrast.back();
    const fromDecoder = decoder.back();
    backward.push(...gradientOps(latent, [...fromContrast, ...fromDecoder]));
    encoder.back();
    update.push({
      op: 'sumLosses',
      reconstruction: errors,
      contrastive: contrast.losses,
      kl: encoder.kl,
    });

    return {
      spec: this.#spec,
      batchSize: this.#options.batchSize,
      phases: this.#phases,
      encode: encoder.encode,
      decode,
      parameters: this.#parameters.all,
      layers: this.#parameters.layers,
      matrices: this.#arena.matrices,
      arenaSize: this.#arena.size,
    };
  }

  /** The forward operations from number `start` on. */
  #span(start: number, input: Matrix, output: Matrix): Span {
    return { ops: this.#phases.forward.slice(start), input, output };
  }

  /** What the encoder would add to the gradient of the inputs is of no use. */
  #encoder(input: Value): Encoder {
    const { backward } = this.#phases;
    const { last } = headOf(this.#spec, 'encoder');
    const body = this.#body('encoder');
    if (this.#spec.variational) {
      return this.#sampling(input, chain(backward, input, body), last);
    }
    const { latentActivation } = this.#spec;
    const whole = chain(
      backward,
      input,
      latentActivation === 'unit'
        ? [...body, (x) => this.#dense(last, x, 'none'), (x) => this.#unit('latent', x)]
        : [...body, (x) => this.#dense(last, x, latentActivation)],
    );
    return { ...whole, encode: this.#span(1, input.data, whole.output.data), kl: null };
  }

  /** Mean and log-variance side by side, and the latent that is drawn. */
  #sampling(input: Value, body: Part, meanPrefix: string): Encoder {
    const { forward, backward } = this.#phases;
    const mean = this.#dense(meanPrefix, body.output, 'none');
    const encode = this.#span(1, input.data, mean.output.data);
    const logVariance = this.#dense(LOG_VARIANCE_HEAD, body.output, 'none');
    const { latent } = this.#spec;
    const z = this.#value(this.#rows('latent', latent), 'none', null, null);
    const losses = this.#perRow('KL losses');
    const operands = {
      mean: mean.output.data,
      logVariance: logVariance.output.data,
      deviation: this.#rows('deviation', latent),
    };
    forward.push({ op: 'sample', ...operands, z: z.data, losses });
    const back = (): void => {
      backward.push({
        op: 'sampleBack',
        ...operands,
        outputGradient: z.gradient,
        meanGradient: mean.output.gradient,
        logVarianceGradient: logVariance.output.gradient,
      });
      backward.push(...gradientOps(body.output, [...mean.back(), ...logVariance.back()]));
      body.back();
    };
    return { output: z, encode, kl: losses, back };
  }

  /** A half without its last linear layer. */
  #body(half: 'encoder' | 'decoder'): PartMaker[] {
    const { body, activation } = this.#spec;
    const { inner } = headOf(this.#spec, half);
    const hidden = blocksOf(this.#spec, half).map(
      (shape): PartMaker =>
        (x) =>
          body === 'plain' ? this.#layer(shape, x) : this.#block(shape, x),
    );
    return inner === null ? hidden : [...hidden, (x) => this.#dense(inner, x, activation)];
  }

  /** y = activation(x · weightᵀ + bias) */
  #dense(prefix: string, x: Value, activation: Activation): Part {
    const layer = this.#parameters.layer(prefix);
    const width = layer.weight.value.rows;
    const kept = this.#kept(prefix, width, activation);
    const output = this.#value(this.#rows(prefix, width), activation, kept, null);
    this.#phases.forward.push({
      op: 'linear',
      x: x.data,
      layer,
      y: output.data,
      finish: { add: null, activation, kept, factors: null },
    });
    return { output, back: () => [this.#linearBack(x.data, output.gradient, layer)] };
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
    const hiddenKept = this.#kept(`${prefix} hidden`, outputs, activation);
    const hidden = this.#value(
      this.#rows(`${prefix} hidden`, outputs),
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
      skipped = this.#rows(`${prefix}.skip`, outputs);
      const finish: Finish = { add: null, activation: 'none', kept: null, factors: null };
      forward.push({ op: 'linear', x: x.data, layer: skip, y: skipped, finish });
    }
    const kept = this.#kept(prefix, outputs, activation);
    const output = this.#value(this.#rows(prefix, outputs), activation, kept, null);
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
    const kept = this.#kept(prefix, outputs, activation);
    const output = this.#value(this.#rows(prefix, outputs), activation, kept, factors);
    const layer = this.#parameters.layer(`${prefix}.0`);
    const finish: Finish = { add: null, activation, kept, factors };
    const back = this.#normalisedLinear(`${prefix}.1`, x.data, layer, output, finish);
    return { output, back: () => [back()] };
  }

  /** Factors for the next hidden layer; null where nothing is dropped. */
  #dropout(prefix: string, width: number): Matrix | null {
    const site = this.#sites++;
    if (!this.#options.dropout) return null;
    const factors = this.#rows(`${prefix} factors`, width);
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
    const unit = this.#rows(normPrefix, columns);
    const inverse = this.#perRow(`${normPrefix} inverse`);
    const plain: Finish = { add: null, activation: 'none', kept: null, factors: null };
    forward.push(
      { op: 'linear', x, layer, y: unit, finish: plain },
      { op: 'normalise', x: unit, inverse, norm, y: y.data, finish },
    );
    return () => {
      const gradient = this.#rows(`gradient of ${normPrefix}`, columns);
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

  /** Rows of length 1. */
  #unit(name: string, x: Value): Part {
    const { columns } = x.data;
    const output = this.#value(this.#rows(name, columns), 'none', null, null);
    const operands = { unit: output.data, inverse: this.#perRow(`${name} inverse`) };
    const { batchSize } = this.#options;
    const transposed = this.#arena.panels(`transposed ${name}`, columns, batchSize, 'columns');
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

  /** The contrastive loss on the projection, or on the latent itself. */
  #contrast(latent: Value, labels: Matrix): Pick<Part, 'back'> & { readonly losses: Matrix } {
    const { projection } = this.#spec;
    const { batchSize } = this.#options;
    const head = projection === null ? null : this.#dense('encoder.semantic_proj', latent, 'none');
    const points = head?.output ?? latent;
    const width = points.data.columns;
    const unit = this.#rows('unit points', width);
    const transposed = this.#arena.panels('transposed points', width, batchSize, 'columns');
    const inverse = this.#perRow('unit points inverse');
    const pairs = this.#arena.rowMajor('pairs', batchSize, batchSize, 'both');
    const logSums = this.#perRow('log-sums');
    const shares = this.#perRow('shares');
    const losses = this.#perRow('contrastive losses');
    this.#phases.forward.push({ op: 'unitRows', x: points.data, unit, transposed, inverse });
    this.#phases.contrastive.push({
      op: 'similarity',
      unit,
      transposed,
      labels,
      pairs,
      logSums,
      shares,
      losses,
    });
    const back = (): Contribution[] => {
      const { backward } = this.#phases;
      const unitGradient = this.#rows('gradient of unit points', width);
      backward.push({
        op: 'similarityBack',
        pairs,
        logSums,
        shares,
        labels,
        unit,
        gradient: unitGradient,
      });
      const contribution: Contribution = {
        make: (gradient, finish) => ({
          op: 'unitRowsBack',
          unit,
          inverse,
          unitGradient,
          gradient,
          finish,
        }),
      };
      if (head === null) return [contribution];
      backward.push(...gradientOps(points, [contribution]));
      return head.back();
    };
    return { losses, back };
  }

  #value(data: Matrix, activation: Activation, kept: Matrix | null, factors: Matrix | null): Value {
    const gradient = this.#rows(`gradient of ${data.name}`, data.columns);
    const saved = activation === 'none' ? null : (kept ?? data);
    return { data, gradient, activation, saved, factors };
  }

  /** Only SiLU's derivative cannot be told from its output. */
  #kept(name: string, width: number, activation: Activation): Matrix | null {
    return activation === 'silu' ? this.#rows(`${name} before silu`, width) : null;
  }

  #rows(name: string, width: number): Matrix {
    return this.#arena.rowMajor(name, this.#options.batchSize, width, 'rows');
  }

  #perRow(name: string): Matrix {
    return this.#arena.rowMajor(name, 1, this.#options.batchSize, 'columns');
  }
}
