/**
 * Whole numbers of a matrix, coded by the range coder. How large a number probably is, is told from
 * those before it in its row and in its column: weights of one neuron, and those of one input, are
 * alike in size. A number is its length in bits, the two bits behind its first, its other bits and
 * its sign; nothing is expected of the latter two.
 */
import { BitStates, type RangeDecoder, type RangeEncoder } from './range-coder';

const LONGEST = 24;
/** Farther from 0 no number may be. */
export const FARTHEST = 2 ** LONGEST - 1;
/** Classes of how large a number may be. */
const SIZES = 40;
/** Bits behind a number's first that are expected by those before them, and the states they take. */
const EXPECTED = 2;
const NODES = 2 ** EXPECTED;
/** An average is kept as so many times itself, and follows the newest number by one in so many. */
const UNIT = 16;
/** Larger numbers count as this in an average, whose square must fit into 31 bits. */
const LARGEST_COUNTED = 2000;

/** What encoder and decoder both learn, over all matrices. */
class NumberModel {
  readonly length = new BitStates(SIZES * LONGEST);
  readonly behind = new BitStates(SIZES * LONGEST * NODES);
}

/** Where one matrix's numbers have been so far. */
class Sizes {
  readonly #columns: Uint32Array;
  #row = UNIT;

  constructor(columns: number) {
    this.#columns = new Uint32Array(columns).fill(UNIT);
  }

  /** About the logarithm, to the base of the fourth root of 2, of how large the next probably is. */
  at(column: number): number {
    const product = (this.#row + 2) * ((this.#columns[column] ?? 0) + 2);
    const high = 31 - Math.clz32(product);
    const half = product >= 1.5 * 2 ** high ? 1 : 0;
    return Math.min(SIZES - 1, Math.max(0, 2 * (high - 4) + half));
  }

  saw(column: number, size: number): void {
    const counted = Math.min(size, LARGEST_COUNTED) * UNIT;
    const before = this.#columns[column] ?? 0;
    this.#columns[column] = before + Math.trunc((counted - before) / UNIT);
    this.#row += Math.trunc((counted - this.#row) / UNIT);
  }
}

export class NumberEncoder {
  readonly #coder: RangeEncoder;
  readonly #model = new NumberModel();

  constructor(coder: RangeEncoder) {
    this.#coder = coder;
  }

  /** @param numbers row by row, none more than {@link FARTHEST} from 0 */
  matrix(numbers: Int32Array, columns: number): void {
    const sizes = new Sizes(columns);
    numbers.forEach((number, i) => {
      const column = i % columns;
      const size = Math.abs(number);
      this.#size(size, sizes.at(column));
      if (size > 0) this.#coder.even(number < 0 ? 1 : 0, 1);
      sizes.saw(column, size);
    });
  }

  #size(size: number, context: number): void {
    const { length, behind } = this.#model;
    const bits = 32 - Math.clz32(size);
    for (let at = 0; at < bits; at++) this.#coder.bit(length, context * LONGEST + at, 1);
    if (bits < LONGEST) this.#coder.bit(length, context * LONGEST + bits, 0);
    let node = 1;
    let left = bits - 1;
    for (; left > 0 && node < NODES; left--) {
      const bit = (size >> (left - 1)) & 1;
      this.#coder.bit(behind, nodeOf(context, bits, node), bit);
      node = 2 * node + bit;
    }
    if (left > 0) this.#coder.even(size % 2 ** left, left);
  }
}

export class NumberDecoder {
  readonly #coder: RangeDecoder;
  readonly #model = new NumberModel();

  constructor(coder: RangeDecoder) {
    this.#coder = coder;
  }

  matrix(count: number, columns: number): Int32Array {
    const sizes = new Sizes(columns);
    const numbers = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const column = i % columns;
      const size = this.#size(sizes.at(column));
      numbers[i] = size > 0 && this.#coder.even(1) === 1 ? -size : size;
      sizes.saw(column, size);
    }
    return numbers;
  }

  #size(context: number): number {
    const { length, behind } = this.#model;
    let bits = 0;
    while (bits < LONGEST && this.#coder.bit(length, context * LONGEST + bits) === 1) bits++;
    if (bits === 0) return 0;
    let size = 1;
    let left = bits - 1;
    for (; left > 0 && size < NODES; left--) {
      size = 2 * size + this.#coder.bit(behind, nodeOf(context, bits, size));
    }
    return left > 0 ? size * 2 ** left + this.#coder.even(left) : size;
  }
}

function nodeOf(context: number, bits: number, node: number): number {
  return (context * LONGEST + bits - 1) * NODES + node;
}
