/**
 * The first member name that one object of a JSON text holds twice, or null.
 *
 * `JSON.parse` silently keeps the last of two members with one name, so a file could mean
 * different things to different readers.
 *
 * @param json valid JSON, not deeply nested
 */
export function repeatedName(json: string): string | null {
  const open: Set<string>[] = [];
  let at = 0;
  while (at < json.length) {
    const character = json[at];
    if (character === '{' || character === '[') open.push(new Set());
    if (character === '}' || character === ']') open.pop();
    if (character !== '"') {
      at++;
      continue;
    }
    const start = at;
    at = endOfString(json, start);
    if (nextVisible(json, at) !== ':') continue;
    const name = String(JSON.parse(json.slice(start, at)));
    const names = open.at(-1);
    if (names?.has(name) === true) return name;
    names?.add(name);
  }
  return null;
}

/** Position after the closing quote of the string that starts at `start`. */
function endOfString(json: string, start: number): number {
  let quote = json.indexOf('"', start + 1);
  while (quote > 0 && isEscaped(json, quote)) quote = json.indexOf('"', quote + 1);
  return quote < 0 ? json.length : quote + 1;
}

/** Whether an odd number of backslashes stands before: each two of them are one that is meant. */
function isEscaped(json: string, at: number): boolean {
  let from = at;
  while (json[from - 1] === '\\') from--;
  return (at - from) % 2 === 1;
}

function nextVisible(json: string, from: number): string | undefined {
  let at = from;
  while (' \t\r\n'.includes(json[at] ?? '-')) at++;
  return json[at];
}
