// Takes four rows of the batch through a range of operations.

@compute @workgroup_size(LANES)
fn run_rows(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = 4 * group.x;
  for (var i = range.start; i < range.end; i++) {
    let op = ops[i];
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
      case PRODUCT: {
        product(op, row, lane);
      }
      case DROPOUT: {
        dropout(op, row, lane);
      }
      case NORMALISE: {
        normalise(op, row, lane);
      }
      case NORMALISE_BACK: {
        normalise_back(op, row, lane);
      }
      case RECONSTRUCTION: {
        reconstruction(op, row, lane);
      }
      case UNIT_ROWS: {
        unit_rows(op, row, lane);
      }
      case SIMILARITY: {
        similarity(op, row, lane);
      }
      case COEFFICIENTS: {
        coefficients(op, row, lane);
      }
      case UNIT_ROWS_BACK: {
        unit_rows_back(op, row, lane);
      }
      default: {
      }
    }
  }
}
