// What the kernels read and write. The constants in capitals are written in front of this file:
// LANES (invocations of a workgroup), COLUMNS (columns of a tile an invocation computes), NONE and
// the codes of operations, updates and activations.

// Where a matrix lies in the arena: element (row, column) at offset + row × stride + column.
struct Matrix {
  offset: u32,
  stride: u32,
}

// What becomes of a result, or of a gradient, before it is stored.
struct Finish {
  add: Matrix,
  // Where the activation's input is kept; for a gradient, what the derivative is computed from.
  saved: Matrix,
  factors: Matrix,
  activation: u32,
  // 1 for a gradient.
  slope: u32,
}

// An operation on rows of the batch; which operands it has, its kernel says.
struct Op {
  code: u32,
  // Of the result; BATCH stands for the batch's rows.
  columns: u32,
  // Length of a product's sums; BATCH likewise.
  inner: u32,
  site: u32,
  a: Matrix,
  b: Matrix,
  y: Matrix,
  // Places of vectors.
  v: array<u32, 4>,
  finish: Finish,
}

// Places of a tensor and of Adam's memory of it.
struct Tensor {
  value: u32,
  first: u32,
  second: u32,
}

// What a step changes in a layer.
struct Update {
  code: u32,
  // Of the weight, [out, in]; of scale and shift, [1, width].
  rows: u32,
  columns: u32,
  stride: u32,
  gradient: Matrix,
  x: Matrix,
  // Weight, or scale.
  main: Tensor,
  // The transposed copy of the weight, [in, out].
  transposed: Matrix,
  // Bias, or shift.
  other: Tensor,
}

// Of one run's step; the same for all its dispatches.
struct Step {
  // Place of the batch's first row in the epoch's order; or its number among the examples.
  first: u32,
  rows: u32,
  // Steps taken before: the dropout masks' counter.
  taken: u32,
  // Where its results go.
  result: u32,
  // learning rate / (1 - beta1^t)
  step_size: f32,
  // 1 / sqrt(1 - beta2^t)
  second_scale: f32,
  contrastive_weight: f32,
  temperature: f32,
  seed: u32,
  drop_below: u32,
  kept_factor: f32,
  // 1 where a row counts in the denominator of its own contrastive loss.
  self_counts: u32,
  // Number of the run.
  run: u32,
  kl_weight: f32,
  // How many row numbers there are before the noise.
  noise: u32,
  // 1 - learning rate x weight decay: what linear layers' weights are multiplied by first.
  kept: f32,
  // Adam's beta2, and 1 - beta2, rounded once.
  beta2: f32,
  rest2: f32,
}

// Which stages, or tiles, a dispatch goes through; how many operations and updates each run has.
struct Range {
  start: u32,
  end: u32,
  ops: u32,
  updates: u32,
}

// The runs' matrices, one run after the other; likewise their operations and updates, which hold
// places in the whole arena.
@group(0) @binding(0) var<storage, read_write> arena: array<f32>;
@group(0) @binding(1) var<storage, read> ops: array<Op>;
@group(0) @binding(2) var<storage, read> updates: array<Update>;
// The same for all runs. A tile: number of its update, first row, first column. A stage: the first
// of its dropouts, of its other operations and of its layers, and the operation after them.
@group(0) @binding(3) var<storage, read> work: array<vec4u>;
// Rows of inputs of all runs, or of latents; then, for training, what else there is of the rows and
// what the response loss needs: each operation knows the place of its own.
@group(0) @binding(4) var<storage, read> examples: array<f32>;
// Row numbers; then, for a variational model, the noise of those rows, floats in the words of integers.
@group(0) @binding(5) var<storage, read> order: array<u32>;
// The loss sums of each step, or the rows that encoding or decoding gives.
@group(0) @binding(6) var<storage, read_write> results: array<f32>;
// What each run does in a dispatch: as many as the dispatch has layers of workgroups.
@group(0) @binding(7) var<storage, read> steps: array<Step>;
@group(0) @binding(8) var<uniform> range: Range;

// That of this workgroup's run.
var<private> step: Step;

const FOUR = vec4u(0, 1, 2, 3);

fn load_places(at: vec4u) -> vec4f {
  return vec4f(arena[at.x], arena[at.y], arena[at.z], arena[at.w]);
}

// Column `column` of rows row … row + 3.
fn load_rows(m: Matrix, row: u32, column: u32) -> vec4f {
  return load_places(m.offset + column + m.stride * (row + FOUR));
}

// Batches have a multiple of four rows in the arena, so no row is in another's way.
fn store_rows(m: Matrix, row: u32, column: u32, value: vec4f) {
  let at = m.offset + row * m.stride + column;
  arena[at] = value.x;
  arena[at + m.stride] = value.y;
  arena[at + 2 * m.stride] = value.z;
  arena[at + 3 * m.stride] = value.w;
}

// Elements row … row + 3 of a vector.
fn load_four(vector: u32, row: u32) -> vec4f {
  return load_places(vector + row + FOUR);
}

fn store_four(vector: u32, row: u32, value: vec4f) {
  let at = vector + row;
  arena[at] = value.x;
  arena[at + 1] = value.y;
  arena[at + 2] = value.z;
  arena[at + 3] = value.w;
}
