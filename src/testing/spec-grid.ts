/** Specs, settings and batches that between them use every kernel of an engine. For tests only. */
import fc from 'fast-check';
import type { Examples, StepSettings } from '../engines/engine';
import { knownVotes, type Votes } from '../engines/votes';
import { EQ_PARAMETERS, PARAMETER_COUNT } from '../eq/parameters';
import { gridResponses } from '../eq/response-grid';
import type { ColumnScale } from '../model/normaliser-schema';
import type { ModelSpec } from '../recipe/model-spec';
import { Stream, randomUniform } from '../math/threefry';
import { SMALL_SPEC } from './small-spec';

export interface GridTask {
  readonly spec: ModelSpec;
  readonly settings: StepSettings;
  /** Rows of the batch, at most the batch size. */
  readonly rows: number;
  readonly data: GridData;
}

/** What is special about a task's examples. */
interface GridData {
  /** Whether some parameters do not count. */
  readonly masked: boolean;
  /** Whether some rows have no word. */
  readonly wordless: boolean;
  /** Whether rows are drawn more than once: there are half as many as the batch has. */
  readonly repeated: boolean;
  /** See freshState. */
  readonly begun: boolean;
}

const PLAIN_DATA: GridData = { masked: false, wordless: false, repeated: false, begun: false };

/** The plug-in's bounds become 0 and 1, of frequencies and Qs by their logarithms. */
const LOG_COLUMNS: readonly ColumnScale[] = EQ_PARAMETERS.map(({ kind, min, max }) =>
  kind === 'gain'
    ? { scale: 'linear', offset: 0, from: min, to: max }
    : { scale: 'log10', offset: 0, from: Math.log10(min), to: Math.log10(max) },
);

/**
 * Seed V2's way with frequencies, and Qs as they are, up to 2: where a bell is narrow and near half
 * the sample rate, a float32 output does not say exactly enough where it is.
 */
const OFFSET_COLUMNS: readonly ColumnScale[] = EQ_PARAMETERS.map(({ kind, min, max }) =>
  kind === 'frequency'
    ? { scale: 'log10', offset: 1, from: 1.36, to: 4.3 }
    : { scale: 'linear', offset: 0, from: min, to: kind === 'q' ? 2 : max },
);

const SPEC: ModelSpec = { ...SMALL_SPEC, latent: 3, hidden: [18, 24, 24], projection: 12 };

const SETTINGS: StepSettings = {
  batchSize: 16,
  dropout: 0.25,
  temperature: 0.1,
  contrastiveSelf: true,
  reconstruction: 'mse',
  columns: LOG_COLUMNS,
  weightDecay: 0,
  beta2: 0.999,
  seed: 4_000_000_007,
};

export const CASES: readonly [string, GridTask][] = [
  gridCase('the reference model, small'),
  gridCase('no dropout', {}, { dropout: 0 }),
  gridCase('SiLU', { activation: 'silu' }),
  gridCase('SiLU, no normalisation', { activation: 'silu', normalisation: 'none' }),
  gridCase('no normalisation', { normalisation: 'none' }),
  gridCase('no projection', { projection: null }),
  gridCase('the standard contrastive loss', {}, { contrastiveSelf: false }),
  gridCase('a short batch', {}, {}, 11),
  gridCase('a batch of one row', { latent: 4 }, {}, 1),
  gridCase('one row, standard loss', { latent: 4 }, { contrastiveSelf: false }, 1),
  gridCase('odd sizes', { hidden: [15, 37, 19], latent: 9, projection: 11 }, {}, 13),
  gridCase('identity skips everywhere', { hidden: [13, 13], latent: 13 }),
  gridCase('identity skip at the latent alone', { hidden: [13, 17], latent: 17, projection: null }),
  gridCase(
    'all unusual at once, and a low temperature',
    { activation: 'silu', normalisation: 'none', projection: null, hidden: [29] },
    { contrastiveSelf: false, dropout: 0.5, temperature: 0.02 },
  ),
  gridCase('mean absolute error', {}, { reconstruction: 'mae' }),
  gridCase('a plain body', { body: 'plain' }),
  gridCase('a plain body, SiLU, no normalisation', {
    body: 'plain',
    activation: 'silu',
    normalisation: 'none',
  }),
  gridCase('variational', { variational: true }),
  gridCase('variational, no projection, SiLU', {
    variational: true,
    projection: null,
    activation: 'silu',
  }),
  gridCase('variational, a short batch', { variational: true, latent: 5 }, {}, 11),
  gridCase(
    'flowEQ in small: variational, plain, mean absolute error',
    {
      body: 'plain',
      variational: true,
      normalisation: 'none',
      projection: null,
      hidden: [40],
    },
    { reconstruction: 'mae', dropout: 0 },
  ),
  gridCase(
    'a plain variational body with all the rest',
    { body: 'plain', variational: true, activation: 'silu', hidden: [15, 37], latent: 9 },
    { reconstruction: 'mae', dropout: 0.5, contrastiveSelf: false },
    13,
  ),
  gridCase('curves as inputs', { input: 'response' }),
  gridCase('a linear latent', { latentActivation: 'none' }),
  gridCase('a linear latent, no projection', { latentActivation: 'none', projection: null }),
  gridCase('a latent on the sphere', { latentActivation: 'unit' }),
  gridCase('a latent on the sphere, no projection', {
    latentActivation: 'unit',
    projection: null,
  }),
  gridCase('heads', { output: 'heads' }),
  gridCase('heads, a short batch', { output: 'heads', activation: 'silu' }, {}, 11),
  gridCase('heads, whose frequencies do not count', { output: 'heads' }, {}, 16, { masked: true }),
  gridCase('the response', {}, { reconstruction: 'response' }),
  gridCase('the shape', {}, { reconstruction: 'shape' }),
  gridCase(
    'the response by other columns',
    {},
    {
      reconstruction: 'response',
      columns: OFFSET_COLUMNS,
    },
  ),
  gridCase('the response of one row', { latent: 4 }, { reconstruction: 'response' }, 1),
  gridCase('the shape, a short batch', {}, { reconstruction: 'shape' }, 11),
  gridCase(
    'Warmbright in small',
    {
      input: 'response',
      latentActivation: 'none',
      activation: 'silu',
      normalisation: 'none',
      projection: null,
    },
    { reconstruction: 'response', contrastiveSelf: false, weightDecay: 0.01 },
    16,
    { wordless: true, repeated: true },
  ),
  gridCase(
    'Warmbright for two words in small, as it begins',
    {
      latent: 8,
      input: 'response',
      latentActivation: 'unit',
      activation: 'silu',
      normalisation: 'none',
      projection: null,
    },
    { reconstruction: 'response', contrastiveSelf: false, temperature: 3, dropout: 0 },
    16,
    { wordless: true, begun: true },
  ),
  gridCase(
    'curves as inputs, variational, the shape',
    { input: 'response', variational: true },
    {
      reconstruction: 'shape',
    },
  ),
  gridCase('a linear skip to the latent', { latentSkip: true }),
  gridCase('a linear skip, curves, variational', {
    latentSkip: true,
    variational: true,
    input: 'response',
  }),
  gridCase('a word head', { wordHead: 5 }),
  gridCase('a word head, a short batch', { wordHead: 3 }, {}, 11),
  gridCase(
    'a word head, a linear skip to the sphere, rows without votes',
    { wordHead: 14, latentSkip: true, latentActivation: 'unit', projection: null },
    {},
    16,
    { wordless: true },
  ),
  gridCase(
    'the default recipe in small',
    {
      latent: 8,
      input: 'response',
      latentActivation: 'none',
      activation: 'silu',
      normalisation: 'none',
      projection: null,
      latentSkip: true,
      wordHead: 14,
    },
    { reconstruction: 'response', dropout: 0 },
    13,
    { repeated: true },
  ),
  gridCase('masked squares', {}, {}, 16, { masked: true }),
  gridCase('masked absolute errors', {}, { reconstruction: 'mae' }, 11, { masked: true }),
  gridCase('masked squares of curves', { input: 'response' }, {}, 16, { masked: true }),
  gridCase('rows without a word', {}, {}, 16, { wordless: true }),
  gridCase('rows without a word, standard loss', {}, { contrastiveSelf: false }, 13, {
    wordless: true,
  }),
  gridCase('rows drawn twice', {}, {}, 16, { repeated: true }),
  gridCase('weight decay', {}, { weightDecay: 0.05 }),
];

function gridCase(
  name: string,
  spec: Partial<ModelSpec> = {},
  settings: Partial<StepSettings> = {},
  rows = 16,
  data: Partial<GridData> = {},
): [string, GridTask] {
  return [
    name,
    {
      spec: { ...SPEC, ...spec },
      settings: { ...SETTINGS, ...settings },
      rows,
      data: { ...PLAIN_DATA, ...data },
    },
  ];
}

/** Augmented rows of two words, and one row (number 5) of a third, which has no partner. */
export function syntheticExamples(rows: number): Examples {
  return {
    rows,
    inputs: uniform(0, rows * PARAMETER_COUNT),
    labels: Int32Array.from({ length: rows }, (_, row) => (row === 5 ? 2 : row % 2)),
  };
}

/** Rows for a task, likewise. */
export function taskExamples({ spec, settings, rows: drawn, data }: GridTask): Examples {
  const rows = data.repeated ? Math.ceil(drawn / 2) : drawn;
  const { inputs: parameters, labels } = syntheticExamples(rows);
  const ofCurves = settings.reconstruction === 'response' || settings.reconstruction === 'shape';
  const inputs =
    spec.input === 'response' ? augmentedCurves(1, rows).map((db) => db / 6) : parameters;
  const targets = ofCurves ? augmentedCurves(2, rows) : parameters;
  return {
    rows,
    inputs,
    ...(targets === inputs ? {} : { targets }),
    ...(data.masked ? { mask: augmentedMask(spec, rows) } : {}),
    ...(spec.wordHead > 0 ? { votes: augmentedVotes(spec.wordHead, rows, data) } : {}),
    labels: data.wordless ? labels.map((label, row) => (row % 4 === 3 ? -1 : label)) : labels,
  };
}

/** Some parameters at random; of heads no frequencies, whose errors in Hz hide all others. */
function augmentedMask({ output }: ModelSpec, rows: number): Float32Array {
  return uniform(3, rows * PARAMETER_COUNT).map((u, i) => {
    const kind = EQ_PARAMETERS[i % PARAMETER_COUNT]?.kind;
    return u < 0.3 || (output === 'heads' && kind === 'frequency') ? 0 : 1;
  });
}

/** Shares of words that sum to 1, some of them 0; of wordless tasks every fourth row has none. */
function augmentedVotes(words: number, rows: number, { wordless }: GridData): Votes {
  const parts = uniform(4, rows * words).map((u, at) =>
    at % words === 0 ? u : Math.max(0, u - 0.4),
  );
  const shares = parts.map((part, at) => {
    const row = Math.floor(at / words);
    if (wordless && row % 4 === 3) return 0;
    const all = parts.subarray(row * words, (row + 1) * words);
    return part / all.reduce((sum, other) => sum + other, 0);
  });
  return knownVotes(shares, words);
}

/** Which examples make the task's batch. */
export function taskOrder({ rows, data }: GridTask): Uint32Array {
  const examples = data.repeated ? Math.ceil(rows / 2) : rows;
  return Uint32Array.from({ length: rows }, (_, i) => (data.repeated ? i * i : i) % examples);
}

/** Curves of settings anywhere within the plug-in's bounds, in dB, [rows, 64]. */
function augmentedCurves(stream: number, rows: number): Float32Array {
  const values = uniform(stream, rows * PARAMETER_COUNT);
  return gridResponses(
    Array.from({ length: rows }, (_, row) =>
      LOG_COLUMNS.map(({ scale, from, to }, i) => {
        const scaled = from + (values[row * PARAMETER_COUNT + i] ?? 0) * (to - from);
        return scale === 'linear' ? scaled : 10 ** scaled;
      }),
    ),
  );
}

function uniform(stream: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => randomUniform(3, Stream.sample, stream, i));
}

/**
 * Any spec, with settings and a number of rows, in small. Not so small that the gradient is what
 * rounding left of numbers that cancel: two or three normalised numbers are all but constant, and
 * so is the direction of a point in one dimension.
 */
export const anyTask: fc.Arbitrary<GridTask> = fc
  .record({
    spec: fc.record<ModelSpec>({
      latent: fc.integer({ min: 3, max: 19 }),
      hidden: fc.array(fc.integer({ min: 16, max: 40 }), { minLength: 1, maxLength: 3 }),
      activation: fc.constantFrom('relu', 'silu'),
      normalisation: fc.constantFrom('layer', 'none'),
      projection: fc.option(fc.integer({ min: 12, max: 40 })),
      body: fc.constantFrom('residual', 'plain'),
      variational: fc.boolean(),
      input: fc.constantFrom('parameters', 'response'),
      latentActivation: fc.constantFrom('tanh', 'none', 'unit'),
      latentSkip: fc.boolean(),
      wordHead: fc.constantFrom(0, 0, 3, 14),
      output: fc.constantFrom('sigmoid', 'sigmoid', 'heads'),
    }),
    settings: fc.record<StepSettings>({
      batchSize: fc.integer({ min: 8, max: 28 }),
      dropout: fc.constantFrom(0, 0.1, 0.5),
      temperature: fc.constantFrom(0.1, 0.5, 1),
      contrastiveSelf: fc.boolean(),
      reconstruction: fc.constantFrom('mse', 'mae', 'response', 'shape'),
      columns: fc.constantFrom(LOG_COLUMNS, OFFSET_COLUMNS),
      weightDecay: fc.constantFrom(0, 0.1),
      beta2: fc.constantFrom(0.98, 0.999),
      seed: fc.nat(0xffff_ffff),
    }),
    data: fc.record<GridData>({
      masked: fc.boolean(),
      wordless: fc.boolean(),
      repeated: fc.boolean(),
      begun: fc.constant(false),
    }),
    short: fc.nat(20),
  })
  .map(({ spec, settings, data, short }) => {
    const rows = Math.max(8, settings.batchSize - short);
    const ofCurves = settings.reconstruction === 'response' || settings.reconstruction === 'shape';
    // Heads give no normalised parameters, of which columns could make a curve.
    return { spec: ofCurves ? { ...spec, output: 'sigmoid' } : spec, settings, rows, data };
  });
