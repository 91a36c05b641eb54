/**
 * What the module and its host agree on. Plain numbers, so that both compilers read this file.
 *
 * The host puts three kinds of record into the memory: one header, one record an operation and
 * one record a step. All words are 32 bits; matrices are given by their address in bytes, 0
 * standing for none.
 */

/** Columns in a panel of a weight, and rows of a product computed at once. */
export const PANEL = 8;
export const TILE_ROWS = 4;

/** Header: places of its words, in bytes. */
export const EXAMPLE_INPUTS = 0; // address of the examples' f32 [rows, input width], dense
export const EXAMPLE_LABELS = 4; // address of the examples' i32 [rows]
export const ORDER = 8; // address of u32, row numbers of the steps to come
export const STEPS = 12; // address of the step records
export const LOSSES = 16; // address of f64 [steps, 3]
export const PHASE_OPS = 20; // five addresses: where each phase's operations begin, and the end
export const TEMPERATURE = 40; // f32
export const CONTRASTIVE_SELF = 44; // 0 or 1
export const SEED = 48; // u32
export const DROPOUT_THRESHOLD = 52; // u32
export const KEPT_FACTOR = 56; // f32
export const CONTRASTIVE_WEIGHT = 60; // f32
export const SCRATCH = 64; // address of SCRATCH_BYTES for each thread
export const BARRIER = 68; // address of two i32
export const NOISE = 72; // address of f32 [rows, latent], dense, in the epoch's order
export const KL_WEIGHT = 76; // f32
export const EXAMPLE_TARGETS = 80; // address of f32 [rows, 13 or 64], dense, or 0
export const EXAMPLE_MASK = 84; // address of f32 [rows, 13], dense, or 0
export const COTANGENTS = 88; // address of f32 [64]: cot²(π F / fs) of the response grid
export const COLUMN_SCALES = 92; // address of f64 [13, 4]: 0 or 1 (log10), offset, from, to − from
export const OUTPUT_HEADS = 96; // address of f32 [4, 16]: low, high − low, steepness, and of these
// the last divided by the second; zeros beyond the 13 columns
export const EXAMPLE_VOTES = 100; // address of f32 [rows, words], dense, or 0
export const GRID_RATE = 104; // f64: fs, Hz
export const SHELF_CROSS = 112; // f64: κ
export const HEADER_BYTES = 128;
export const SCRATCH_BYTES = 192;

/** Floats from one part of OUTPUT_HEADS to the next. */
export const HEADS_STRIDE = 16;
/** Points of the response grid. */
export const GRID_POINTS = 64;

/** A step's record. */
export const STEP_FIRST = 0; // i32
export const STEP_ROWS = 4; // i32
export const STEP_NUMBER = 8; // u32
export const STEP_SIZE = 12; // f32
export const STEP_SECOND_SCALE = 16; // f32
export const STEP_KEPT = 20; // f32
export const STEP_BETA2 = 24; // f32
export const STEP_REST2 = 28; // f32, 1 − β₂ rounded once
export const STEP_BYTES = 32;

/** Bytes of a step's sums of losses. */
export const LOSS_BYTES = 24;

/** An operation's record: its kind, then the operands in the order its kernel reads them. */
export const OP_BYTES = 64;

export const GATHER = 0;
export const LINEAR = 1;
export const DROPOUT = 2;
export const NORMALISE = 3;
export const UNIT_ROWS = 4;
export const RECONSTRUCTION = 5;
export const SIMILARITY = 6;
export const SIMILARITY_BACK = 7;
export const UNIT_ROWS_BACK = 8;
export const LINEAR_BACK = 9;
export const NORMALISE_BACK = 10;
export const UPDATE_LINEAR = 11;
export const UPDATE_NORM = 12;
export const SUM_LOSSES = 13;
export const SAMPLE = 14;
export const SAMPLE_BACK = 15;
export const RESPONSE = 16;
export const WORD_LOSS = 17;

export const NO_ACTIVATION = 0;
export const RELU = 1;
export const SILU = 2;
export const TANH = 3;
export const SIGMOID = 4;
export const HEADS = 5;

/** Reconstruction losses. */
export const MSE = 0;
export const MAE = 1;
