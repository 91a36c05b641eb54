/** A tape as the records that the kernels read. */
import type { Finish, GradientFinish, Matrix, Op, Span, Tape } from '../tape/tape';
import { ACTIVATION_CODES, BATCH, NONE, OP, RECONSTRUCTION_KIND } from './codes';
import type { Profile } from './profiles';
import { matrixWords, tilesOf, updateRecord } from './program-updates';

/** Records from `start` up to, not including, `end`. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** Of one run, or of several of one shape: each has its own operations and updates. */
export interface Program {
  /** Records of struct Op. */
  readonly ops: Uint32Array<ArrayBuffer>;
  /** Records of struct Update. */
  readonly updates: Uint32Array<ArrayBuffer>;
  /** Stages and tiles, four words each. */
  readonly work: Uint32Array<ArrayBuffer>;
  /** Of stages; `update`: of tiles. */
  readonly ranges: Readonly<Record<RangeName, Range>>;
  readonly opsPerRun: number;
  readonly updatesPerRun: number;
}

export const RANGES = ['forward', 'contrastive', 'backward', 'update', 'encode', 'decode'] as const;
export type RangeName = (typeof RANGES)[number];

/** Words of struct Op in bindings.wgsl. */
const OP_WORDS = 22;

/** Operations that come often, for which the kernels have loops of their own. */
const LAYERS: readonly number[] = [OP.PRODUCT, OP.NORMALISE, OP.NORMALISE_BACK];

/** Where in the buffer of examples a run's operations find what they take from there, in floats. */
export interface ExamplePlaces {
  readonly labels: number;
  /** Of no meaning, like the mask's and the votes', where there are none. */
  readonly targets: number;
  readonly mask: number;
  readonly votes: number;
  /** Of the response loss: the grid's cotangents, and the run's own column scales. */
  readonly cotangents: number;
  readonly columns: number;
}

function programOf(tape: Tape, places: ExamplePlaces, profile: Profile): Program {
  const ops: number[] = [];
  const work: number[][] = [];
  const stages = (records: readonly number[][]): Range => {
    const start = work.length;
    for (const stage of stagesOf(records)) {
      const first = ops.length / OP_WORDS;
      const before = (part: number): number =>
        first + stage.filter((record) => partOf(record) < part).length;
      work.push([first, before(1), before(2), before(3)]);
      ops.push(...stage.flat());
    }
    return { start, end: work.length };
  };
  const phase = (list: readonly Op[]): Range => stages(list.flatMap((op) => opRecords(op, places)));
  const { forward, contrastive, backward, update } = tape.phases;
  const ranges = {
    // Dropout factors depend on nothing: made first, they do not come between layers.
    forward: phase([...forward.filter(isDropout), ...forward.filter((op) => !isDropout(op))]),
    contrastive: phase(contrastive),
    backward: phase(backward),
    encode: stages(spanRecords(tape.encode, places)),
    decode: stages(spanRecords(tape.decode, places)),
  };
  const tiles = update.flatMap((op, i) =>
    tilesOf(op, profile).map(([row, column]) => [i, row, column, 0]),
  );
  const start = work.length;
  work.push(...tiles);
  return {
    ops: Uint32Array.from(ops),
    updates: Uint32Array.from(update.flatMap((op) => updateRecord(op))),
    work: Uint32Array.from(work.flat()),
    ranges: { ...ranges, update: { start, end: work.length } },
    opsPerRun: ops.length / OP_WORDS,
    updatesPerRun: update.length,
  };
}

/** The program of several runs; their tapes differ in nothing but where their arenas start. */
export function programOfRuns(
  runs: readonly { readonly tape: Tape; readonly places: ExamplePlaces }[],
  profile: Profile,
): Program {
  const programs = runs.map(({ tape, places }) => programOf(tape, places, profile));
  const [first] = programs;
  if (first === undefined) throw new Error('There are no runs.');
  return {
    ...first,
    ops: joined(programs.map(({ ops }) => ops)),
    updates: joined(programs.map(({ updates }) => updates)),
  };
}

function joined(parts: readonly Uint32Array[]): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Cuts operations into stages: dropouts, other operations, layers; each part may be empty. */
function stagesOf(records: readonly number[][]): number[][][] {
  const stages: number[][][] = [];
  let last = Infinity;
  for (const record of records) {
    const part = partOf(record);
    if (part < last) stages.push([]);
    stages.at(-1)?.push(record);
    last = part;
  }
  return stages;
}

function partOf([code = 0]: readonly number[]): number {
  if (code === OP.DROPOUT) return 0;
  return LAYERS.includes(code) ? 2 : 1;
}

function isDropout({ op }: Op): boolean {
  return op === 'dropout';
}

/** What an operation's record names; what is left out, its kernel does not read. */
interface OpFields {
  readonly columns: number;
  readonly inner?: number;
  readonly site?: number;
  readonly a?: Matrix;
  readonly b?: Matrix;
  readonly y?: Matrix;
  /** At most four. */
  readonly vectors?: readonly Matrix[];
  readonly finish?: Finish | GradientFinish;
}

const PLAIN: Finish = { add: null, activation: 'none', kept: null, factors: null };

function record(code: number, fields: OpFields): number[] {
  const { columns, inner = 0, site = 0, a = null, b = null, y = null } = fields;
  const { vectors = [], finish = PLAIN } = fields;
  const places = Array.from({ length: 4 }, (_, i) => vectors[i]?.offset ?? NONE);
  return [
    ...[code, columns, inner, site],
    ...[a, b, y].flatMap(matrixWords),
    ...places,
    ...words(finish),
  ];
}

function words(finish: Finish | GradientFinish): number[] {
  const { add, factors, activation } = finish;
  const gradient = 'kept' in finish ? 0 : 1;
  const saved = 'kept' in finish ? finish.kept : finish.saved;
  return [add, saved, factors].flatMap(matrixWords).concat(ACTIVATION_CODES[activation], gradient);
}

/** Take rows, go through the span without dropout, give rows. */
function spanRecords({ ops, input, output }: Span, places: ExamplePlaces): number[][] {
  return [
    record(OP.TAKE, { columns: input.columns, y: input }),
    ...ops
      .filter((op) => !isDropout(op))
      .map((op) =>
        'finish' in op && 'kept' in op.finish
          ? ({ ...op, finish: { ...op.finish, factors: null } } as Op)
          : op,
      )
      .flatMap((op) => opRecords(op, places)),
    record(OP.GIVE, { columns: output.columns, a: output }),
  ];
}

function opRecords(op: Op, places: ExamplePlaces): number[][] {
  switch (op.op) {
    case 'gather':
      return [
        ...gatherRecords(op.inputs, 0),
        ...gatherRecords(op.targets, places.targets),
        ...gatherRecords(op.mask, places.mask),
        ...gatherRecords(op.votes, places.votes),
        // A vector of the batch's rows is a column of them.
        ...gatherRecords({ ...op.labels, columns: 1, panel: 1 }, places.labels),
      ];
    case 'linear':
      return layerRecords(op.y, op.finish, (finish) =>
        record(OP.PRODUCT, {
          columns: op.y.columns,
          inner: op.x.columns,
          a: op.x,
          b: op.layer.transposed,
          y: op.y,
          vectors: [op.layer.bias.value],
          finish,
        }),
      );
    case 'dropout':
      return [record(OP.DROPOUT, { columns: op.factors.columns, site: op.site, y: op.factors })];
    case 'normalise':
      return [
        record(OP.NORMALISE, {
          columns: op.x.columns,
          a: op.x,
          y: op.y,
          vectors: [op.inverse, op.norm.scale.value, op.norm.shift.value],
          finish: op.finish,
        }),
      ];
    case 'unitRows':
      return [
        record(OP.UNIT_ROWS, {
          columns: op.x.columns,
          a: op.x,
          b: op.transposed,
          y: op.unit,
          vectors: [op.inverse],
        }),
      ];
    case 'reconstruction':
      return comparisonRecords(op, (finish) =>
        record(OP.RECONSTRUCTION, {
          columns: op.output.columns,
          inner: op.kind === 'mae' ? RECONSTRUCTION_KIND.MAE : RECONSTRUCTION_KIND.MSE,
          a: op.output,
          b: op.target,
          y: op.gradient,
          vectors: [op.losses],
          // Outputs are never dropped, so the mask can have the place of the factors.
          finish: { ...finish, factors: op.mask },
        }),
      );
    case 'response':
      return comparisonRecords(op, (finish) =>
        record(op.levelFree ? OP.SHAPE : OP.RESPONSE, {
          columns: op.output.columns,
          inner: places.columns,
          site: places.cotangents,
          a: op.output,
          b: op.target,
          y: op.gradient,
          vectors: [op.losses, op.differences],
          finish,
        }),
      );
    case 'sample':
      return [
        record(OP.SAMPLE, {
          columns: op.z.columns,
          a: op.mean,
          b: op.logVariance,
          y: op.z,
          vectors: [op.losses],
          finish: { ...PLAIN, kept: op.deviation },
        }),
      ];
    case 'sampleBack': {
      const columns = op.mean.columns;
      const b = op.outputGradient;
      return [
        record(OP.MEAN_BACK, { columns, a: op.mean, b, y: op.meanGradient }),
        record(OP.LOG_VARIANCE_BACK, {
          columns,
          a: op.logVariance,
          b,
          y: op.logVarianceGradient,
          finish: { ...PLAIN, kept: op.deviation },
        }),
      ];
    }
    case 'similarity':
      return [
        record(OP.PRODUCT, {
          columns: BATCH,
          inner: op.unit.columns,
          a: op.unit,
          b: op.transposed,
          y: op.pairs,
        }),
        record(OP.SIMILARITY, {
          columns: BATCH,
          a: op.pairs,
          vectors: [op.labels, op.logSums, op.shares, op.losses],
        }),
      ];
    case 'similarityBack':
      return [
        record(OP.COEFFICIENTS, {
          columns: BATCH,
          a: op.pairs,
          vectors: [op.labels, op.logSums, op.shares],
        }),
        record(OP.PRODUCT, {
          columns: op.unit.columns,
          inner: BATCH,
          a: op.pairs,
          b: op.unit,
          y: op.gradient,
        }),
      ];
    case 'unitRowsBack':
      return [
        record(OP.UNIT_ROWS_BACK, {
          columns: op.unit.columns,
          a: op.unit,
          b: op.unitGradient,
          y: op.gradient,
          vectors: [op.inverse],
          finish: op.finish,
        }),
      ];
    case 'wordLoss':
      return [
        record(OP.WORD_LOSS, {
          columns: op.logits.columns,
          a: op.logits,
          b: op.votes,
          y: op.gradient,
          vectors: [op.losses],
        }),
      ];
    case 'linearBack':
      return layerRecords(op.gradient, op.finish, (finish) =>
        record(OP.PRODUCT, {
          columns: op.gradient.columns,
          inner: op.outputGradient.columns,
          a: op.outputGradient,
          b: op.layer.weight.value,
          y: op.gradient,
          finish,
        }),
      );
    case 'normaliseBack':
      return [
        record(OP.NORMALISE_BACK, {
          columns: op.unit.columns,
          a: op.unit,
          b: op.outputGradient,
          y: op.gradient,
          vectors: [op.inverse, op.norm.scale.value],
        }),
      ];
    case 'updateLinear':
    case 'updateNorm':
    case 'sumLosses':
      throw new Error(`The operation ${op.op} goes by tiles, not by rows.`);
  }
}

function gatherRecords(y: Matrix | null, place: number): number[][] {
  return y === null ? [] : [record(OP.GATHER, { columns: y.columns, inner: place, y })];
}

/** A loss's record, behind which output heads have one more for their derivative. */
function comparisonRecords(
  { output, gradient, finish }: Extract<Op, { op: 'reconstruction' | 'response' }>,
  comparison: (finish: GradientFinish) => number[],
): number[][] {
  const heads = record(OP.HEADS_BACK, { columns: output.columns, a: output, y: gradient });
  return [comparison(finish), ...(finish.activation === 'heads' ? [heads] : [])];
}

/** A layer's record; where its activation is a half's last, that is an operation of its own. */
function layerRecords(
  y: Matrix,
  finish: Finish | GradientFinish,
  layer: (finish: Finish | GradientFinish) => number[],
): number[][] {
  const { activation } = finish;
  if (activation === 'heads') {
    return [layer(finish), record(OP.HEADS, { columns: y.columns, y })];
  }
  if (activation !== 'tanh' && activation !== 'sigmoid') return [layer(finish)];
  const before = { ...finish, activation: 'none' as const, factors: null };
  const after = { ...finish, add: null };
  return [layer(before), record(OP.FINISH, { columns: y.columns, y, finish: after })];
}
