/** One colour a word, the same on map, chips and curves, whatever the data are. */

/** How many colours tokens.css names. */
const COLOURS = 14;

/** Words that many data sets have, each at the number of the colour that is always its own. */
const AT_HOME = [
  'warm',
  'bright',
  'boomy',
  'clear',
  'thin',
  'airy',
  'deep',
  'full',
  'muddy',
  'tinny',
  'harsh',
];

/**
 * The number of each word's colour token. Well-known words have one that is always theirs. Any other
 * word begins at one that its letters give, and takes the next that is free where that is taken, the
 * word with more rows first: it keeps its colour unless two words of the data begin at the same.
 *
 * @returns indices into --wb-word-0 … --wb-word-13, in the order of `words`; no two are the same for
 *   as many words as there are colours
 */
export function colourNumbers(words: readonly { word: string; rows: number }[]): number[] {
  const numbers = words.map(({ word }) => AT_HOME.indexOf(word));
  const taken = new Set(numbers);
  words
    .map(({ word, rows }, index) => ({ word, rows, index }))
    .filter(({ index }) => numbers[index] === -1)
    .sort((a, b) => b.rows - a.rows || a.word.localeCompare(b.word))
    .forEach(({ word, index }) => {
      const first = startOf(word);
      const free = ALL.map((step) => (first + step) % COLOURS).find((number) => !taken.has(number));
      numbers[index] = free ?? first;
      taken.add(free ?? first);
    });
  return numbers;
}

/** The CSS value of a colour number. */
export function colourOf(number: number): string {
  return `var(--wb-word-${String(number)})`;
}

const ALL = Array.from({ length: COLOURS }, (_, step) => step);

/** A colour that is no well-known word's, by the word's letters. */
function startOf(word: string): number {
  let sum = 0;
  for (const letter of word) sum = (31 * sum + (letter.codePointAt(0) ?? 0)) % 65_521;
  return AT_HOME.length + (sum % (COLOURS - AT_HOME.length));
}
