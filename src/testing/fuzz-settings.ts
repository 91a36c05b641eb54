/** How many inputs are made for a reader of files, and the seed of all that tests draw. */
export const FUZZ_COUNT = wholeFrom('FUZZ_COUNT', 300);
export const FUZZ_SEED = wholeFrom('FUZZ_SEED', 1);

function wholeFrom(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`${variable} is a whole number from 0.`);
  return Number(text);
}
