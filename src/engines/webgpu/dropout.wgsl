// Dropout factors from counted random numbers: Threefry-2x32 with 20 rounds (see src/random).

const PARITY = 0x1bd11bdau;

// The two words of four blocks.
struct Words {
  x: vec4u,
  z: vec4u,
}

fn mix(w: Words, rotation: u32) -> Words {
  let x = w.x + w.z;
  let left = w.z << vec4u(rotation);
  let right = w.z >> vec4u(32 - rotation);
  return Words(x, (left | right) ^ x);
}

fn even_rounds(w: Words) -> Words {
  return mix(mix(mix(mix(w, 13), 15), 26), 6);
}

fn odd_rounds(w: Words) -> Words {
  return mix(mix(mix(mix(w, 17), 29), 16), 24);
}

fn add_keys(w: Words, x: u32, z: u32) -> Words {
  return Words(w.x + x, w.z + z);
}

// The first output words of the blocks keyed by (k0, k1) at the counters (taken, indexes).
fn random_bits(k0: u32, k1: u32, taken: u32, indexes: vec4u) -> vec4u {
  let k2 = k0 ^ k1 ^ PARITY;
  let w0 = Words(vec4u(taken + k0), indexes + k1);
  let w1 = add_keys(even_rounds(w0), k1, k2 + 1);
  let w2 = add_keys(odd_rounds(w1), k2, k0 + 2);
  let w3 = add_keys(even_rounds(w2), k0, k1 + 3);
  let w4 = add_keys(odd_rounds(w3), k1, k2 + 4);
  return add_keys(even_rounds(w4), k2, k0 + 5).x;
}

// y [rows, columns]: 0 or the kept factor.
fn dropout(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    let indexes = (row + FOUR) * op.columns + column;
    let bits = random_bits(step.seed, DROPOUT_STREAM + op.site, step.taken, indexes);
    let dropped = (bits >> vec4u(8)) < vec4u(step.drop_below);
    store_rows(op.y, row, column, select(vec4f(step.kept_factor), vec4f(0), dropped));
  }
}
