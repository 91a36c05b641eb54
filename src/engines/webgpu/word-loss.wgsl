// The loss of a word head; see the tape's WordLoss.

// Of a share of 0, whose logarithm no one looks at.
const SMALLEST_SHARE = 1e-30;

// a logits, b votes [rows, columns]. Writes the losses v0 and y, the gradient of the logits.
fn word_loss(op: Op, row: u32, lane: u32) {
  var largest = vec4f(-3e38);
  for (var column = lane; column < op.columns; column += LANES) {
    largest = max(largest, load_rows(op.a, row, column));
  }
  largest = max_lanes(largest, lane);
  var sum = vec4f();
  var votes = vec4f();
  for (var column = lane; column < op.columns; column += LANES) {
    sum += exp(load_rows(op.a, row, column) - largest);
    votes += load_rows(op.b, row, column);
  }
  sum = sum_lanes(sum, lane);
  votes = sum_lanes(votes, lane);
  let factor = step.contrastive_weight / f32(step.rows);
  var losses = vec4f();
  for (var column = lane; column < op.columns; column += LANES) {
    let behind = load_rows(op.a, row, column) - largest;
    let share = load_rows(op.b, row, column);
    losses += share * (log(max(share, vec4f(SMALLEST_SHARE))) - behind + log(sum));
    store_rows(op.y, row, column, factor * (votes * exp(behind) / sum - share));
  }
  losses = sum_lanes(losses, lane);
  if (lane == 0) {
    store_four(op.v[0], row, losses);
  }
}
