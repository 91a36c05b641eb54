// Seed V1's output heads: y = low + (high - low) sigmoid(steepness x). Which column has which is
// written in front of this file as head_of.

// y [rows, columns]: what the heads make of it, in its place.
fn heads(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    let head = head_of(column);
    let share = sigmoid(head.steepness * load_rows(op.y, row, column));
    store_rows(op.y, row, column, head.low + (head.high - head.low) * share);
  }
}

// y: the gradient of outputs before, of what the heads were applied to after; a the outputs.
fn heads_back(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    let head = head_of(column);
    let output = load_rows(op.a, row, column);
    let share = (output - head.low) / (head.high - head.low);
    let slope = head.steepness * share * (head.high - output);
    store_rows(op.y, row, column, slope * load_rows(op.y, row, column));
  }
}
