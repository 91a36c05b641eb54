// The operations that a row of the batch goes through by itself, four rows at once, or, in products,
// all ROWS of a workgroup. Of each row, a lane has every LANES-th column. What a lane reads of other lanes' columns, it reads in
// `product` only, which therefore begins with a barrier.

// What the rows that the epoch's order names have from op.inner on, `columns` numbers each row:
// y [rows, columns]. Inputs, targets, mask, votes or labels.
fn gather(op: Op, row: u32, lane: u32) {
  let numbers = vec4u(
    order[step.first + row],
    order[step.first + row + 1],
    order[step.first + row + 2],
    order[step.first + row + 3],
  );
  for (var column = lane; column < op.columns; column += LANES) {
    let at = op.inner + numbers * op.columns + column;
    let values = vec4f(examples[at.x], examples[at.y], examples[at.z], examples[at.w]);
    store_rows(op.y, row, column, values);
  }
}

// Rows as they come, to encode or decode: y [rows, columns].
fn take(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    let at = (step.first + row) * op.columns + column;
    let values = vec4f(
      examples[at],
      examples[at + op.columns],
      examples[at + 2 * op.columns],
      examples[at + 3 * op.columns],
    );
    store_rows(op.y, row, column, values);
  }
}

// The rows that encoding or decoding gives: a [rows, columns].
fn give(op: Op, row: u32, lane: u32) {
  for (var column = lane; column < op.columns; column += LANES) {
    for (var r = row; r < min(row + 4, step.rows); r++) {
      results[step.result + r * op.columns + column] = arena[op.a.offset + r * op.a.stride + column];
    }
  }
}

fn of_batch(size: u32) -> u32 {
  return select(size, step.rows, size == BATCH);
}

// y = finish(a · b + v0): a [rows, inner], b [inner, columns], v0 [columns] or NONE.
fn product(op: Op, back: bool, row: u32, lane: u32) {
  storageBarrier();
  let columns = of_batch(op.columns);
  let a = op.a.offset + row * op.a.stride;
  for (var first = lane; first < columns; first += LANES * COLUMNS) {
    multiply(a, op.a.stride, 1, op.b.offset + first, op.b.stride, of_batch(op.inner));
    for (var j = 0u; j < COLUMNS; j++) {
      let column = first + j * LANES;
      if (column < columns) {
        var bias = 0.0;
        if (op.v[0] != NONE) {
          bias = arena[op.v[0] + column];
        }
        for (var r = 0u; r < ROWS / 4; r++) {
          finish_layer(op.finish, back, op.y, row + 4 * r, column, tile[j][r] + bias);
        }
      }
    }
  }
}

// x̂ = (a − mean) · inverse in the place of a, y = finish(x̂ ⊙ v1 + v2); v0 the inverses.
fn normalise(op: Op, row: u32, lane: u32) {
  let width = f32(op.columns);
  var sum = vec4f();
  for (var column = lane; column < op.columns; column += LANES) {
    sum += load_rows(op.a, row, column);
  }
  let mean = sum_lanes(sum, lane) / width;
  var squares = vec4f();
  for (var column = lane; column < op.columns; column += LANES) {
    let x = load_rows(op.a, row, column) - mean;
    squares += x * x;
  }
  let inverse = 1 / sqrt(sum_lanes(squares, lane) / width + LAYER_NORM_EPSILON);
  for (var column = lane; column < op.columns; column += LANES) {
    let unit = (load_rows(op.a, row, column) - mean) * inverse;
    store_rows(op.a, row, column, unit);
    let scaled = unit * arena[op.v[1] + column] + arena[op.v[2] + column];
    finish_layer(op.finish, false, op.y, row, column, scaled);
  }
  if (lane == 0) {
    store_four(op.v[0], row, inverse);
  }
}

// y = v0 × (g − mean(g) − a mean(g ⊙ a)), g = b ⊙ v1: a = x̂, b the gradient of the output.
fn normalise_back(op: Op, row: u32, lane: u32) {
  let width = f32(op.columns);
  var sum = vec4f();
  var dots = vec4f();
  for (var column = lane; column < op.columns; column += LANES) {
    let g = load_rows(op.b, row, column) * arena[op.v[1] + column];
    sum += g;
    dots += g * load_rows(op.a, row, column);
  }
  let mean = sum_lanes(sum, lane) / width;
  let along = sum_lanes(dots, lane) / width;
  let inverse = load_four(op.v[0], row);
  for (var column = lane; column < op.columns; column += LANES) {
    let g = load_rows(op.b, row, column) * arena[op.v[1] + column];
    let rest = g - mean - load_rows(op.a, row, column) * along;
    store_rows(op.y, row, column, inverse * rest);
  }
}

// Mean of (a − b)², or for MAE of |a − b|, into the losses v0; its gradient, finished, into y.
// a output, b target; inner says which of the two. The mask's zeros are factors of the gradient,
// and so of the errors.
fn reconstruction(op: Op, row: u32, lane: u32) {
  var errors = vec4f();
  let absolute = op.inner == MAE;
  let factor = select(2.0, 1.0, absolute) / f32(op.columns * step.rows);
  for (var column = lane; column < op.columns; column += LANES) {
    let difference = load_rows(op.a, row, column) - load_rows(op.b, row, column);
    let direction = select(difference, sign(difference), absolute);
    var error = difference * direction;
    if (op.finish.factors.offset != NONE) {
      error *= load_rows(op.finish.factors, row, column);
    }
    errors += error;
    finish_rows(op.finish, op.y, row, column, factor * direction);
  }
  let losses = sum_lanes(errors, lane) / f32(op.columns);
  if (lane == 0) {
    store_four(op.v[0], row, losses);
  }
}
