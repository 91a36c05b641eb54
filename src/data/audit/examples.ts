/** How examples of findings are worded. */
import type { SafeRow } from '../rows';
import type { Example } from './report';

/** How many of a finding are shown. */
export const EXAMPLES = 6;

/** An example of rows, the first of which shows its setting. */
export function exampleOf(text: string, rows: readonly SafeRow[]): Example {
  const [first] = rows;
  return { ...textExample(text, rows), setting: first === undefined ? null : [...first.setting] };
}

/** An example of rows whose settings do not matter. */
export function textExample(text: string, rows: readonly SafeRow[]): Example {
  return { text, lines: rows.slice(0, EXAMPLES).map(({ line }) => line), setting: null };
}

export function quote(text: string): string {
  return `“${text}”`;
}

export function linesOf(rows: readonly SafeRow[]): number[] {
  return rows.map(({ line }) => line).sort((a, b) => a - b);
}
