// Takes ROWS rows of the batch through stages: dropouts, other operations, then layers.
//
// Software renderers go through every branch of what is not a loop, whether any invocation takes
// it or not. Hence a loop for each kind of operation that comes often.

// Four rows through an operation on the way forward that is neither a dropout nor a layer's.
fn other_forward(op: Op, row: u32, lane: u32) {
  switch (op.code) {
    case GATHER: {
      gather(op, row, lane);
    }
    case TAKE: {
      take(op, row, lane);
    }
    case GIVE: {
      give(op, row, lane);
    }
    case FINISH: {
      finish_again(op, row, lane);
    }
    case HEADS: {
      heads(op, row, lane);
    }
    case SAMPLE: {
      sample(op, row, lane);
    }
    case UNIT_ROWS: {
      unit_rows(op, row, lane);
    }
    case WORD_LOSS: {
      word_loss(op, row, lane);
    }
    case SIMILARITY: {
      similarity(op, row, lane);
    }
    case RECONSTRUCTION: {
      reconstruction(op, row, lane);
    }
    case RESPONSE, SHAPE: {
      response(op, row, lane);
    }
    case HEADS_BACK: {
      heads_back(op, row, lane);
    }
    default: {
    }
  }
}

// The same on the way back.
fn other_back(op: Op, row: u32, lane: u32) {
  switch (op.code) {
    case FINISH: {
      finish_again(op, row, lane);
    }
    case COEFFICIENTS: {
      coefficients(op, row, lane);
    }
    case UNIT_ROWS_BACK: {
      unit_rows_back(op, row, lane);
    }
    case MEAN_BACK: {
      mean_back(op, row, lane);
    }
    case LOG_VARIANCE_BACK: {
      log_variance_back(op, row, lane);
    }
    default: {
    }
  }
}

// Whether the layers go back. Each way is a pipeline of its own, for which this is a constant: what
// belongs to the other way is not in it.
override BACK: bool;

@compute @workgroup_size(LANES)
fn run_rows(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first = ROWS * group.x;
  step = steps[group.z];
  // Other runs may have more rows; read where the compiler sees that all invocations read the same.
  if (first >= steps[group.z].rows) {
    return;
  }
  let ops_before = steps[group.z].run * range.ops;
  for (var s = range.start; s < range.end; s++) {
    let stage = work[s];
    // Nothing is dropped on the way back.
    if (!BACK) {
      for (var i = ops_before + stage.x; i < ops_before + stage.y; i++) {
        for (var row = first; row < first + ROWS; row += 4) {
          dropout(ops[i], row, lane);
        }
      }
    }
    for (var i = ops_before + stage.y; i < ops_before + stage.z; i++) {
      for (var row = first; row < first + ROWS; row += 4) {
        if (BACK) {
          other_back(ops[i], row, lane);
        } else {
          other_forward(ops[i], row, lane);
        }
      }
    }
    for (var i = ops_before + stage.z; i < ops_before + stage.w; i++) {
      let op = ops[i];
      if (op.code == PRODUCT) {
        product(op, BACK, first, lane);
      } else {
        for (var row = first; row < first + ROWS; row += 4) {
          if (BACK) {
            normalise_back(op, row, lane);
          } else {
            normalise(op, row, lane);
          }
        }
      }
    }
  }
}
