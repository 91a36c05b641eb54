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
  // Four products' factors are on their way at once, so that the wait for memory is shared; they are
  // added in the same order as one by one.
  let whole = inner - inner % 4;
  for (var k = 0u; k < whole; k += 4) {
    let x0 = load_places(p);
    let x1 = load_places(p + a_step);
    let x2 = load_places(p + 2 * a_step);
    let x3 = load_places(p + 3 * a_step);
    let y0 = vec2f(arena[q], arena[q + LANES]);
    let y1 = vec2f(arena[q + b_step], arena[q + b_step + LANES]);
    let y2 = vec2f(arena[q + 2 * b_step], arena[q + 2 * b_step + LANES]);
    let y3 = vec2f(arena[q + 3 * b_step], arena[q + 3 * b_step + LANES]);
    s += x0 * y0.x;
    t += x0 * y0.y;
    s += x1 * y1.x;
    t += x1 * y1.y;
    s += x2 * y2.x;
    t += x2 * y2.y;
    s += x3 * y3.x;
    t += x3 * y3.y;
    p += 4 * a_step;
    q += 4 * b_step;
  }
  for (var k = whole; k < inner; k++) {
    let x = load_places(p);
    s += x * arena[q];
    t += x * arena[q + LANES];
    p += a_step;
    q += b_step;
  }
  tile[0][0] = s;
  tile[1][0] = t;
}
