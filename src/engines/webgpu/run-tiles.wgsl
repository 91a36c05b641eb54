// The last part of a step: gradients of the tensors, tile by tile, and Adam at once.

// Adam's step at element `at` of a tensor, of which the share `kept` is left before; gives the new
// value.
fn adam(tensor: Tensor, at: u32, gradient: f32, kept: f32) -> f32 {
  let first = BETA1 * arena[tensor.first + at] + (1 - BETA1) * gradient;
  let second = step.beta2 * arena[tensor.second + at] + step.rest2 * gradient * gradient;
  let change = step.step_size * first / (sqrt(second) * step.second_scale + EPSILON);
  let value = kept * arena[tensor.value + at] - change;
  arena[tensor.first + at] = first;
  arena[tensor.second + at] = second;
  arena[tensor.value + at] = value;
  return value;
}

// Weight: Σ_rows gradientᵀ · x, the tile's part of [out, in]; bias: Σ_rows gradient.
fn update_linear(u: Update, row: u32, first: u32, lane: u32) {
  let a = u.gradient.offset + row;
  let start = first + lane;
  multiply(a, 1, u.gradient.stride, u.x.offset + start, u.x.stride, step.rows);
  for (var j = 0u; j < COLUMNS; j++) {
    let column = start + j * LANES;
    if (column < u.columns) {
      for (var r = 0u; r < min(ROWS, u.rows - row); r++) {
        let value = adam(u.main, (row + r) * u.stride + column, tile[j][r / 4][r % 4], step.kept);
        arena[u.transposed.offset + column * u.transposed.stride + row + r] = value;
      }
    }
  }
  // The tiles of the first columns see to the bias.
  if (first == 0) {
    for (var o = row + lane; o < min(row + ROWS, u.rows); o += LANES) {
      var sum = 0.0;
      for (var r = 0u; r < step.rows; r++) {
        sum += arena[u.gradient.offset + r * u.gradient.stride + o];
      }
      adam(u.other, o, sum, 1);
    }
  }
}

// Scale: Σ_rows gradient ⊙ x̂; shift: Σ_rows gradient. A lane has a column.
fn update_norm(u: Update, first: u32, lane: u32) {
  let column = first + lane;
  if (column >= u.columns) {
    return;
  }
  var scale = 0.0;
  var shift = 0.0;
  for (var r = 0u; r < step.rows; r++) {
    let gradient = arena[u.gradient.offset + r * u.gradient.stride + column];
    scale += gradient * arena[u.x.offset + r * u.x.stride + column];
    shift += gradient;
  }
  adam(u.main, column, scale, 1);
  adam(u.other, column, shift, 1);
}

// The step's sums of the reconstruction losses (gradient), the contrastive ones (x) and the KL
// ones (transposed; NONE where there are none, and the sum is 0).
fn sum_losses(u: Update, lane: u32) {
  if (lane < LOSS_SUMS) {
    let all = array(u.gradient.offset, u.x.offset, u.transposed.offset);
    let losses = all[lane];
    var sum = 0.0;
    for (var r = 0u; r < select(step.rows, 0u, losses == NONE); r++) {
      sum += arena[losses + r];
    }
    results[step.result + lane] = sum;
  }
}

@compute @workgroup_size(LANES)
fn run_tiles(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  step = steps[group.z];
  let number = range.start + group.y * groups.x + group.x;
  if (number >= range.end) {
    return;
  }
  let tile_work = work[number];
  let update = updates[step.run * range.updates + tile_work.x];
  switch (update.code) {
    case UPDATE_LINEAR: {
      update_linear(update, tile_work.y, tile_work.z, lane);
    }
    case UPDATE_NORM: {
      update_norm(update, tile_work.z, lane);
    }
    case SUM_LOSSES: {
      sum_losses(update, lane);
    }
    default: {
    }
  }
}
