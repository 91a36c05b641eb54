/** Parts of a model while a tape is built. */
import type { Op } from './tape';
import { gradientOps, type Contribution, type Value } from './tape-values';

/** A part of the model whose forward operations are on the tape. */
export interface Part {
  readonly output: Value;
  /**
   * Puts the backward operations on the tape, given the gradient of `output`.
   *
   * @returns what the part adds to the gradient of its input
   */
  readonly back: () => Contribution[];
}

/** What makes a part, given its input. */
export type PartMaker = (x: Value) => Part;

/**
 * One part after another.
 *
 * @param backward where the sums of the gradients between the parts go
 */
export function chain(backward: Op[], input: Value, makers: readonly PartMaker[]): Part {
  const parts: Part[] = [];
  const inputOf = (): Value => parts.at(-1)?.output ?? input;
  for (const make of makers) parts.push(make(inputOf()));
  return {
    output: inputOf(),
    back: () =>
      parts.reduceRight<Contribution[]>((contributions, part, i) => {
        // The gradient of the last part's output is the caller's doing.
        if (i < parts.length - 1) backward.push(...gradientOps(part.output, contributions));
        return part.back();
      }, []),
  };
}
