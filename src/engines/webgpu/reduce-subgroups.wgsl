// Sums and maxima over a workgroup's lanes, of four rows at once, by subgroups: two barriers instead
// of one for each halving. All invocations must call. Which lanes share a subgroup is left open: the
// first of each puts down what its subgroup has, the others what changes nothing, and every subgroup
// goes through all of it.

var<workgroup> partial: array<vec4f, LANES>;

fn sum_lanes(value: vec4f, lane: u32) -> vec4f {
  let sum = subgroupAdd(value);
  partial[lane] = select(vec4f(0), sum, subgroupElect());
  workgroupBarrier();
  let size = subgroupAdd(1u);
  var share = vec4f(0);
  for (var i = subgroupExclusiveAdd(1u); i < LANES; i += size) {
    share += partial[i];
  }
  let all = subgroupAdd(share);
  workgroupBarrier();
  return all;
}

fn max_lanes(value: vec4f, lane: u32) -> vec4f {
  let largest = subgroupMax(value);
  partial[lane] = largest;
  workgroupBarrier();
  let size = subgroupAdd(1u);
  var share = largest;
  for (var i = subgroupExclusiveAdd(1u); i < LANES; i += size) {
    share = max(share, partial[i]);
  }
  let all = subgroupMax(share);
  workgroupBarrier();
  return all;
}
