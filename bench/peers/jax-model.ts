/**
 * The reference model and its training step in jax-js, written as for JAX: one jitted function from
 * weights, optimiser and batch to new weights, optimiser and losses.
 *
 * jax-js counts references by hand: an array is used up by the function it is given to, and `.ref`
 * keeps it for another use. The model uses each weight once.
 */
import { jit, lax, nn, numpy as np, random, valueAndGrad } from '@jax-js/jax';
import { ADAM, type StepSettings } from '../../src/engines/engine';
import { blocksOf, type BlockShape } from '../../src/model/parameter-table';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../../src/recipe/model-spec';

/** Tensors by their names in the parameter table. */
export type Tensors = Record<string, np.Array>;

// Records, since jax-js does not take an interface for a tree of arrays.

/** What Adam changes. */
export type AdamTensors = Record<'weights' | 'firstMoment' | 'secondMoment', Tensors>;

/**
 * One batch, and what of the schedules a step needs: normalised parameters `x` [rows, 13] and the
 * `labels` of their words [rows]; scalars are the learning rate over the first moment's bias
 * correction (`stepSize`), 1 / √ of the second's (`secondScale`), and an unsigned 32-bit `seed` of
 * the dropout masks.
 */
type StepInputs = Record<
  'x' | 'labels' | 'contrastiveWeight' | 'stepSize' | 'secondScale' | 'seed',
  np.Array
>;

/** Trains on a batch: Adam's tensors after it, and its losses [reconstruction, contrastive]. */
export type Step = (adam: AdamTensors, inputs: StepInputs) => [AdamTensors, np.Array];

/** Compiled at its first call, and anew for a batch of another size. */
export function makeStep(spec: ModelSpec, settings: StepSettings): Step {
  return jit((adam: AdamTensors, inputs: StepInputs): [AdamTensors, np.Array] => {
    const { x, labels, contrastiveWeight, stepSize, secondScale, seed } = inputs;
    const loss = (weights: Tensors): [np.Array, np.Array] => {
      const net: Network = { spec, weights, dropout: settings.dropout, seed };
      const latents = encode(net, x.ref);
      const reconstruction = np.mean(np.square(decode(net, latents.ref).sub(x)));
      const contrastive = contrastiveLoss(project(net, latents), labels, settings);
      const losses = np.stack([reconstruction.ref, contrastive.ref]);
      return [reconstruction.add(contrastive.mul(contrastiveWeight)), lax.stopGradient(losses)];
    };
    const [[total, losses], gradient] = valueAndGrad(loss, { hasAux: true })(copy(adam.weights));
    total.dispose();
    const moved: AdamTensors = { weights: {}, firstMoment: {}, secondMoment: {} };
    for (const [name, g] of Object.entries(gradient)) {
      const { beta1, epsilon } = ADAM;
      const { beta2 } = settings;
      const first = named(adam.firstMoment, name)
        .mul(beta1)
        .add(g.ref.mul(1 - beta1));
      const second = named(adam.secondMoment, name)
        .mul(beta2)
        .add(np.square(g).mul(1 - beta2));
      const root = np.sqrt(second.ref).mul(secondScale.ref).add(epsilon);
      const change = first.ref.mul(stepSize.ref).div(root);
      moved.weights[name] = named(adam.weights, name).sub(change);
      moved.firstMoment[name] = first;
      moved.secondMoment[name] = second;
    }
    seed.dispose();
    stepSize.dispose();
    secondScale.dispose();
    return [moved, losses];
  });
}

/** Latents of rows, dropout off, jitted: [rows, 13] → [rows, latent]. Uses up the weights. */
export function makeEncode(spec: ModelSpec): (weights: Tensors, x: np.Array) => np.Array {
  return jit((weights: Tensors, x: np.Array) =>
    encode({ spec, weights, dropout: 0, seed: null }, x),
  );
}

interface Network {
  readonly spec: ModelSpec;
  readonly weights: Tensors;
  /** Share of activations dropped. */
  readonly dropout: number;
  readonly seed: np.Array | null;
}

function encode(net: Network, x: np.Array): np.Array {
  const body = blocksOf(net.spec, 'encoder').reduce(
    (y, shape, i) => residualBlock(net, shape, i, y),
    x,
  );
  return np.tanh(head(net, 'encoder.to_latent', body));
}

function decode(net: Network, latents: np.Array): np.Array {
  const first = net.spec.hidden.length;
  const body = blocksOf(net.spec, 'decoder').reduce(
    (y, shape, i) => residualBlock(net, shape, first + i, y),
    latents,
  );
  return nn.sigmoid(head(net, 'decoder.output_head', body));
}

function project(net: Network, latents: np.Array): np.Array {
  return net.spec.projection === null ? latents : linear(net, 'encoder.semantic_proj', latents);
}

function residualBlock(net: Network, shape: BlockShape, site: number, x: np.Array): np.Array {
  const { prefix, inputs, outputs } = shape;
  const first = linear(net, `${prefix}.main_path.0`, x.ref);
  const kept = drop(net, site, activate(net, normalise(net, `${prefix}.main_path.1`, first)));
  const second = linear(net, `${prefix}.main_path.4`, kept);
  const main = normalise(net, `${prefix}.main_path.5`, second);
  return activate(net, main.add(inputs === outputs ? x : linear(net, `${prefix}.skip`, x)));
}

function head(net: Network, prefix: string, x: np.Array): np.Array {
  return linear(net, `${prefix}.2`, activate(net, linear(net, `${prefix}.0`, x)));
}

function linear({ weights }: Network, prefix: string, x: np.Array): np.Array {
  const product = np.matmul(x, np.transpose(named(weights, `${prefix}.weight`)));
  return product.add(named(weights, `${prefix}.bias`));
}

function normalise({ spec, weights }: Network, prefix: string, x: np.Array): np.Array {
  if (spec.normalisation === 'none') return x;
  return nn
    .standardize(x, -1, { epsilon: LAYER_NORM_EPSILON })
    .mul(named(weights, `${prefix}.weight`))
    .add(named(weights, `${prefix}.bias`));
}

function activate({ spec }: Network, x: np.Array): np.Array {
  return spec.activation === 'relu' ? nn.relu(x) : nn.silu(x);
}

function drop({ dropout, seed }: Network, site: number, x: np.Array): np.Array {
  if (dropout === 0 || seed === null) return x;
  const key = random.key(seed.ref.add(np.array(site, { dtype: np.uint32 })));
  const kept = random.bernoulli(key, 1 - dropout, x.shape).astype(np.float32);
  return x.mul(kept.mul(1 / (1 - dropout)));
}

/** Supervised contrastive loss; see src/engines/tfjs/losses. */
function contrastiveLoss(points: np.Array, labels: np.Array, settings: StepSettings): np.Array {
  const rows = points.shape[0] ?? 0;
  const squares = np.sum(np.square(points.ref), 1, { keepdims: true });
  const unit = points.div(np.sqrt(np.maximum(squares, 1e-24)));
  const similarities = np.matmul(unit.ref, np.transpose(unit)).div(settings.temperature);
  const self = np.eye(rows);
  const counted = settings.contrastiveSelf ? similarities : similarities.sub(self.ref.mul(1e9));
  const same = np.equal(labels.ref.reshape([rows, 1]), labels.reshape([1, rows]));
  const partners = same.astype(np.float32).sub(self);
  const count = np.maximum(np.sum(partners.ref, 1), 1);
  return np.mean(np.sum(partners.mul(nn.logSoftmax(counted, 1)), 1).div(count)).neg();
}

function copy(tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.ref]));
}

function named(tensors: Tensors, name: string): np.Array {
  const tensor = tensors[name];
  if (tensor === undefined) throw new Error(`The model has no tensor ${name}.`);
  return tensor;
}
