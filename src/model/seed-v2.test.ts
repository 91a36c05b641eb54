/** The published Seed V2 weights on the real data: what the seed log printed. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { wordCentroids } from '../analysis/metrics/centroids';
import { measure } from '../analysis/scoreboard/measure';
import { parseSafeCsv } from '../data/parse-safe-csv';
import { EQ_PARAMETERS, PARAMETER_COUNT } from '../eq/parameters';
import { sharedFile } from '../testing/shared-files';
import { specOf } from '../recipe/recipe';
import { RECIPES } from '../recipe/recipes';
import { decodeRows, encodeRows } from './inference';
import type { Model } from './model';
import { denormalise, fitNormaliser, normalise } from './normaliser';
import { parameterTable } from './parameter-table';
import { readSafetensors } from './safetensors';
import { decodeSetting } from './word-settings';

interface Reference {
  normaliser: { freq_log10: [number, number]; q_log10: [number, number] };
  rows: number;
  terms: Record<string, number>;
  silhouette: number;
  davies_bouldin: number;
  reconstruction_mse_eval: number;
  term_eq: Record<string, number[]>;
  first_rows_latent: number[][];
  first_rows_reconstruction: number[][];
}

const csv = sharedFile('data/SAFEEqualiserUserData.csv');
const tensors = sharedFile('reference/seed-v2.safetensors');
const json = sharedFile('reference/seed-v2.json');
const absent = csv === null || tensors === null || json === null;

async function load(csvPath: string, tensorPath: string, jsonPath: string) {
  const reference = JSON.parse(readFileSync(jsonPath, 'utf8')) as Reference;
  const spec = specOf(RECIPES['seed-v2'].recipe, 14);
  const file = readSafetensors(readFileSync(tensorPath));
  const { entries, total } = parameterTable(spec);
  const weights = new Float32Array(total);
  for (const { name, offset } of entries) weights.set(file.tensors.get(name)?.data ?? [], offset);
  const words = Object.keys(reference.terms);
  const data = await parseSafeCsv(readFileSync(csvPath), { synthetic: false });
  const rows = data.rows.filter(({ word }) => words.includes(word));
  const labels = Int32Array.from(rows, ({ word }) => words.indexOf(word));
  const settings = rows.map(({ setting }) => setting);
  const normaliser = fitNormaliser('data', settings);
  const inputs = normalise(settings, normaliser);
  const latents = encodeRows(spec, weights, inputs);
  const reconstruction = decodeRows(spec, weights, latents);
  const document: Model['document'] = {
    version: 1,
    spec,
    normaliser,
    words: words.map((word) => ({ word, rows: 0, centroid: null, schools: [] })),
    run: null,
  };
  const model = { document, weights, map: null };
  const heldOut = new Uint8Array(rows.length);
  const set = { words, rows, labels, heldOut, splitHash: '' };
  return { reference, data, set, words, labels, settings, inputs, latents, reconstruction, model };
}

/** Largest difference between the rows a reference lists and the start of a matrix. */
function largestError(rows: number[][], matrix: Float32Array): number {
  return Math.max(...rows.flat().map((value, i) => Math.abs(value - (matrix[i] ?? Number.NaN))));
}

describe.skipIf(absent)('Seed V2 on the real file (needs ../shared/reference and data)', () => {
  let loaded: Awaited<ReturnType<typeof load>>;
  beforeAll(async () => {
    loaded = await load(csv ?? '', tensors ?? '', json ?? '');
  });

  it('fits the published normaliser', () => {
    const { reference, labels, model } = loaded;
    expect(labels.length).toBe(reference.rows);
    const columns = model.document.normaliser.columns.map(({ from, to, ...scale }) => ({
      ...scale,
      range: [from, to].map(Math.fround),
    }));
    const gain = { scale: 'linear', offset: 0, range: [-12, 12] };
    const frequency = { scale: 'log10', offset: 1, range: reference.normaliser.freq_log10 };
    const q = { scale: 'log10', offset: 0, range: reference.normaliser.q_log10 };
    expect(columns).toEqual(EQ_PARAMETERS.map(({ kind }) => ({ gain, frequency, q })[kind]));
  });

  it('gives every setting back after normalising', () => {
    const { inputs, settings, model } = loaded;
    const faults = settings.flatMap((setting, row) =>
      denormalise(inputs, model.document.normaliser, row).flatMap((value, i) => {
        const wanted = setting[i] ?? Number.NaN;
        if (Math.abs(value - wanted) < 1e-5 * Math.max(1, Math.abs(wanted))) return [];
        return [`row ${String(row)}, column ${String(i)}: ${String(value)}, not ${String(wanted)}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  it('encodes and decodes as PyTorch does', () => {
    const { reference, latents, reconstruction } = loaded;
    expect(largestError(reference.first_rows_latent, latents)).toBeLessThan(5e-6);
    expect(largestError(reference.first_rows_reconstruction, reconstruction)).toBeLessThan(5e-6);
  });

  it('has the published silhouette, Davies–Bouldin index and error', () => {
    const { reference, model, set, data } = loaded;
    const board = measure({ model, set, data });
    expect(board.on).toBe('all rows');
    expect(board.rows).toBe(reference.rows);
    expect(board.silhouette).toBeCloseTo(reference.silhouette, 6);
    expect(board.daviesBouldin).toBeCloseTo(reference.davies_bouldin, 5);
    expect(board.reconstruction).toBeCloseTo(reference.reconstruction_mse_eval, 7);
  });

  it("decodes every word's centroid to its published setting", () => {
    const { reference, latents, labels, words, model } = loaded;
    const centroids = wordCentroids(latents, 32, labels, words.length);
    words.forEach((word, i) => {
      const setting = decodeSetting(model, centroids[i] ?? []);
      EQ_PARAMETERS.forEach(({ kind, name }, k) => {
        const published = reference.term_eq[word]?.[k] ?? Number.NaN;
        const error = Math.abs((setting[k] ?? Number.NaN) - published);
        expect(error, `${word}, ${name}`).toBeLessThan(kind === 'gain' ? 0.005 : 0.001 * published);
      });
      expect(setting.length).toBe(PARAMETER_COUNT);
    });
  });
});
