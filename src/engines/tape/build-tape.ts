/** From a model's spec to the tape of its training step. */
import { inputWidth } from '../../model/inputs';
import { LOG_VARIANCE_HEAD, WORD_HEAD, headOf } from '../../model/parameter-table';
import type { ModelSpec } from '../../recipe/model-spec';
import type { Examples, StepSettings } from '../engine';
import { Arena, type Layout } from './arena';
import { BatchRoom } from './batch-room';
import type { Matrix, Op, Phase, Span, Tape } from './tape';
import { comparison, examplesBeside } from './tape-comparison';
import { TapeLayers } from './tape-layers';
import { chain, type Part } from './tape-parts';
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

/** The loss that looks at words. */
interface OfWords extends Pick<Part, 'back'> {
  /** Of each row, [1, batch] */
  readonly losses: Matrix;
}

class TapeBuilder {
  readonly #spec: ModelSpec;
  readonly #options: TapeOptions;
  readonly #arena: Arena;
  readonly #parameters: TapeParameters;
  readonly #room: BatchRoom;
  readonly #layers: TapeLayers;
  readonly #phases: Record<Phase, Op[]> = {
    forward: [],
    contrastive: [],
    backward: [],
    update: [],
  };

  constructor(spec: ModelSpec, options: TapeOptions) {
    this.#spec = spec;
    this.#options = options;
    this.#arena = new Arena(options.layout, options.start);
    this.#parameters = new TapeParameters(spec, this.#arena);
    this.#room = new BatchRoom(this.#arena, options.batchSize);
    this.#layers = new TapeLayers({
      spec,
      dropout: options.dropout,
      parameters: this.#parameters,
      room: this.#room,
      phases: this.#phases,
    });
  }

  build(): Tape {
    const { forward, backward, update } = this.#phases;
    const inputs = this.#room.rows('inputs', inputWidth(this.#spec));
    const { targets, mask } = examplesBeside(this.#spec, this.#options, this.#room);
    const labels = this.#room.perRow('labels');
    const { wordHead } = this.#spec;
    const votes = wordHead === 0 ? null : this.#room.rows('votes', wordHead);
    forward.push({ op: 'gather', inputs, targets, mask, votes, labels });

    const input = this.#room.value(inputs, 'none', null, null);
    const encoder = this.#encoder(input);
    const latent = encoder.output;

    const ofWords = votes === null ? this.#contrast(latent, labels) : this.#wordLoss(latent, votes);

    const start = forward.length;
    const decoder = chain(backward, latent, [
      ...this.#layers.body('decoder'),
      (x) => this.#layers.dense(headOf(this.#spec, 'decoder').last, x, this.#spec.output),
    ]);
    const decode = this.#span(start, latent.data, decoder.output.data);

    const errors = this.#room.perRow('reconstruction losses');
    const compared = {
      output: decoder.output.data,
      target: targets ?? inputs,
      mask,
      losses: errors,
    };
    const { reconstruction } = this.#options;
    forward.push(
      ...gradientOps(decoder.output, [comparison(reconstruction, compared, this.#room)]),
    );

    const fromWords = ofWords.back();
    const fromDecoder = decoder.back();
    backward.push(...gradientOps(latent, [...fromWords, ...fromDecoder]));
    encoder.back();
    update.push({
      op: 'sumLosses',
      reconstruction: errors,
      contrastive: ofWords.losses,
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
    const body = this.#layers.body('encoder');
    if (this.#spec.variational) {
      return this.#sampling(input, chain(backward, input, body), last);
    }
    const { latentActivation } = this.#spec;
    const whole = chain(
      backward,
      input,
      latentActivation === 'unit'
        ? [
            ...body,
            (x) => this.#layers.latent(last, x, input.data, 'none'),
            (x) => this.#layers.unit('latent', x),
          ]
        : [...body, (x) => this.#layers.latent(last, x, input.data, latentActivation)],
    );
    return { ...whole, encode: this.#span(1, input.data, whole.output.data), kl: null };
  }

  /** Mean and log-variance side by side, and the latent that is drawn. */
  #sampling(input: Value, body: Part, meanPrefix: string): Encoder {
    const { forward, backward } = this.#phases;
    const mean = this.#layers.latent(meanPrefix, body.output, input.data, 'none');
    const encode = this.#span(1, input.data, mean.output.data);
    const logVariance = this.#layers.dense(LOG_VARIANCE_HEAD, body.output, 'none');
    const { latent } = this.#spec;
    const z = this.#room.value(this.#room.rows('latent', latent), 'none', null, null);
    const losses = this.#room.perRow('KL losses');
    const operands = {
      mean: mean.output.data,
      logVariance: logVariance.output.data,
      deviation: this.#room.rows('deviation', latent),
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

  /** The word head's loss. */
  #wordLoss(latent: Value, votes: Matrix): OfWords {
    const head = this.#layers.dense(WORD_HEAD, latent, 'none');
    const losses = this.#room.perRow('word losses');
    const { data: logits, gradient } = head.output;
    this.#phases.forward.push({ op: 'wordLoss', logits, votes, losses, gradient });
    return { losses, back: head.back };
  }

  /** The contrastive loss on the projection, or on the latent itself. */
  #contrast(latent: Value, labels: Matrix): OfWords {
    const { projection } = this.#spec;
    const head =
      projection === null ? null : this.#layers.dense('encoder.semantic_proj', latent, 'none');
    const points = head?.output ?? latent;
    const width = points.data.columns;
    const unit = this.#room.rows('unit points', width);
    const transposed = this.#room.transposed('points', width);
    const inverse = this.#room.perRow('unit points inverse');
    const pairs = this.#room.pairs('pairs');
    const logSums = this.#room.perRow('log-sums');
    const shares = this.#room.perRow('shares');
    const losses = this.#room.perRow('contrastive losses');
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
      const unitGradient = this.#room.rows('gradient of unit points', width);
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
}
