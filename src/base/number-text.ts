/** Numbers with a real minus, as texts for people have it. */

/** A text of numbers with real minuses. */
export function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** A whole number from 0 on, by thousands: 12,345. At a tenth of the price of what knows all languages. */
export function thousands(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** A number with its sign, but for a zero, and a real minus. */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? '−' : '+') + text;
}

/** "row" of one, "rows" of any other number. */
export function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

/** "1 person", "12,345 people". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}
