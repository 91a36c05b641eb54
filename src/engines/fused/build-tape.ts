/** From a model's spec to the tape of its training step. */
import { PARAMETER_COUNT } from '../../eq/parameters';
import { blocksOf, type BlockShape } from '../../model/parameter-table';
import type { ModelSpec } from '../../model/spec';
import { Arena, type Layout } from './arena';
import type { Activation, Finish, LinearLayer, Matrix, Op, Phase, Span, Tape } from './tape';
import { TapeParameters } from './tape-parameters';
import { gradientOps, type Contribution, type Value } from './tape-values';

export interface TapeOptions {
  readonly batchSize: number;
  /** Whether activations are dropped in training. */
  readonly dropout: boolean;
  readonly layout: Layout;
  /** Where the arena's first matrix goes, a multiple of 16 floats: 0 where left out. */
  readonly start?: number;
}

export function buildTape(spec: ModelSpec, options: TapeOptions): Tape {
  return new TapeBuilder(spec, options).build();
}

/** A part of the model whose forward operations are on the tape. */
interface Part {
  readonly output: Value;
  /**
   * Puts the backward operations on the tape, given the gradient of `output`.
   *
   * @returns what the part adds to the gradient of its input
   */
  readonly back: () => Contribution[];
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
    const inputs = this.#rows('inputs', PARAMETER_COUNT);
    const labels = this.#perRow('labels');
    forward.push({ op: 'gather', inputs, labels });

    const input = this.#value(inputs, 'none', null, null);
    const encoder = this.#half('encoder', 'encoder.to_latent', input, 'tanh');
    const latent = encoder.output;
    const encode = this.#span(1, inputs, latent.data);

    const contrast = this.#contrast(latent, labels);

    const start = forward.length;
    const decoder = this.#half('decoder', 'decoder.output_head', latent, 'sigmoid');
    const decode = this.#span(start, latent.data, decoder.output.data);

    const errors = this.#perRow('reconstruction losses');
    forward.push(
      ...gradientOps(decoder.output, [
        {
          make: (gradient, finish) => ({
            op: 'reconstruction',
            kind: 'mse',
            output: decoder.output.data,
            target: inputs,
            losses: errors,
            gradient,
            finish,
          }),
        },
      ]),
    );

    const fromContrast = contrast.back();
    const fromDecoder = decoder.back();
    backward.push(...gradientOps(latent, [...fromContrast, ...fromDecoder]));
    // What the encoder would add to the gradient of the inputs is of no use.
    encoder.back();
    update.push({ op: 'sumLosses', reconstruction: errors, contrastive: contrast.losses });

    return {
      spec: this.#spec,
      batchSize: this.#options.batchSize,
      phases: this.#phases,
      encode,
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

  /** Residual blocks, then linear, activation, linear, `last`. */
  #half(half: 'encoder' | 'decoder', head: string, input: Value, last: Activation): Part {
    const { activation } = this.#spec;
    const parts: Part[] = [];
    const inputOf = (): Value => parts.at(-1)?.output ?? input;
    for (const shape of blocksOf(this.#spec, half)) parts.push(this.#block(shape, inputOf()));
    parts.push(this.#dense(`${head}.0`, inputOf(), activation));
    parts.push(this.#dense(`${head}.2`, inputOf(), last));
    return {
      output: inputOf(),
      back: () =>
        parts.reduceRight<Contribution[]>((contributions, part, i) => {
          // The gradient of the last part's output is the caller's doing.
          if (i < parts.length - 1) {
            this.#phases.backward.push(...gradientOps(part.output, contributions));
          }
          return part.back();
        }, []),
    };
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
    const site = this.#sites++;
    const first = this.#parameters.layer(`${prefix}.main_path.0`);
    const second = this.#parameters.layer(`${prefix}.main_path.4`);
    const skip = inputs === outputs ? null : this.#parameters.layer(`${prefix}.skip`);

    const factors = this.#options.dropout ? this.#rows(`${prefix} factors`, outputs) : null;
    if (factors !== null) forward.push({ op: 'dropout', factors, site });
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
