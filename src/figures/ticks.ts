/** Round numbers along an axis. */

/**
 * Steps of 1, 2 or 5 times a power of ten that hold the range, four or so; at least two numbers.
 *
 * @param low  of a size below 1e100
 * @param high the same, not below `low`
 */
export function roundTicks(low: number, high: number): number[] {
  // A range in the last digits of its numbers would have ticks that read alike.
  const least = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  const wanted = Math.max(high - low || Math.abs(high) || 1, least, 1e-100) / 4;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= wanted) ?? 10);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  // Through decimal text, so that 3 × 0.1 is 0.3 on the page.
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/**
 * Powers of ten that hold the range, and between them twice and five times each where there are few;
 * at least two numbers.
 *
 * @param low  above 0
 * @param high not below `low`
 */
export function logTicks(low: number, high: number): number[] {
  const factors = high / low > 300 ? [1] : [1, 2, 5];
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const all = Array.from({ length: last - first + 2 }, (_, i) =>
    factors.map((factor) => Number((factor * 10 ** (first + i)).toPrecision(1))),
  ).flat();
  const from = Math.max(
    0,
    all.findLastIndex((tick) => tick <= low),
  );
  const to = Math.max(
    from + 1,
    all.findIndex((tick) => tick >= high),
  );
  return all.slice(from, to + 1);
}
