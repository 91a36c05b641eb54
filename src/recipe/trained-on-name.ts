/** What a model file takes. */
const LONGEST = 200;

/** Name of a run that begins with the weights of another: what it is, and what it began with. */
export function trainedOnName(name: string, from: string): string {
  const whole = `${name}, trained on from ${from}`;
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST - 1)}…`;
}
