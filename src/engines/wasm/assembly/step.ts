/** The run-time values that kernels read. Every thread has its own copy. */
import {
  BARRIER,
  COLUMN_SCALES,
  CONTRASTIVE_SELF,
  CONTRASTIVE_WEIGHT,
  COTANGENTS,
  DROPOUT_THRESHOLD,
  EXAMPLE_INPUTS,
  EXAMPLE_LABELS,
  EXAMPLE_MASK,
  EXAMPLE_TARGETS,
  EXAMPLE_VOTES,
  GRID_RATE,
  KEPT_FACTOR,
  KL_WEIGHT,
  NOISE,
  ORDER,
  OUTPUT_HEADS,
  SCRATCH,
  SCRATCH_BYTES,
  SEED,
  SHELF_CROSS,
  STEP_BETA2,
  STEP_FIRST,
  STEP_KEPT,
  STEP_NUMBER,
  STEP_REST2,
  STEP_ROWS,
  STEP_SECOND_SCALE,
  STEP_SIZE,
  TEMPERATURE,
} from './layout';

export let thread: i32 = 0;
export let threads: i32 = 1;
/** False when the model is used, not trained. */
export let training: bool = true;

export let exampleInputs: usize = 0;
export let exampleLabels: usize = 0;
export let exampleTargets: usize = 0;
export let exampleMask: usize = 0;
export let exampleVotes: usize = 0;
export let cotangents: usize = 0;
export let columnScales: usize = 0;
export let outputHeads: usize = 0;
export let gridRate: f64 = 1;
export let shelfCross: f64 = 0;
export let scratch: usize = 0;
export let barrierWords: usize = 0;
export let temperature: f32 = 1;
export let contrastiveSelf: bool = true;
export let contrastiveWeight: f32 = 0;
export let klWeight: f32 = 0;
export let seed: u32 = 0;
export let dropoutThreshold: u32 = 0;
export let keptFactor: f32 = 1;

/** Rows of the batch. */
export let rows: i32 = 0;
/** Address of the batch's first row in the epoch's order. */
export let batchOrder: usize = 0;
/** Number of the batch's first row in the epoch's order. */
let batchFirst: usize = 0;
let noise: usize = 0;
export let stepNumber: u32 = 0;
export let stepSize: f32 = 0;
export let secondScale: f32 = 1;
/** What a linear layer's weights are multiplied by before Adam's change. */
export let kept: f32 = 1;
/** Adam's β₂, and 1 − β₂, rounded once. */
export let beta2: f32 = 0;
export let rest2: f32 = 1;

/** The rows of the batch that are this thread's: `rowFrom` … `rowTo` − 1. */
export let rowFrom: i32 = 0;
export let rowTo: i32 = 0;

export function readHeader(header: usize, number: i32, count: i32): void {
  thread = number;
  threads = count;
  training = true;
  exampleInputs = load<usize>(header, EXAMPLE_INPUTS);
  exampleLabels = load<usize>(header, EXAMPLE_LABELS);
  exampleTargets = load<usize>(header, EXAMPLE_TARGETS);
  exampleMask = load<usize>(header, EXAMPLE_MASK);
  exampleVotes = load<usize>(header, EXAMPLE_VOTES);
  cotangents = load<usize>(header, COTANGENTS);
  columnScales = load<usize>(header, COLUMN_SCALES);
  outputHeads = load<usize>(header, OUTPUT_HEADS);
  gridRate = load<f64>(header, GRID_RATE);
  shelfCross = load<f64>(header, SHELF_CROSS);
  scratch = load<usize>(header, SCRATCH) + usize(number) * SCRATCH_BYTES;
  barrierWords = load<usize>(header, BARRIER);
  temperature = load<f32>(header, TEMPERATURE);
  contrastiveSelf = load<i32>(header, CONTRASTIVE_SELF) != 0;
  contrastiveWeight = load<f32>(header, CONTRASTIVE_WEIGHT);
  klWeight = load<f32>(header, KL_WEIGHT);
  noise = load<usize>(header, NOISE);
  seed = load<u32>(header, SEED);
  dropoutThreshold = load<u32>(header, DROPOUT_THRESHOLD);
  keptFactor = load<f32>(header, KEPT_FACTOR);
}

export function readStep(header: usize, step: usize): void {
  batchFirst = load<usize>(step, STEP_FIRST);
  batchOrder = load<usize>(header, ORDER) + (batchFirst << 2);
  stepNumber = load<u32>(step, STEP_NUMBER);
  stepSize = load<f32>(step, STEP_SIZE);
  secondScale = load<f32>(step, STEP_SECOND_SCALE);
  kept = load<f32>(step, STEP_KEPT);
  beta2 = load<f32>(step, STEP_BETA2);
  rest2 = load<f32>(step, STEP_REST2);
  shareRows(load<i32>(step, STEP_ROWS));
}

/** Address of the noise of a row of the batch, f32 [latent]. */
export function noiseAt(row: i32, latent: i32): usize {
  return noise + (((batchFirst + usize(row)) * usize(latent)) << 2);
}

/** Use of the model, not training: all rows are this thread's. */
export function useRows(header: usize, count: i32): void {
  readHeader(header, 0, 1);
  training = false;
  shareRows(count);
}

function shareRows(count: i32): void {
  rows = count;
  rowFrom = firstOf(count, thread);
  rowTo = firstOf(count, thread + 1);
}

/** First of `count` rows that are `number`'s share: whole tiles, all but the last. */
function firstOf(count: i32, number: i32): i32 {
  if (number == threads) return count;
  return ((count * number) / threads) & ~3;
}

/** First of `count` things that are the share of thread number `number`. */
export function shareFrom(count: i32, number: i32): i32 {
  return (count * number) / threads;
}
