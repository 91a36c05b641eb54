/**
 * Compares an engine with recorded Adam steps of the reference model (PyTorch, float32).
 *
 * It needs no test runner and nothing of Node, so the same check runs in a browser's worker.
 */
import * as v from 'valibot';
import { ADAM, type Engine } from '../engines/engine';
import { PARAMETER_COUNT } from '../eq/parameters';
import { parameterTable, type ParameterTable, type TensorEntry } from '../model/parameter-table';
import { readSafetensors, takeTensor, type TensorFile } from '../model/safetensors';
import type { ModelSpec } from '../recipe/model-spec';

/** The tensor furthest from the record. */
interface Worst {
  readonly tensor: string;
  /** ‖ours − recorded‖ / ‖recorded‖. */
  readonly error: number;
}

/**
 * Gradients shorter than this are compared as if they were this long. One of the small record's
 * is (`encoder.semantic_proj.bias`, 3.5e-4): its terms cancel so far that the record itself is
 * 9e-5 away from float64.
 */
const GRADIENT_FLOOR = 1e-3;

interface GoldenErrors {
  /** Of the first step's gradient. */
  readonly gradient: Worst;
  /** Of what the first step changed, not of the weights, most of which are as they started. */
  readonly changeAfter1: Worst;
  /** Of what ten steps changed. */
  readonly changeAfter10: Worst;
  /** Largest relative error of a loss of the first five steps. */
  readonly lossesTo5: number;
  /** Largest relative error of a loss of all ten steps. */
  readonly lossesTo10: number;
}

/** The records, beside the repository; see shared-files. */
export const GOLDEN_FILES = [
  'reference/adam-steps-small.safetensors',
  'reference/adam-steps-seed-size.safetensors',
] as const;

/**
 * Adam's first steps move every weight by about the learning rate, whatever the size of its
 * gradient, so a weight whose gradient is all rounding moves by rounding too: what the steps
 * changed agrees less well than the gradients that changed it.
 */
export const GOLDEN_TOLERANCES = {
  gradient: 1e-4,
  changeAfter1: 2e-3,
  changeAfter10: 1e-3,
  lossesTo5: 1e-5,
  lossesTo10: 1e-5,
} as const;

/** What is not within {@link GOLDEN_TOLERANCES}, in words; a NaN is not. */
export function beyond({
  gradient,
  changeAfter1,
  changeAfter10,
  lossesTo5,
  lossesTo10,
}: GoldenErrors): string[] {
  const found: [string, number, number][] = [
    [`gradient of ${gradient.tensor}`, gradient.error, GOLDEN_TOLERANCES.gradient],
    [`step 1 of ${changeAfter1.tensor}`, changeAfter1.error, GOLDEN_TOLERANCES.changeAfter1],
    [`10 steps of ${changeAfter10.tensor}`, changeAfter10.error, GOLDEN_TOLERANCES.changeAfter10],
    ['losses of steps 1 to 5', lossesTo5, GOLDEN_TOLERANCES.lossesTo5],
    ['losses of steps 1 to 10', lossesTo10, GOLDEN_TOLERANCES.lossesTo10],
  ];
  return found
    .filter(([, error, tolerance]) => !(error < tolerance))
    .map(([what, error]) => `${what}: off by ${error.toExponential(2)}`);
}

const number = v.pipe(v.string(), v.transform(Number), v.finite());
const json = v.pipe(v.string(), v.parseJson());
const settingsSchema = v.object({
  latent: number,
  hidden: v.pipe(json, v.array(v.number())),
  projection: number,
  temperature: number,
  contrastive_weight: number,
  learning_rate: number,
  losses_recon_contrastive_total: v.pipe(
    json,
    v.array(v.tuple([v.number(), v.number(), v.number()])),
  ),
});

/** @param bytes the record, a safetensors file */
export async function goldenErrors(bytes: Uint8Array, engine: Engine): Promise<GoldenErrors> {
  const file = readSafetensors(bytes);
  const settings = v.parse(settingsSchema, Object.fromEntries(file.metadata));
  const { latent, hidden, projection } = settings;
  const spec: ModelSpec = {
    latent,
    hidden,
    projection,
    activation: 'relu',
    normalisation: 'layer',
    body: 'residual',
    variational: false,
    input: 'parameters',
    latentActivation: 'tanh',
    latentSkip: false,
    wordHead: 0,
    output: 'sigmoid',
  };
  const table = parameterTable(spec);
  const recorded = (what: string): Float32Array => flatTensors(file, table, what);
  const recordedLosses = settings.losses_recon_contrastive_total;

  const labels = file.tensors.get('batch.labels')?.data ?? [];
  const rows = labels.length;
  const examples = {
    rows,
    inputs: takeTensor(file, 'batch.x', 'F32', [rows, PARAMETER_COUNT]),
    labels: Int32Array.from(labels),
  };
  const plan = {
    order: Uint32Array.from({ length: rows }, (_, i) => i),
    learningRate: settings.learning_rate,
    contrastiveWeight: settings.contrastive_weight,
    klWeight: 0,
  };
  const initial = recorded('init');
  await engine.load(
    spec,
    {
      weights: initial,
      firstMoment: new Float32Array(table.total),
      secondMoment: new Float32Array(table.total),
      step: 0,
    },
    examples,
    {
      batchSize: rows,
      dropout: 0,
      temperature: settings.temperature,
      contrastiveSelf: true,
      reconstruction: 'mse',
      columns: [],
      weightDecay: 0,
      beta2: 0.999,
      seed: 0,
    },
  );

  const losses: number[] = [];
  const epoch = async (): Promise<void> => {
    const { reconstruction, contrastive, total } = await engine.trainEpoch(plan);
    losses.push(reconstruction, contrastive, total);
  };
  await epoch();
  const after1 = await engine.state();
  // After one step from zeros Adam's first moment is the gradient times 1 − β₁.
  const gradient = after1.firstMoment.map((moment) => moment / (1 - ADAM.beta1));
  for (let step = 2; step <= recordedLosses.length; step++) await epoch();
  const after10 = await engine.state();

  const lossErrors = recordedLosses
    .flat()
    .map((loss, i) => Math.abs((losses[i] ?? Number.NaN) / loss - 1));
  const change = (weights: Float32Array): Float64Array =>
    Float64Array.from(weights, (weight, i) => weight - (initial[i] ?? 0));
  return {
    gradient: worst(table, gradient, recorded('grad'), GRADIENT_FLOOR),
    changeAfter1: worst(table, change(after1.weights), change(recorded('after1'))),
    changeAfter10: worst(table, change(after10.weights), change(recorded('after10'))),
    lossesTo5: Math.max(...lossErrors.slice(0, 5 * 3)),
    lossesTo10: Math.max(...lossErrors),
  };
}

/** The tensors `what.*` end to end in the table's order, [total]. */
function flatTensors(file: TensorFile, table: ParameterTable, what: string): Float32Array {
  const flat = new Float32Array(table.total);
  for (const { name, shape, offset } of table.entries) {
    flat.set(takeTensor(file, `${what}.${name}`, 'F32', shape), offset);
  }
  return flat;
}

function worst(
  { entries }: ParameterTable,
  ours: Float32Array | Float64Array,
  theirs: Float32Array | Float64Array,
  floor = 0,
): Worst {
  return entries
    .map((entry) => ({ tensor: entry.name, error: distance(entry, ours, theirs, floor) }))
    .reduce((a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a));
}

function distance(
  { offset, size }: TensorEntry,
  ours: Float32Array | Float64Array,
  theirs: Float32Array | Float64Array,
  floor: number,
): number {
  let error = 0;
  let length = 0;
  for (let i = offset; i < offset + size; i++) {
    const their = theirs[i] ?? Number.NaN;
    error += ((ours[i] ?? Number.NaN) - their) ** 2;
    length += their ** 2;
  }
  return Math.sqrt(error) / Math.max(Math.sqrt(length), floor);
}
