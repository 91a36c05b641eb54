/** A model as two ONNX files, with everything between a setting and a latent inside the graphs. */
import { PARAMETER_COUNT } from '../../eq/parameters';
import { GRID_POINTS } from '../../eq/response-grid';
import { OUTPUT_HEADS } from '../../model/heads';
import { UNIT_DB } from '../../model/inputs';
import type { Model } from '../../model/model';
import {
  LATENT_SKIP,
  LOG_VARIANCE_HEAD,
  PROJECTION_HEAD,
  WORD_HEAD,
  blocksOf,
  headOf,
  parameterTable,
  type BlockShape,
} from '../../model/parameter-table';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../../recipe/model-spec';
import { Graph, floatAttribute, wholeAttribute, wholesAttribute, type Value } from './graph';
import { denormaliseNodes, normaliseNodes, responseNodes } from './response-graph';

/** What the metadata of both files has under this name is the model's document. */
export const DOCUMENT_KEY = 'warmbright';

export interface OnnxFiles {
  /** Content of encoder.onnx. */
  readonly encoder: Uint8Array<ArrayBuffer>;
  /** Content of decoder.onnx. */
  readonly decoder: Uint8Array<ArrayBuffer>;
}

/**
 * `encoder.onnx` takes `setting` [rows, 13] in dB, Hz and Q; gives `latent` [rows, latent] (of a
 * variational model, the mean), `response` [rows, 64] in dB, and `word_scores`, `projection` and
 * `log_variance` where the model has such heads. `decoder.onnx` takes `latent`; gives `normalised`
 * [rows, 13], `setting` inside the plug-in's bounds and its `response`. Dropout is off. All weights
 * are initialisers under their names in the parameter table.
 */
export function onnxFiles(model: Model): OnnxFiles {
  const metadata = new Map([[DOCUMENT_KEY, JSON.stringify(model.document)]]);
  return {
    encoder: encoderGraph(model).file(
      'encoder',
      'Settings of an equaliser of five bands to places on a map of words',
      metadata,
    ),
    decoder: decoderGraph(model).file(
      'decoder',
      'Places on a map of words to settings of an equaliser of five bands',
      metadata,
    ),
  };
}

const SETTING = {
  name: 'setting',
  width: PARAMETER_COUNT,
  about: 'The 13 parameters in dB, Hz and Q, in the order of the data set’s columns',
};
const RESPONSE = {
  name: 'response',
  width: GRID_POINTS,
  about: 'Response in dB at 64 log-spaced frequencies from 20 Hz to 20 kHz, at a rate of 48 kHz',
};

function encoderGraph(model: Model): Graph {
  const { spec, normaliser } = model.document;
  const graph = new Graph();
  const layers = new Layers(graph, model);
  const setting = graph.input(SETTING);
  const response = responseNodes(graph, setting);
  const seen =
    spec.input === 'response'
      ? graph.node('Div', [response, graph.floats('unit_db', [1], [UNIT_DB])])
      : normaliseNodes(graph, setting, normaliser);
  const { body, last } = layers.half('encoder', seen);
  const sum = spec.latentSkip ? graph.node('Add', [last, layers.linear(LATENT_SKIP, seen)]) : last;
  const latent = latentNodes(graph, spec, sum);
  graph.output(latentEdge(spec), latent);
  graph.output(RESPONSE, response);
  const { wordHead, projection } = spec;
  if (wordHead > 0) {
    const about = 'A score of each word; softmax makes shares of them';
    const scores = layers.linear(WORD_HEAD, latent);
    graph.output({ name: 'word_scores', width: wordHead, about }, scores);
  } else if (projection !== null) {
    const about = 'What the contrastive loss looked at in training';
    const projected = layers.linear(PROJECTION_HEAD, latent);
    graph.output({ name: 'projection', width: projection, about }, projected);
  }
  if (spec.variational) {
    const about = 'Logarithm of the variance of the latent';
    const variance = layers.linear(LOG_VARIANCE_HEAD, body);
    graph.output({ name: 'log_variance', width: spec.latent, about }, variance);
  }
  return graph;
}

function decoderGraph(model: Model): Graph {
  const { spec, normaliser } = model.document;
  const graph = new Graph();
  const layers = new Layers(graph, model);
  const latent = graph.input(latentEdge(spec));
  const onSphere = spec.latentActivation === 'unit' && !spec.variational;
  const { last } = layers.half('decoder', onSphere ? unitRows(graph, latent) : latent);
  const normalised =
    spec.output === 'heads' ? headNodes(graph, last) : graph.node('Sigmoid', [last]);
  const setting = denormaliseNodes(graph, normalised, normaliser);
  const about = 'The 13 parameters as the model has them, mostly from 0 to 1';
  graph.output({ name: 'normalised', width: PARAMETER_COUNT, about }, normalised);
  graph.output(SETTING, setting);
  graph.output(RESPONSE, responseNodes(graph, setting));
  return graph;
}

function latentEdge({ latent }: ModelSpec) {
  return { name: 'latent', width: latent, about: 'A place on the map of words' };
}

function latentNodes(graph: Graph, { variational, latentActivation }: ModelSpec, x: Value): Value {
  if (variational || latentActivation === 'none') return x;
  return latentActivation === 'tanh' ? graph.node('Tanh', [x]) : unitRows(graph, x);
}

/** Rows divided by their length; a row of zeros stays as it is. */
function unitRows(graph: Graph, x: Value): Value {
  const length = graph.node('ReduceL2', [x], [wholesAttribute('axes', [1])]);
  const zero = graph.floats('zero', [1], [0]);
  const one = graph.floats('one', [1], [1]);
  const present = graph.node('Greater', [length, zero]);
  return graph.node('Div', [x, graph.node('Where', [present, length, one])]);
}

/** Seed V1's activations; see src/model/heads.ts. */
function headNodes(graph: Graph, x: Value): Value {
  const floats = (name: string, numbers: readonly number[]): Value =>
    graph.floats(`heads.${name}`, [1, PARAMETER_COUNT], numbers);
  const steepness = floats(
    'steepness',
    OUTPUT_HEADS.map((head) => head.steepness),
  );
  const low = floats(
    'low',
    OUTPUT_HEADS.map((head) => head.low),
  );
  const range = floats(
    'range',
    OUTPUT_HEADS.map((head) => head.high - head.low),
  );
  const share = graph.node('Sigmoid', [graph.node('Mul', [x, steepness])]);
  return graph.node('Add', [low, graph.node('Mul', [range, share])]);
}

/** The layers of a model as nodes, as src/model/inference.ts runs them. */
class Layers {
  readonly #graph: Graph;
  readonly #spec: ModelSpec;
  readonly #tensor: (name: string) => Value;

  constructor(graph: Graph, { document: { spec }, weights }: Model) {
    const entries = new Map(parameterTable(spec).entries.map((entry) => [entry.name, entry]));
    this.#graph = graph;
    this.#spec = spec;
    this.#tensor = (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(`The model has no tensor ${name}.`);
      const { shape, offset, size } = entry;
      return graph.floats(name, shape, weights.subarray(offset, offset + size));
    };
  }

  /** All of a half but its last activation, and what its last layer sees. */
  half(half: 'encoder' | 'decoder', input: Value): { readonly body: Value; readonly last: Value } {
    const spec = this.#spec;
    const hidden = blocksOf(spec, half).reduce(
      (x, shape) => (spec.body === 'plain' ? this.#plain(shape, x) : this.#residual(shape, x)),
      input,
    );
    const { inner, last } = headOf(spec, half);
    const body = inner === null ? hidden : this.#activate(this.linear(inner, hidden));
    return { body, last: this.linear(last, body) };
  }

  linear(name: string, x: Value): Value {
    const inputs = [x, this.#tensor(`${name}.weight`), this.#tensor(`${name}.bias`)];
    return this.#graph.node('Gemm', inputs, [wholeAttribute('transB', 1)]);
  }

  #plain({ prefix }: BlockShape, x: Value): Value {
    return this.#activate(this.#normalise(`${prefix}.1`, this.linear(`${prefix}.0`, x)));
  }

  #residual({ prefix, inputs, outputs }: BlockShape, x: Value): Value {
    const main = `${prefix}.main_path`;
    const first = this.#activate(this.#normalise(`${main}.1`, this.linear(`${main}.0`, x)));
    const second = this.#normalise(`${main}.5`, this.linear(`${main}.4`, first));
    const skip = inputs === outputs ? x : this.linear(`${prefix}.skip`, x);
    return this.#activate(this.#graph.node('Add', [second, skip]));
  }

  #normalise(name: string, x: Value): Value {
    if (this.#spec.normalisation === 'none') return x;
    const inputs = [x, this.#tensor(`${name}.weight`), this.#tensor(`${name}.bias`)];
    const attributes = [wholeAttribute('axis', -1), floatAttribute('epsilon', LAYER_NORM_EPSILON)];
    return this.#graph.node('LayerNormalization', inputs, attributes);
  }

  #activate(x: Value): Value {
    if (this.#spec.activation === 'relu') return this.#graph.node('Relu', [x]);
    return this.#graph.node('Mul', [x, this.#graph.node('Sigmoid', [x])]);
  }
}
