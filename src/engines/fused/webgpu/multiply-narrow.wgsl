// One invocation's part of a matrix product, for graphics cards: four rows by two columns, so that
// many invocations share the work.

const COLUMNS = 2u;

// Column j of the tile: four rows.
var<private> tile: array<vec4f, COLUMNS>;

// Sums of `inner` products into the tile. a: places of the first factors of four rows, a_step on
// for each further one; b: place of the second factor of the invocation's first column, the
// other LANES after it, b_step on for each further one.
fn multiply(a: vec4u, a_step: u32, b: u32, b_step: u32, inner: u32) {
  var t0 = vec4f();
  var t1 = vec4f();
  var p = a;
  var q = b;
  for (var k = 0u; k < inner; k++) {
    let x = vec4f(arena[p.x], arena[p.y], arena[p.z], arena[p.w]);
    t0 += x * arena[q];
    t1 += x * arena[q + LANES];
    p += a_step;
    q += b_step;
  }
  tile = array(t0, t1);
}
