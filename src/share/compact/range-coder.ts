/**
 * Adaptive binary range coding: each bit costs what a model that learns from the bits before it gives
 * for it, to a few thousandths. Source: G. N. N. Martin, "Range encoding: an algorithm for removing
 * redundancy from a digitised message", Video & Data Recording Conference, 1979; carries are held
 * back as in the LZMA specification. Whole numbers only, so that every machine decodes the same.
 */

/** Probabilities are whole numbers out of 2^16. */
const SCALE_BITS = 16;
const EVEN = 2 ** (SCALE_BITS - 1);
/** Below this a byte is put out, so that the range never has fewer than 24 bits. */
const LEAST_RANGE = 2 ** 24;
const WORD = 2 ** 32;
/** What a state has seen counts up to here: from then on the newest bits count by one in so many. */
const LONGEST_MEMORY = 160;
/** Zeros at its end that the encoder leaves out, of those that it ends with. */
const LEFT_OUT = 5;
/** Neither bit is ever thought less likely than this, of 2^16. */
const LEAST = 32;

/** States of a model, one a context: how likely 0 is there, and how many bits it has seen. */
export class BitStates {
  readonly #zero: Uint16Array;
  readonly #seen: Uint8Array;

  constructor(contexts: number) {
    this.#zero = new Uint16Array(contexts).fill(EVEN);
    this.#seen = new Uint8Array(contexts);
  }

  /** How likely 0 is, out of 2^16. */
  zero(context: number): number {
    return this.#zero[context] ?? EVEN;
  }

  learn(context: number, bit: number): void {
    const seen = this.#seen[context] ?? 0;
    const before = this.zero(context);
    const target = bit === 0 ? 2 ** SCALE_BITS - LEAST : LEAST;
    this.#zero[context] = before + Math.trunc((target - before) / (seen + 1.6));
    if (seen < LONGEST_MEMORY) this.#seen[context] = seen + 1;
  }
}

export class RangeEncoder {
  readonly #out: number[] = [];
  #low = 0;
  #range = WORD - 1;
  #held = 0;
  #heldOnes = 0;

  /** Codes a bit by what its context has seen. */
  bit(states: BitStates, context: number, bit: number): void {
    const bound = Math.floor(this.#range / 2 ** SCALE_BITS) * states.zero(context);
    this.#take(bit, bound);
    states.learn(context, bit);
  }

  /** Codes the lowest bits of a number, of which nothing is known; the highest first. */
  even(value: number, bits: number): void {
    for (let at = bits - 1; at >= 0; at--) {
      this.#take(Math.floor(value / 2 ** at) % 2, Math.floor(this.#range / 2));
    }
  }

  /** All that was coded. */
  finish(): Uint8Array<ArrayBuffer> {
    for (let i = 0; i < LEFT_OUT; i++) this.#shift();
    // The byte that was held first is none of the message, and behind the end the decoder reads zeros.
    const bytes = Uint8Array.from(this.#out).subarray(1);
    const last = bytes.findLastIndex((byte) => byte !== 0);
    return bytes.slice(0, Math.max(last + 1, bytes.length - LEFT_OUT));
  }

  #take(bit: number, bound: number): void {
    if (bit === 0) this.#range = bound;
    else {
      this.#low += bound;
      this.#range -= bound;
    }
    while (this.#range < LEAST_RANGE) {
      this.#range *= 256;
      this.#shift();
    }
  }

  /** Puts the highest byte out, or holds it back where a carry may still change it. */
  #shift(): void {
    const carry = this.#low >= WORD ? 1 : 0;
    const low = this.#low % WORD;
    if (carry === 1 || low < 0xff00_0000) {
      this.#out.push((this.#held + carry) & 0xff);
      for (; this.#heldOnes > 0; this.#heldOnes--) this.#out.push((0xff + carry) & 0xff);
      this.#held = Math.floor(low / LEAST_RANGE);
    } else this.#heldOnes++;
    this.#low = (low % LEAST_RANGE) * 256;
  }
}

export class RangeDecoder {
  readonly #bytes: Uint8Array;
  #at = 0;
  #code = 0;
  #range = WORD - 1;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    for (let i = 0; i < 4; i++) this.#code = this.#code * 256 + this.#next();
  }

  bit(states: BitStates, context: number): number {
    const bound = Math.floor(this.#range / 2 ** SCALE_BITS) * states.zero(context);
    const bit = this.#take(bound);
    states.learn(context, bit);
    return bit;
  }

  even(bits: number): number {
    let value = 0;
    for (let i = 0; i < bits; i++) value = 2 * value + this.#take(Math.floor(this.#range / 2));
    return value;
  }

  /** Whether all bytes were read, and none missed but those that the encoder leaves out. */
  get ended(): boolean {
    return this.#at >= this.#bytes.length && !this.beyond;
  }

  /** Whether more was read behind the end than the encoder leaves out. */
  get beyond(): boolean {
    return this.#at > this.#bytes.length + LEFT_OUT;
  }

  #take(bound: number): number {
    let bit = 0;
    if (this.#code < bound) this.#range = bound;
    else {
      bit = 1;
      this.#code -= bound;
      this.#range -= bound;
    }
    while (this.#range < LEAST_RANGE) {
      this.#range *= 256;
      this.#code = this.#code * 256 + this.#next();
    }
    return bit;
  }

  #next(): number {
    return this.#bytes[this.#at++] ?? 0;
  }
}
