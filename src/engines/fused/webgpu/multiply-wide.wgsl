// One invocation's part of a matrix product, for software renderers: eight rows by sixteen columns,
// so that a number that was loaded is used often, and two products at once, since there the
// assignments take longer than the arithmetic.

const ROWS = 8u;
const COLUMNS = 16u;

// Rows 4 r … 4 r + 3 of column c of the tile at tile[c][r].
var<private> tile: array<array<vec4f, 2>, COLUMNS>;

// Sums of `inner` products into the tile. a: place of the first factor of the first row, a_row on
// for each further row and a_step for each further product; b: place of the second factor of the
// invocation's first column, LANES on for each further column and b_step for each product.
fn multiply(a: u32, a_row: u32, a_step: u32, b: u32, b_step: u32, inner: u32) {
  var s0 = vec4f();
  var t0 = vec4f();
  var s1 = vec4f();
  var t1 = vec4f();
  var s2 = vec4f();
  var t2 = vec4f();
  var s3 = vec4f();
  var t3 = vec4f();
  var s4 = vec4f();
  var t4 = vec4f();
  var s5 = vec4f();
  var t5 = vec4f();
  var s6 = vec4f();
  var t6 = vec4f();
  var s7 = vec4f();
  var t7 = vec4f();
  var s8 = vec4f();
  var t8 = vec4f();
  var s9 = vec4f();
  var t9 = vec4f();
  var s10 = vec4f();
  var t10 = vec4f();
  var s11 = vec4f();
  var t11 = vec4f();
  var s12 = vec4f();
  var t12 = vec4f();
  var s13 = vec4f();
  var t13 = vec4f();
  var s14 = vec4f();
  var t14 = vec4f();
  var s15 = vec4f();
  var t15 = vec4f();
  var p = a + a_row * FOUR;
  var q = b;
  for (var k = 0u; k < inner; k += 2) {
    // Where the sum is of an odd number of products, the last one comes twice, once times 0.
    let more = u32(k + 1 < inner);
    let p1 = p + more * a_step;
    let q1 = q + more * b_step;
    // Rows 0 … 3 and 4 … 7 of this product's factors, and of the next one's.
    let x0 = load_places(p);
    let y0 = load_places(p + 4 * a_row);
    let x1 = f32(more) * load_places(p1);
    let y1 = f32(more) * load_places(p1 + 4 * a_row);
    let v0 = arena[q];
    let w0 = arena[q1];
    s0 += x0 * v0 + x1 * w0;
    t0 += y0 * v0 + y1 * w0;
    let v1 = arena[q + 1 * LANES];
    let w1 = arena[q1 + 1 * LANES];
    s1 += x0 * v1 + x1 * w1;
    t1 += y0 * v1 + y1 * w1;
    let v2 = arena[q + 2 * LANES];
    let w2 = arena[q1 + 2 * LANES];
    s2 += x0 * v2 + x1 * w2;
    t2 += y0 * v2 + y1 * w2;
    let v3 = arena[q + 3 * LANES];
    let w3 = arena[q1 + 3 * LANES];
    s3 += x0 * v3 + x1 * w3;
    t3 += y0 * v3 + y1 * w3;
    let v4 = arena[q + 4 * LANES];
    let w4 = arena[q1 + 4 * LANES];
    s4 += x0 * v4 + x1 * w4;
    t4 += y0 * v4 + y1 * w4;
    let v5 = arena[q + 5 * LANES];
    let w5 = arena[q1 + 5 * LANES];
    s5 += x0 * v5 + x1 * w5;
    t5 += y0 * v5 + y1 * w5;
    let v6 = arena[q + 6 * LANES];
    let w6 = arena[q1 + 6 * LANES];
    s6 += x0 * v6 + x1 * w6;
    t6 += y0 * v6 + y1 * w6;
    let v7 = arena[q + 7 * LANES];
    let w7 = arena[q1 + 7 * LANES];
    s7 += x0 * v7 + x1 * w7;
    t7 += y0 * v7 + y1 * w7;
    let v8 = arena[q + 8 * LANES];
    let w8 = arena[q1 + 8 * LANES];
    s8 += x0 * v8 + x1 * w8;
    t8 += y0 * v8 + y1 * w8;
    let v9 = arena[q + 9 * LANES];
    let w9 = arena[q1 + 9 * LANES];
    s9 += x0 * v9 + x1 * w9;
    t9 += y0 * v9 + y1 * w9;
    let v10 = arena[q + 10 * LANES];
    let w10 = arena[q1 + 10 * LANES];
    s10 += x0 * v10 + x1 * w10;
    t10 += y0 * v10 + y1 * w10;
    let v11 = arena[q + 11 * LANES];
    let w11 = arena[q1 + 11 * LANES];
    s11 += x0 * v11 + x1 * w11;
    t11 += y0 * v11 + y1 * w11;
    let v12 = arena[q + 12 * LANES];
    let w12 = arena[q1 + 12 * LANES];
    s12 += x0 * v12 + x1 * w12;
    t12 += y0 * v12 + y1 * w12;
    let v13 = arena[q + 13 * LANES];
    let w13 = arena[q1 + 13 * LANES];
    s13 += x0 * v13 + x1 * w13;
    t13 += y0 * v13 + y1 * w13;
    let v14 = arena[q + 14 * LANES];
    let w14 = arena[q1 + 14 * LANES];
    s14 += x0 * v14 + x1 * w14;
    t14 += y0 * v14 + y1 * w14;
    let v15 = arena[q + 15 * LANES];
    let w15 = arena[q1 + 15 * LANES];
    s15 += x0 * v15 + x1 * w15;
    t15 += y0 * v15 + y1 * w15;
    p += 2 * a_step;
    q += 2 * b_step;
  }
  tile[0] = array(s0, t0);
  tile[1] = array(s1, t1);
  tile[2] = array(s2, t2);
  tile[3] = array(s3, t3);
  tile[4] = array(s4, t4);
  tile[5] = array(s5, t5);
  tile[6] = array(s6, t6);
  tile[7] = array(s7, t7);
  tile[8] = array(s8, t8);
  tile[9] = array(s9, t9);
  tile[10] = array(s10, t10);
  tile[11] = array(s11, t11);
  tile[12] = array(s12, t12);
  tile[13] = array(s13, t13);
  tile[14] = array(s14, t14);
  tile[15] = array(s15, t15);
}
