/** Settings as ONNX nodes: their response, and to and from the numbers that a model sees. */
import {
  EQ_BANDS,
  EQ_PARAMETERS,
  SHELF_Q,
  parameterOf,
  BANDS,
  PARAMETER_COUNT,
} from '../../eq/parameters';
import { GRID, GRID_POINTS, GRID_RATE_HZ } from '../../eq/response-grid';
import type { Normaliser } from '../../model/normaliser-schema';
import { wholeAttribute, type Graph, type Value } from './graph';

const COLUMNS = [1, PARAMETER_COUNT];
const BAND_SHAPE = [1, BANDS.length];

/** As src/model/normaliser.ts normalises. */
export function normaliseNodes(graph: Graph, setting: Value, normaliser: Normaliser): Value {
  const { logarithmic, offset, from, width } = scales(graph, normaliser);
  const logarithm = graph.node('Div', [
    graph.node('Log', [graph.node('Add', [setting, offset])]),
    number(graph, 'ln_10', Math.LN10),
  ]);
  const scaled = graph.node('Where', [logarithmic, logarithm, setting]);
  return graph.node('Div', [graph.node('Sub', [scaled, from]), width]);
}

/** As src/model/normaliser.ts denormalises, moved inside the plug-in's bounds. */
export function denormaliseNodes(graph: Graph, values: Value, normaliser: Normaliser): Value {
  const { logarithmic, offset, from, width } = scales(graph, normaliser);
  const scaled = graph.node('Add', [from, graph.node('Mul', [values, width])]);
  const power = graph.node('Pow', [number(graph, 'ten', 10), scaled]);
  const free = graph.node('Where', [logarithmic, graph.node('Sub', [power, offset]), scaled]);
  const least = graph.floats(
    'eq.min',
    COLUMNS,
    EQ_PARAMETERS.map(({ min }) => min),
  );
  const most = graph.floats(
    'eq.max',
    COLUMNS,
    EQ_PARAMETERS.map(({ max }) => max),
  );
  return graph.node('Min', [most, graph.node('Max', [least, free])]);
}

function scales(graph: Graph, { columns }: Normaliser) {
  const floats = (name: string, numbers: readonly number[]): Value =>
    graph.floats(`normaliser.${name}`, COLUMNS, numbers);
  return {
    logarithmic: graph.flags(
      'normaliser.logarithmic',
      COLUMNS,
      columns.map(({ scale }) => scale === 'log10'),
    ),
    offset: floats(
      'offset',
      columns.map(({ offset }) => offset),
    ),
    from: floats(
      'from',
      columns.map(({ from }) => from),
    ),
    width: floats(
      'width',
      columns.map(({ from, to }) => to - from),
    ),
  };
}

/**
 * Response at the points of the grid in dB, [rows, 64]. The formulas, and what their letters stand
 * for, are those of src/eq/response.ts; a bell and a shelf differ in the factors of A.
 *
 * @param setting [rows, 13]
 */
export function responseNodes(graph: Graph, setting: Value): Value {
  const binary = (name: string) => (x: Value, y: Value) => graph.node(name, [x, y]);
  const add = binary('Add');
  const subtract = binary('Sub');
  const multiply = binary('Mul');
  const divide = binary('Div');
  const square = (x: Value): Value => multiply(x, x);
  const choose = (flag: Value, yes: Value, no: Value): Value =>
    graph.node('Where', [flag, yes, no]);
  // [rows, 5] becomes [rows, 5, 1], to meet the grid's [1, 1, 64].
  const lastAxis = graph.wholes('axis.points', [2]);
  const banded = (x: Value): Value => graph.node('Unsqueeze', [x, lastAxis]);
  const gathered = (kind: 'gain' | 'frequency' | 'q'): Value => {
    // A shelf has no Q of its own; its place is filled below.
    const places = BANDS.map((band) => parameterOf(band, kind) ?? 0);
    const indices = graph.wholes(`eq.${kind}`, places);
    return graph.node('Gather', [setting, indices], [wholeAttribute('axis', 1)]);
  };
  const kinds = EQ_BANDS.map(({ kind }) => kind);
  const isShelf = graph.flags(
    'eq.is_shelf',
    BAND_SHAPE,
    kinds.map((kind) => kind !== 'bell'),
  );
  const bell = graph.flags(
    'eq.bell',
    [...BAND_SHAPE, 1],
    kinds.map((kind) => kind === 'bell'),
  );
  const high = graph.flags(
    'eq.high',
    [...BAND_SHAPE, 1],
    kinds.map((kind) => kind === 'high shelf'),
  );
  const one = number(graph, 'one', 1);
  const two = number(graph, 'two', 2);

  const gain = gathered('gain');
  const quality = choose(isShelf, number(graph, 'eq.shelf_q', SHELF_Q), gathered('q'));
  const half = multiply(
    gathered('frequency'),
    number(graph, 'eq.radians_per_hertz', Math.PI / GRID_RATE_HZ),
  );
  const alpha = divide(graph.node('Sin', [multiply(half, two)]), multiply(quality, two));
  const alpha2 = banded(square(alpha));
  const sin2 = banded(square(graph.node('Sin', [half])));
  const cos2 = banded(square(graph.node('Cos', [half])));
  const a = banded(
    graph.node('Pow', [number(graph, 'ten', 10), divide(gain, number(graph, 'forty', 40))]),
  );
  const phi = graph.floats('grid.phi', [1, 1, GRID_POINTS], GRID.phi);
  const rest = graph.floats('grid.rest', [1, 1, GRID_POINTS], GRID.rest);

  const p = multiply(sin2, rest);
  const r = multiply(cos2, phi);
  const width = multiply(multiply(alpha2, phi), rest);
  const boosted = choose(high, r, p);
  const other = choose(high, p, r);
  const factor = choose(bell, one, a);
  const aSquared = square(a);
  const widthAbove = multiply(choose(bell, aSquared, a), width);
  const widthBelow = multiply(choose(bell, divide(one, aSquared), a), width);
  const above = add(square(subtract(multiply(factor, boosted), other)), widthAbove);
  const below = add(square(subtract(boosted, multiply(factor, other))), widthBelow);
  const power = multiply(choose(bell, one, aSquared), divide(above, below));
  const decibels = multiply(
    graph.node('Log', [power]),
    number(graph, 'decibels_per_neper_of_power', 10 / Math.LN10),
  );
  const bandAxis = graph.wholes('axis.bands', [1]);
  return graph.node('ReduceSum', [decibels, bandAxis], [wholeAttribute('keepdims', 0)]);
}

function number(graph: Graph, name: string, value: number): Value {
  return graph.floats(name, [1], [value]);
}
