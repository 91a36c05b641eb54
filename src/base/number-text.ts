/** Numbers with a real minus, as texts for people have it. */

/** A text of numbers with real minuses. */
export function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** A number with its sign, but for a zero, and a real minus. */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? '−' : '+') + text;
}
