// The supervised contrastive loss and its way back, apart from the products; see the tape's
// UnitRows, Similarity, SimilarityBack and UnitRowsBack.

const SMALLEST_SQUARE = 1e-24;

// y = a · inverse, b = yᵀ [columns, rows], v0 the inverses: 1 / length of each row of a.
fn unit_rows(op: Op, row: u32, lane: u32) {
  var squares = vec4f();
  for (var column = lane; column < op.columns; column += LANES) {
    let x = load_rows(op.a, row, column);
    squares += x * x;
  }
  let inverse = 1 / sqrt(max(sum_lanes(squares, lane), vec4f(SMALLEST_SQUARE)));
  for (var column = lane; column < op.columns; column += LANES) {
    let unit = load_rows(op.a, row, column) * inverse;
    store_rows(op.y, row, column, unit);
    store_four(op.b.offset + column * op.b.stride, row, unit);
  }
  if (lane == 0) {
    store_four(op.v[0], row, inverse);
  }
}

// Which of the four rows are no other than row j, unless a row counts in its own sum.
fn counting(rows: vec4u, j: u32) -> vec4<bool> {
  return (rows != vec4u(j)) | vec4<bool>(step.self_counts == 1);
}

// Which of the four rows, with these labels, are partners of row j. A label below 0 is none.
fn partners_of(rows: vec4u, labels: vec4f, j: u32, label: f32) -> vec4<bool> {
  return (rows != vec4u(j)) & (labels == vec4f(label)) & vec4<bool>(label >= 0);
}

// a: dot products before, similarities after, [rows, rows]. v0 labels; writes v1 log-sums,
// v2 shares, v3 losses.
fn similarity(op: Op, row: u32, lane: u32) {
  let rows = row + FOUR;
  let labels = load_four(op.v[0], row);
  var largest = vec4f(-3e38);
  var partners = vec4f();
  for (var j = lane; j < step.rows; j += LANES) {
    let s = load_rows(op.a, row, j) / step.temperature;
    store_rows(op.a, row, j, s);
    let label = arena[op.v[0] + j];
    largest = select(largest, max(largest, s), counting(rows, j) & vec4<bool>(label >= 0));
    let partner = partners_of(rows, labels, j, label);
    partners += select(vec4f(0), vec4f(1), partner);
  }
  largest = max_lanes(largest, lane);
  partners = sum_lanes(partners, lane);
  var sum = vec4f();
  for (var j = lane; j < step.rows; j += LANES) {
    let s = load_rows(op.a, row, j);
    let counts = counting(rows, j) & vec4<bool>(arena[op.v[0] + j] >= 0);
    sum += select(vec4f(0), exp(s - largest), counts);
  }
  sum = sum_lanes(sum, lane);
  // A single row, or one among rows without a word, has no others to sum over; no one looks at its
  // sum.
  let log_sums = select(vec4f(0), largest + log(sum), sum > vec4f(0));
  let shares = select(vec4f(0), 1 / partners, partners > vec4f(0));
  var losses = vec4f();
  for (var j = lane; j < step.rows; j += LANES) {
    let partner = partners_of(rows, labels, j, arena[op.v[0] + j]);
    losses += select(vec4f(0), log_sums - load_rows(op.a, row, j), partner);
  }
  losses = shares * sum_lanes(losses, lane);
  if (lane == 0) {
    store_four(op.v[1], row, log_sums);
    store_four(op.v[2], row, shares);
    store_four(op.v[3], row, losses);
  }
}

// a [rows, rows]: similarities before, after it how much of each point is in the gradient of each.
// v0 labels, v1 log-sums, v2 shares.
fn coefficients(op: Op, row: u32, lane: u32) {
  let rows = row + FOUR;
  let labels = load_four(op.v[0], row);
  let log_sums = load_four(op.v[1], row);
  let shares = load_four(op.v[2], row);
  let factor = step.contrastive_weight / (f32(step.rows) * step.temperature);
  for (var j = lane; j < step.rows; j += LANES) {
    let s = load_rows(op.a, row, j);
    let share = arena[op.v[2] + j];
    let label = arena[op.v[0] + j];
    let counts = counting(rows, j);
    // Only rows that have a word are in the sums, those of rows with partners.
    let in_theirs = counts & (shares > vec4f(0)) & vec4<bool>(label >= 0);
    let in_its = counts & vec4<bool>(share > 0) & (labels >= vec4f(0));
    let there = select(vec4f(0), exp(s - log_sums), in_theirs);
    let back = select(vec4f(0), exp(s - arena[op.v[1] + j]), in_its);
    let partner = partners_of(rows, labels, j, label);
    let wanted = select(vec4f(0), shares + share, partner);
    store_rows(op.a, row, j, factor * (there + back - wanted));
  }
}

// y = finish(v0 × (b − a (a · b))): a the points on the unit sphere, b their gradients.
fn unit_rows_back(op: Op, row: u32, lane: u32) {
  var dots = vec4f();
  for (var column = lane; column < op.columns; column += LANES) {
    dots += load_rows(op.a, row, column) * load_rows(op.b, row, column);
  }
  let inverse = load_four(op.v[0], row);
  // A row too short to be scaled to length 1 was multiplied by a constant.
  let along = select(vec4f(0), sum_lanes(dots, lane), inverse < vec4f(9.99e11));
  for (var column = lane; column < op.columns; column += LANES) {
    let across = load_rows(op.b, row, column) - load_rows(op.a, row, column) * along;
    finish_rows(op.finish, op.y, row, column, inverse * across);
  }
}
