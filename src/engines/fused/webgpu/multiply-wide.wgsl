// One invocation's part of a matrix product, for software renderers: four rows by sixteen columns,
// so that a number that was loaded is used often.

const COLUMNS = 16u;

// Column j of the tile: four rows.
var<private> tile: array<vec4f, COLUMNS>;

// Sums of `inner` products into the tile. a: places of the first factors of four rows, a_step on
// for each further one; b: place of the second factor of the invocation's first column, the
// others LANES apart, b_step on for each further one.
fn multiply(a: vec4u, a_step: u32, b: u32, b_step: u32, inner: u32) {
  var t0 = vec4f();
  var t1 = vec4f();
  var t2 = vec4f();
  var t3 = vec4f();
  var t4 = vec4f();
  var t5 = vec4f();
  var t6 = vec4f();
  var t7 = vec4f();
  var t8 = vec4f();
  var t9 = vec4f();
  var t10 = vec4f();
  var t11 = vec4f();
  var t12 = vec4f();
  var t13 = vec4f();
  var t14 = vec4f();
  var t15 = vec4f();
  var p = a;
  var q = b;
  for (var k = 0u; k < inner; k++) {
    let x = vec4f(arena[p.x], arena[p.y], arena[p.z], arena[p.w]);
    t0 += x * arena[q];
    t1 += x * arena[q + LANES];
    t2 += x * arena[q + 2 * LANES];
    t3 += x * arena[q + 3 * LANES];
    t4 += x * arena[q + 4 * LANES];
    t5 += x * arena[q + 5 * LANES];
    t6 += x * arena[q + 6 * LANES];
    t7 += x * arena[q + 7 * LANES];
    t8 += x * arena[q + 8 * LANES];
    t9 += x * arena[q + 9 * LANES];
    t10 += x * arena[q + 10 * LANES];
    t11 += x * arena[q + 11 * LANES];
    t12 += x * arena[q + 12 * LANES];
    t13 += x * arena[q + 13 * LANES];
    t14 += x * arena[q + 14 * LANES];
    t15 += x * arena[q + 15 * LANES];
    p += a_step;
    q += b_step;
  }
  tile = array(t0, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15);
}
