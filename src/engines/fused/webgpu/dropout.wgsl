// Dropout factors from counted random numbers: Threefry-2x32 with 20 rounds (see src/random).

const PARITY = 0x1bd11bdau;

// The first output word of the block keyed by (seed, stream) at the counter (taken, index).
fn random_bits(seed: u32, stream: u32, taken: u32, index: u32) -> u32 {
  var keys = array(seed, stream, seed ^ stream ^ PARITY);
  var rotations = array(vec4u(13, 15, 26, 6), vec4u(17, 29, 16, 24));
  var x = taken + seed;
  var z = index + stream;
  for (var group = 0u; group < 5; group++) {
    let r = rotations[group % 2];
    x += z;
    z = ((z << r.x) | (z >> (32 - r.x))) ^ x;
    x += z;
    z = ((z << r.y) | (z >> (32 - r.y))) ^ x;
    x += z;
    z = ((z << r.z) | (z >> (32 - r.z))) ^ x;
    x += z;
    z = ((z << r.w) | (z >> (32 - r.w))) ^ x;
    x += keys[(group + 1) % 3];
    z += keys[(group + 2) % 3] + group + 1;
  }
  return x;
}

// y [rows, columns]: 0 or the kept factor.
fn dropout(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    for (var r = row; r < row + 4; r++) {
      let bits = random_bits(step.seed, DROPOUT_STREAM + op.site, step.taken, r * op.columns + column);
      let dropped = (bits >> 8) < step.drop_below;
      arena[op.y.offset + r * op.y.stride + column] = select(step.kept_factor, 0, dropped);
    }
  }
}
