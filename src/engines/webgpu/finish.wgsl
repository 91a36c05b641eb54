// What becomes of results and gradients before they are stored; four rows of one column.

fn sigmoid(x: vec4f) -> vec4f {
  return 1 / (1 + exp(-x));
}

// Through exp, of which WGSL demands more than of tanh; near 0 by its series, where the quotient
// cancels.
fn hyperbolic_tangent(x: vec4f) -> vec4f {
  let size = min(abs(x), vec4f(15));
  let e = exp(-2 * size);
  let far = sign(x) * (1 - e) / (1 + e);
  let s = x * x;
  let near = x * (1 + s * (-1 / 3.0 + s * (2 / 15.0 + s * (-17 / 315.0 + s * (62 / 2835.0)))));
  return select(far, near, size < vec4f(0.25));
}

fn activated(activation: u32, x: vec4f) -> vec4f {
  switch (activation) {
    case RELU: {
      return max(x, vec4f(0));
    }
    case SILU: {
      return x * sigmoid(x);
    }
    case TANH: {
      return hyperbolic_tangent(x);
    }
    case SIGMOID: {
      return sigmoid(x);
    }
    default: {
      return x;
    }
  }
}

// The activation's derivative, from its output; for SiLU, from its input.
fn slope(activation: u32, saved: vec4f) -> vec4f {
  switch (activation) {
    case RELU: {
      return select(vec4f(0), vec4f(1), saved > vec4f(0));
    }
    case SILU: {
      let s = sigmoid(saved);
      return s + saved * s * (1 - s);
    }
    case TANH: {
      return 1 - saved * saved;
    }
    case SIGMOID: {
      return saved * (1 - saved);
    }
    default: {
      return vec4f(1);
    }
  }
}

// factors ⊙ activation(result + add), or (result + add) ⊙ factors ⊙ activation′, into y.
fn finish_rows(f: Finish, y: Matrix, row: u32, column: u32, result: vec4f) {
  var value = result;
  if (f.add.offset != NONE) {
    value += load_rows(f.add, row, column);
  }
  if (f.slope == 1) {
    if (f.activation != LINEAR) {
      value *= slope(f.activation, load_rows(f.saved, row, column));
    }
  } else {
    if (f.saved.offset != NONE) {
      store_rows(f.saved, row, column, value);
    }
    value = activated(f.activation, value);
  }
  if (f.factors.offset != NONE) {
    value *= load_rows(f.factors, row, column);
  }
  store_rows(y, row, column, value);
}

// The same within a layer, where the activation is the hidden layers' or none; `back`, a constant
// to the compiler, for gradients.
fn finish_layer(f: Finish, back: bool, y: Matrix, row: u32, column: u32, result: vec4f) {
  var value = result;
  if (f.add.offset != NONE) {
    value += load_rows(f.add, row, column);
  }
  if (back) {
    if (f.activation != LINEAR) {
      value *= hidden_slope(load_rows(f.saved, row, column));
    }
  } else {
    keep_input(f, row, column, value);
    if (f.activation != LINEAR) {
      value = hidden(value);
    }
  }
  if (f.factors.offset != NONE) {
    value *= load_rows(f.factors, row, column);
  }
  store_rows(y, row, column, value);
}

// Finishes y [rows, columns] in its place.
fn finish_again(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    finish_rows(op.finish, op.y, row, column, load_rows(op.y, row, column));
  }
}
