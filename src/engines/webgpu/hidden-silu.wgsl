// The hidden layers' activation: SiLU, x · sigmoid x.

fn hidden(x: vec4f) -> vec4f {
  return x / (1 + exp(-x));
}

// Its derivative, from its input.
fn hidden_slope(saved: vec4f) -> vec4f {
  let s = 1 / (1 + exp(-saved));
  return s + saved * s * (1 - s);
}

fn keep_input(f: Finish, row: u32, column: u32, x: vec4f) {
  if (f.saved.offset != NONE) {
    store_rows(f.saved, row, column, x);
  }
}
