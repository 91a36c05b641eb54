// A variational model's latent and its way back; see the tape's Sample and SampleBack.

// Noise of rows row … row + 3 of the batch, behind the row numbers, `columns` numbers each row.
fn noise_at(columns: u32, row: u32, column: u32) -> vec4f {
  let at = step.noise + (step.first + row + FOUR) * columns + column;
  return bitcast<vec4f>(vec4u(order[at.x], order[at.y], order[at.z], order[at.w]));
}

// y = a + deviation, which is kept; a means, b log-variances [rows, columns]. Writes the losses v0.
fn sample(op: Op, row: u32, lane: u32) {
  var sum = vec4f();
  for (var column = lane; column < op.columns; column += LANES) {
    let mean = load_rows(op.a, row, column);
    let log_variance = load_rows(op.b, row, column);
    let spread = exp(0.5 * log_variance);
    let deviation = spread * noise_at(op.columns, row, column);
    store_rows(op.finish.saved, row, column, deviation);
    store_rows(op.y, row, column, mean + deviation);
    sum += mean * mean + (spread * spread - 1 - log_variance);
  }
  let losses = 0.5 * sum_lanes(sum, lane);
  if (lane == 0) {
    store_four(op.v[0], row, losses);
  }
}

fn kl_share() -> f32 {
  return step.kl_weight / f32(step.rows);
}

// y = b + share × a: a the means, b the gradient of what was drawn.
fn mean_back(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    let gradient = load_rows(op.b, row, column);
    store_rows(op.y, row, column, gradient + kl_share() * load_rows(op.a, row, column));
  }
}

// y = ½ (b ⊙ deviation + share × (exp a − 1)): a the log-variances, b as above.
fn log_variance_back(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    let along = load_rows(op.b, row, column) * load_rows(op.finish.saved, row, column);
    let bend = exp(load_rows(op.a, row, column)) - 1;
    store_rows(op.y, row, column, 0.5 * (along + kl_share() * bend));
  }
}
