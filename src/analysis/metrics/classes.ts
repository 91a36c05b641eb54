/** Labels as they come, numbered 0, 1, 2 … without gaps. */

interface Classes {
  /** Number of different labels. */
  readonly count: number;
  /** Each row's class, [rows]. */
  readonly of: Int32Array;
}

/** The classes of rows, in order of first appearance. */
export function classesOf(labels: ArrayLike<number>): Classes {
  const numbers = new Map<number, number>();
  const of = Int32Array.from(labels, (label) => {
    const known = numbers.get(label) ?? numbers.size;
    numbers.set(label, known);
    return known;
  });
  return { count: numbers.size, of };
}
