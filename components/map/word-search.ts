/** Which word is meant by what was typed. Pure. */

/**
 * The word itself, in whatever case; else the one with most rows that begins so, or else that has it
 * somewhere.
 *
 * @returns null where none does
 */
export function wordFound(
  typed: string,
  words: readonly { readonly word: string; readonly rows: number }[],
): string | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return null;
  const sorted = words.toSorted((a, b) => b.rows - a.rows).map(({ word }) => word);
  const tests = [
    (word: string) => word === wanted,
    (word: string) => word.startsWith(wanted),
    (word: string) => word.includes(wanted),
  ];
  for (const test of tests) {
    const found = sorted.find((word) => test(word.toLowerCase()));
    if (found !== undefined) return found;
  }
  return null;
}
