/**
 * Fuzzing: many inputs made from a seed, each of which must be read or refused in a sentence. For
 * tests only, in Node.
 *
 * FUZZ_COUNT and FUZZ_SEED of the environment say how many and from which seed; `npm run fuzz` sets
 * the count. A fault is shown with an input made as small as it goes, and repeats with the seed.
 */
import { expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import fc from './fast-check';
import { FUZZ_COUNT, FUZZ_SEED } from './fuzz-settings';

/** Far above what an input takes, on a machine that does other things too. */
const MS_AN_INPUT = 100;
const MS_BESIDES = 60_000;

/**
 * A test that tries inputs, and says how many it tried and what came of them.
 *
 * @param what    the inputs, in the plural: "WAV files"
 * @param inputs  makes them; see {@link damaged} for files
 * @param attempt reads one and checks what came out. It may throw an InputError, of one sentence, and
 *   nothing else
 */
export function fuzz<T>(
  what: string,
  inputs: fc.Arbitrary<T>,
  attempt: (input: T) => Promise<void> | void,
): void {
  it(
    `reads or refuses ${String(FUZZ_COUNT)} ${what} from seed ${String(FUZZ_SEED)}`,
    async () => {
      const outcomes = { read: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(inputs, async (input) => {
          try {
            await attempt(input);
            outcomes.read++;
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            expect(error.message).toMatch(/^\P{Cc}+\.$/u);
            outcomes.refused++;
          }
        }),
        { numRuns: FUZZ_COUNT },
      );
      const { read, refused } = outcomes;
      console.log(
        `${String(FUZZ_COUNT)} ${what} tried from seed ${String(FUZZ_SEED)}: ${String(read)} read, ${String(refused)} refused.`,
      );
      expect(read + refused).toBe(FUZZ_COUNT);
    },
    MS_BESIDES + FUZZ_COUNT * MS_AN_INPUT,
  );
}

/** Numbers at which readers go wrong. */
const EDGES = [0, 1, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0xffff_ffff];

/** Files that are whole but for some bytes changed, cut off, put in, taken out or repeated. */
export function damaged(...whole: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  // A share of the file's length; fc.double would be near 0 nearly always.
  const place = fc.nat({ max: 9999 }).map((n) => n / 10_000);
  const edit = fc.oneof(
    // Mostly near the start, where files say what they are.
    fc.record({
      kind: fc.constant('byte' as const),
      at: fc.oneof(fc.nat({ max: 120 }), place),
      value: fc.nat({ max: 255 }),
    }),
    fc.record({
      kind: fc.constant('number' as const),
      at: fc.oneof(fc.nat({ max: 120 }), place),
      value: fc.constantFrom(...EDGES),
    }),
    fc.record({ kind: fc.constant('cut' as const), at: place }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: place,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }),
    }),
    fc.record({ kind: fc.constant('remove' as const), at: place, length: fc.nat({ max: 40 }) }),
    fc.record({ kind: fc.constant('repeat' as const), at: place, length: fc.nat({ max: 40 }) }),
  );
  type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;
  const apply = (bytes: Uint8Array<ArrayBuffer>, change: Edit): Uint8Array<ArrayBuffer> => {
    const at = change.at < 1 ? Math.floor(change.at * bytes.length) : change.at;
    const [before, after] = [bytes.slice(0, at), bytes.slice(at)];
    switch (change.kind) {
      case 'byte':
        return at < bytes.length ? bytes.with(at, change.value) : bytes;
      case 'number': {
        const copy = bytes.slice();
        if (at + 4 <= copy.length) new DataView(copy.buffer).setUint32(at, change.value, true);
        return copy;
      }
      case 'cut':
        return before;
      case 'insert':
        return joined(before, change.bytes, after);
      case 'remove':
        return joined(before, after.slice(change.length));
      case 'repeat':
        return joined(before, after.slice(0, change.length), after);
    }
  };
  return fc
    .tuple(fc.constantFrom(...whole), evenly(fc.array(edit, { minLength: 1, maxLength: 4 })))
    .map(([bytes, edits]) => edits.reduce(apply, new Uint8Array(bytes)));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

/** Without fast-check's leaning to small numbers, which would damage the first bytes over and over. */
const evenly = <T>(inputs: fc.Arbitrary<T>): fc.Arbitrary<T> => fc.noBias(inputs);

/** Values that no field of a document is made for, or just beyond what one is. */
const HOSTILE = [
  ...[0, -1, 0.5, 1e9, -1e9, 1e15, 1e300, -1e308, 5e-324, 2 ** 53, 99],
  ...[null, true, '', 'a\nb', '\u2028', '\u0000', 'x'.repeat(1000), '__proto__', 'NaN', '1e999'],
  ...[[], {}, [[]], [null], [1e300, 1e300, 1e300], { a: 1 }],
];

/** A document as JSON has it, with one or more of its parts replaced, removed or repeated. */
export function withHostileParts(document: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    part: fc.nat(),
    value: fc.constantFrom(...HOSTILE),
    kind: fc.constantFrom('replace' as const, 'replace' as const, 'remove' as const),
  });
  return evenly(fc.array(change, { minLength: 1, maxLength: 2 })).map((changes) => {
    const copy = { root: structuredClone(document) };
    for (const { part, value, kind } of changes) {
      const places = placesOf(copy.root);
      const place = places[part % places.length];
      if (place === undefined) continue;
      const { holder, key } = place;
      if (kind === 'replace') holder[key] = structuredClone(value);
      else if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else Reflect.deleteProperty(holder, key);
    }
    return copy.root;
  });
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Every member of every object and list in a value. */
function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}
