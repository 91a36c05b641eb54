/** Values as a block of Python's constants, laid out to be read and changed. */

/** What JSON can say; other values are left out as JSON leaves them out. */
export interface Constant {
  readonly name: string;
  /** Stands above it, in one line. */
  readonly comment?: string;
  readonly value: unknown;
}

/** Longest line where a value can be broken, as PEP 8 asks. */
const LINE = 79;
const INDENT = '    ';

/**
 * Assignments, one after the other. Lists in a list are written as tuples.
 *
 * @throws RangeError for a value that JSON cannot say, as NaN
 */
export function pythonBlock(constants: readonly Constant[]): string {
  return constants
    .map(({ name, comment, value }) => {
      const above = comment === undefined ? '' : `# ${comment}\n`;
      return `${above}${name} = ${laidOut(value, '', name.length + ' = '.length)}\n`;
    })
    .join('');
}

/** @param before characters that stand before the value in its line */
function laidOut(value: unknown, indent: string, before: number, within = false): string {
  const brief = inOneLine(value, within);
  if (typeof value !== 'object' || value === null) return brief;
  const inner = `${indent}${INDENT}`;
  const isList = Array.isArray(value);
  const short = isList && value.length > 0 && !value.some((item) => typeof item === 'object');
  if (brief.length <= 2 || (short && before + brief.length < LINE)) return brief;
  const lines = isList
    ? value.map((item: unknown) => laidOut(item, inner, inner.length, true))
    : Object.entries(value).map(([key, item]) => {
        const start = `${JSON.stringify(key)}: `;
        return `${start}${laidOut(item, inner, inner.length + start.length)}`;
      });
  const [open, close] = isList ? (within ? '()' : '[]') : '{}';
  return `${String(open)}\n${lines.map((line) => `${inner}${line},\n`).join('')}${indent}${String(close)}`;
}

/** JSON's strings are Python's, too, and so are its numbers. */
function inOneLine(value: unknown, within = false): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError(`${String(value)} is no constant`);
      return String(value);
    case 'string':
      return JSON.stringify(value);
    case 'object':
      break;
    default:
      throw new RangeError(`A ${typeof value} is no constant`);
  }
  if (value === null) return 'None';
  if (!Array.isArray(value)) {
    const members = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${inOneLine(item)}`,
    );
    return `{${members.join(', ')}}`;
  }
  const items = value.map((item: unknown) => inOneLine(item, true));
  if (!within) return `[${items.join(', ')}]`;
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
}
