import { syntheticCsv } from '../../src/data/synthetic';

/** A file of so many rows, as SAFE-DB has them. Other seeds make other rows of the same people. */
export function csvOf(rows: number): Buffer {
  const lines: string[] = [];
  for (let seed = 1; lines.length < rows; seed++) {
    lines.push(...syntheticCsv(seed).trimEnd().split('\n'));
  }
  return Buffer.from(`${lines.slice(0, rows).join('\n')}\n`);
}
