/** What the figures for a paper share: text, colours, frames and legends, as SVG. */

/** One column of a journal, 89 mm, or its page, 183 mm. */
export type FigureWidth = 'column' | 'page';

export const FIGURE_MILLIMETRES: Readonly<Record<FigureWidth, number>> = { column: 89, page: 183 };

/** Points, of which 72 are an inch: what lengths inside a figure are in. */
const POINTS_PER_MILLIMETRE = 72 / 25.4;
const FONT_POINTS = 10;
/** Baseline to baseline. */
export const LINE_POINTS = 13;

const FONTS = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif";

/** Neighbours differ in lightness too, so that they part on paper without colours. */
export const LINE_COLOURS = [
  '#1a1a1a',
  '#d9541e',
  '#0b4f85',
  '#d970b0',
  '#5a1e78',
  '#2f9e6a',
  '#7a3b0c',
  '#7d8b99',
] as const;

/** Lengths of dash and gap in points; the first is a whole line. */
export const LINE_DASHES = [
  '',
  '6 2.5',
  '2 2',
  '9 2 2 2',
  '4 4',
  '9 2 2 2 2 2',
  '1 3',
  '12 4',
] as const;

/** Of what frames a drawing, and of marks that stand for all words. */
export const FRAME = '#4d4d4d';

export interface Entry {
  readonly name: string;
  /** SVG of its mark in a box 20 points wide, its middle at (10, 0). */
  readonly mark: string;
}

/** A length with as few digits as are seen. */
export function length(points: number): string {
  return String(Number(points.toFixed(2)));
}

/** Width of a figure in points. */
export function pointsOf(width: FigureWidth): number {
  return FIGURE_MILLIMETRES[width] * POINTS_PER_MILLIMETRE;
}

/** A figure of that height in points; `title` is what a screen reader says of it. */
export function figure(width: FigureWidth, height: number, title: string, content: string): string {
  const across = length(pointsOf(width));
  const millimetres = length(height / POINTS_PER_MILLIMETRE);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(FIGURE_MILLIMETRES[width])}mm" ` +
    `height="${millimetres}mm" viewBox="0 0 ${across} ${length(height)}" role="img" ` +
    `font-family="${FONTS}" font-size="${String(FONT_POINTS)}" fill="#1a1a1a">` +
    `<title>${escaped(title)}</title>` +
    `<rect width="${across}" height="${length(height)}" fill="#ffffff"/>${content}</svg>\n`
  );
}

/** Text that XML takes as text: marks escaped, characters that it forbids replaced. */
function escaped(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const known =
      (code >= 0x20 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) || code > 0xffff;
    return known ? (ENTITIES[character] ?? character) : '\uFFFD';
  }).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** @param given more attributes of the element, already safe */
export function text(x: number, y: number, content: string, given = ''): string {
  return `<text x="${length(x)}" y="${length(y)}"${given}>${escaped(content)}</text>`;
}

/** A line from point to point; the pen is lifted where a coordinate is not finite. */
export function pathData(points: readonly (readonly [number, number])[]): string {
  let down = false;
  return points
    .map(([x, y]) => {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        down = false;
        return '';
      }
      const command = down ? 'L' : 'M';
      down = true;
      return `${command}${length(x)} ${length(y)}`;
    })
    .join('');
}

/** How wide a text is at most, roughly: fonts differ. */
export function roughWidth(content: string): number {
  return Array.from(content).reduce(
    (sum, character) => sum + FONT_POINTS * ((character.codePointAt(0) ?? 0) < 0x1100 ? 0.58 : 1),
    0,
  );
}

/** The text, cut where it would be wider than that. */
export function fitted(content: string, width: number): string {
  if (roughWidth(content) <= width) return content;
  const characters = Array.from(content);
  while (characters.length > 0 && roughWidth(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('')}…`;
}

/** Entries in as many columns as there is room for, below `top`. */
export function legend(
  entries: readonly Entry[],
  width: number,
  top: number,
): { content: string; height: number } {
  const MARK = 24;
  const widest = Math.max(0, ...entries.map(({ name }) => roughWidth(name)));
  const columns = Math.max(1, Math.floor(width / (MARK + widest + 10)));
  const column = width / columns;
  const content = entries
    .map(({ name, mark }, i) => {
      const x = (i % columns) * column;
      const y = top + (Math.floor(i / columns) + 0.5) * LINE_POINTS;
      return (
        `<g transform="translate(${length(x)} ${length(y)})">${mark}` +
        `${text(MARK, 3.5, fitted(name, column - MARK))}</g>`
      );
    })
    .join('');
  return { content, height: Math.ceil(entries.length / columns) * LINE_POINTS };
}
