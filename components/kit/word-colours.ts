/** One colour a word, the same on map, chips and curves. */

/** How many colours tokens.css names. */
const COLOURS = 14;

/**
 * The number of each word's colour token: words with more rows get the earlier, clearer colours,
 * ties broken by name, so that a word keeps its colour from run to run on the same data.
 *
 * @returns indices into --wb-word-0 … --wb-word-13, in the order of `words`
 */
export function colourNumbers(words: readonly { word: string; rows: number }[]): number[] {
  const numbers = new Array<number>(words.length).fill(0);
  words
    .map(({ word, rows }, index) => ({ word, rows, index }))
    .sort((a, b) => b.rows - a.rows || a.word.localeCompare(b.word))
    .forEach(({ index }, place) => {
      numbers[index] = colourNumber(place);
    });
  // "warm" is the warm colour and "bright" the bright one, whichever has more rows.
  const warm = words.findIndex(({ word }) => word === 'warm');
  const bright = words.findIndex(({ word }) => word === 'bright');
  if (warm >= 0) swap(numbers, warm, 0);
  if (bright >= 0) swap(numbers, bright, 1);
  return numbers;
}

/** The CSS value of a colour number. */
export function colourOf(number: number): string {
  return `var(--wb-word-${String(number)})`;
}

const colourNumber = (place: number): number => place % COLOURS;

function swap(numbers: number[], index: number, wanted: number): void {
  const holder = numbers.indexOf(wanted);
  if (holder >= 0) numbers[holder] = numbers[index] ?? 0;
  numbers[index] = wanted;
}
