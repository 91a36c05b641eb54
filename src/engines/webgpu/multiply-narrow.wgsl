// One invocation's part of a matrix product, for graphics cards: four rows by two columns, so that
// many invocations share the work.

const ROWS = 4u;
const COLUMNS = 2u;

// Rows 4 r … 4 r + 3 of column c of the tile at tile[c][r].
var<private> tile: array<array<vec4f, 1>, COLUMNS>;

// Sums of `inner` products into the tile. a: place of the first factor of the first row, a_row on
// for each further row and a_step for each further product; b: place of the second factor of the
// invocation's first column, LANES on for each further column and b_step for each product.
fn multiply(a: u32, a_row: u32, a_step: u32, b: u32, b_step: u32, inner: u32) {
  var s = vec4f();
  var t = vec4f();
  var p = a + a_row * FOUR;
  var q = b;
  for (var k = 0u; k < inner; k++) {
    let x = load_places(p);
    s += x * arena[q];
    t += x * arena[q + LANES];
    p += a_step;
    q += b_step;
  }
  tile[0][0] = s;
  tile[1][0] = t;
}
