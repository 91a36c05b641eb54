import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, PARAMETER_COUNT } from '../eq/parameters';
import { SMALL_SPEC } from '../testing/small-spec';
import { decodeRows, encodeRows } from './inference';
import { parameterTable } from './parameter-table';
import type { ModelSpec } from '../recipe/model-spec';

/**
 * Latents and outputs of small models whose weights are 0.6 sin(1.7 k + 0.3) in table order
 * (rounded to float32), for two rows of inputs 0.5 + 0.5 sin(0.9 k). Computed with NumPy in
 * float64: `@`, `.mean`, `.var`, on weights cut from the flat vector by a list of its own.
 */
const GOLDENS: { spec: ModelSpec; latents: number[]; outputs: number[] }[] = [
  {
    spec: { ...SMALL_SPEC, latent: 3, hidden: [5, 4], projection: 6 },
    latents: [-0.490326, 0.32375, 0.338811, -0.467056, 0.366624, 0.386103],
    outputs: [
      0.52847, 0.413535, 0.512932, 0.454322, 0.632965, 0.475135, 0.289581, 0.716747, 0.578541,
      0.232089, 0.635885, 0.635977, 0.338182, 0.528849, 0.41347, 0.512633, 0.454746, 0.632764,
      0.474968, 0.289925, 0.716475, 0.578526, 0.23234, 0.635505, 0.636108, 0.338397,
    ],
  },
  {
    spec: { ...SMALL_SPEC, hidden: [4, 4], activation: 'silu', normalisation: 'none' },
    latents: [0.753993, 0.529932, 0.751205, 0.522559],
    outputs: [
      0.489219, 0.71129, 0.628787, 0.413053, 0.510071, 0.61866, 0.402927, 0.284471, 0.48015,
      0.561553, 0.381529, 0.426832, 0.681143, 0.489142, 0.711162, 0.628606, 0.412878, 0.50995,
      0.618633, 0.402994, 0.284594, 0.480342, 0.561733, 0.381649, 0.426868, 0.681089,
    ],
  },
  {
    spec: { ...SMALL_SPEC, hidden: [13, 3], activation: 'silu' },
    latents: [-0.34789, -0.552548, -0.353852, -0.523168],
    outputs: [
      0.23699, 0.869361, 0.169654, 0.710289, 0.247565, 0.87156, 0.126355, 0.756145, 0.29473,
      0.824069, 0.131945, 0.764828, 0.374921, 0.236992, 0.869359, 0.169658, 0.710281, 0.247575,
      0.871553, 0.126363, 0.756131, 0.294746, 0.824057, 0.131956, 0.764811, 0.374943,
    ],
  },
  {
    spec: { ...SMALL_SPEC, latent: 1, normalisation: 'none', projection: 2 },
    latents: [0.411113, 0.424858],
    outputs: [
      0.386094, 0.492747, 0.612401, 0.442721, 0.379638, 0.605315, 0.628905, 0.371979, 0.375414,
      0.628779, 0.597018, 0.380984, 0.455184, 0.385809, 0.492778, 0.61271, 0.442932, 0.379483,
      0.604993, 0.628819, 0.37223, 0.37569, 0.628736, 0.596701, 0.380792, 0.455358,
    ],
  },
  {
    spec: { ...SMALL_SPEC, latent: 3, hidden: [5, 4], projection: 6, body: 'plain' },
    latents: [0.156141, -0.110694, 0.486825, 0.149541, -0.118065, 0.482058],
    outputs: [
      0.453251, 0.379065, 0.555262, 0.550873, 0.524399, 0.390446, 0.476272, 0.694437, 0.394813,
      0.334479, 0.708357, 0.523904, 0.319241, 0.453346, 0.378948, 0.555316, 0.550931, 0.524274,
      0.390534, 0.476287, 0.694344, 0.394925, 0.334451, 0.708291, 0.52403, 0.319177,
    ],
  },
  {
    spec: { ...SMALL_SPEC, hidden: [6], normalisation: 'none', body: 'plain', variational: true },
    latents: [-0.513718, 0.716517, -0.311027, 0.532209],
    outputs: [
      0.648555, 0.344901, 0.476783, 0.562284, 0.566319, 0.439105, 0.366211, 0.690873, 0.522183,
      0.292251, 0.616233, 0.584685, 0.426624, 0.636857, 0.348759, 0.483428, 0.548691, 0.57905,
      0.434365, 0.360543, 0.702342, 0.508941, 0.296713, 0.621504, 0.571663, 0.439867,
    ],
  },
  {
    spec: { ...SMALL_SPEC, hidden: [5, 4], activation: 'silu', variational: true },
    latents: [-0.619716, 0.031655, -0.623246, 0.03342],
    outputs: [
      0.49637, 0.609984, 0.509957, 0.346488, 0.548899, 0.662308, 0.365797, 0.400321, 0.664008,
      0.517164, 0.369781, 0.50726, 0.60053, 0.496345, 0.609978, 0.50999, 0.346459, 0.548905,
      0.66233, 0.365764, 0.400339, 0.66402, 0.517129, 0.369808, 0.50726, 0.600502,
    ],
  },
];

const waves = (length: number, at: (k: number) => number): Float32Array =>
  Float32Array.from({ length }, (_, k) => at(k));
const weightsOf = (spec: ModelSpec): Float32Array =>
  waves(parameterTable(spec).total, (k) => 0.6 * Math.sin(1.7 * k + 0.3));
const inputsOf = (rows: number): Float32Array =>
  waves(rows * PARAMETER_COUNT, (k) => 0.5 + 0.5 * Math.sin(0.9 * k));

function expectClose(values: Float32Array, wanted: readonly number[]): void {
  expect(values.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs((values[i] ?? NaN) - value)).toBeLessThan(2e-6);
  });
}

describe('encodeRows and decodeRows', () => {
  it.each(GOLDENS)('agree with NumPy for $spec', ({ spec, latents, outputs }) => {
    const weights = weightsOf(spec);
    const encoded = encodeRows(spec, weights, inputsOf(2));
    expectClose(encoded, latents);
    expectClose(decodeRows(spec, weights, encoded), outputs);
  });

  it.each([1, 2, 3, 4, 5, 7])('give each of %i rows what it gets alone', (rows) => {
    const spec: ModelSpec = { ...(GOLDENS[0]?.spec ?? expect.fail()), latent: 13 };
    const weights = weightsOf(spec);
    const inputs = inputsOf(rows);
    const together = encodeRows(spec, weights, inputs);
    const decoded = decodeRows(spec, weights, together);
    for (let row = 0; row < rows; row++) {
      const own = (matrix: Float32Array): Float32Array => matrix.slice(row * 13, (row + 1) * 13);
      const alone = encodeRows(spec, weights, own(inputs));
      expect(own(together)).toEqual(alone);
      expect(own(decoded)).toEqual(decodeRows(spec, weights, alone));
    }
  });

  it('take no rows', () => {
    const spec = GOLDENS[0]?.spec ?? expect.fail();
    expect(encodeRows(spec, weightsOf(spec), new Float32Array(0)).length).toBe(0);
  });
});

describe('the ends of a model', () => {
  const { spec } = GOLDENS[0] ?? { spec: null };
  if (spec === null) throw new Error('There is no model.');
  const { total } = parameterTable(spec);
  const weights = Float32Array.from({ length: total }, (_, k) => 0.6 * Math.sin(1.7 * k + 0.3));
  const inputs = Float32Array.from({ length: 26 }, (_, k) => 0.5 + 0.5 * Math.sin(0.9 * k));
  const latents = encodeRows(spec, weights, inputs);

  it('leaves a linear latent as it is', () => {
    const linear = encodeRows({ ...spec, latentActivation: 'none' }, weights, inputs);
    expect(linear.some((value, i) => Math.abs(value - (latents[i] ?? 0)) > 0.01)).toBe(true);
    linear.forEach((value, i) => {
      expect(Math.tanh(value)).toBeCloseTo(latents[i] ?? Number.NaN, 6);
    });
  });

  it('gives dB, Hz and Q by heads', () => {
    const outputs = decodeRows(spec, weights, latents);
    const headed = decodeRows({ ...spec, output: 'heads' }, weights, latents);
    outputs.forEach((share, i) => {
      const { kind, min, max } = EQ_PARAMETERS[i % 13] ?? { kind: 'q', min: NaN, max: NaN };
      const x = Math.log(share / (1 - share));
      const expected = kind === 'gain' ? 12 * Math.tanh(x) : min + share * (max - min);
      expect((headed[i] ?? Number.NaN) / expected).toBeCloseTo(1, 4);
    });
  });
});
