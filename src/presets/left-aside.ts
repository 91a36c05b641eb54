/** What of a file was left aside, by its lines. */

/** Notes that are written out; of more, only the lines are named. */
const MOST_NOTES = 24;
/** Notes that stand in an error. */
const MOST_REASONS = 4;
/** Stretches of lines that a sentence names; more would be no sentence. */
const MOST_STRETCHES = 8;

/** Lines that were left aside because of another one. */
export interface Section {
  readonly lines: number[];
}

interface Entry {
  readonly lines: number[];
  readonly sentence: () => string;
  /** What is wrong with the lines, where they were meant to be filters. */
  readonly fault: string | null;
}

export class LeftAside {
  readonly #entries: Entry[] = [];
  readonly #byReason = new Map<string, number[]>();

  /**
   * A line that is not followed; lines of the same kind share a note.
   *
   * @param reason a sentence without its full stop: '"Include" is not followed'
   */
  line(line: number, reason: string): void {
    this.#add(line, reason, null);
  }

  /**
   * A line that was meant to set something, and that the file's own program skips too.
   *
   * @param fault a sentence without its full stop: "the filter has no frequency"
   */
  skipped(line: number, fault: string): void {
    this.#add(line, fault, fault);
  }

  /**
   * Lines that will be left aside because of what a line says; without any there is no note.
   *
   * @param reason a sentence without its full stop, to be followed by ", so lines 3 to 5 …"
   */
  section(line: number, reason: string): Section {
    const lines: number[] = [];
    const sentence = (): string =>
      `Line ${String(line)}: ${reason}, so ${lineList(lines)} ${were(lines)} left aside.`;
    this.#entries.push({ lines, sentence, fault: null });
    return { lines };
  }

  /** The notes in the order in which they arose, a sentence each. */
  notes(): readonly string[] {
    const entries = this.#present();
    const rest = entries.slice(MOST_NOTES).flatMap(({ lines }) => lines);
    const notes = entries.slice(0, MOST_NOTES).map(({ sentence }) => sentence());
    if (rest.length === 0) return notes;
    return [...notes, `${capital(lineList(rest))} ${were(rest)} left aside as well.`];
  }

  /**
   * Why nothing of the file is left.
   *
   * @param otherwise the sentence where no single line is to blame, followed by the first notes
   */
  whyNothing(otherwise: string): string {
    const entries = this.#present();
    const [first] = entries;
    const fault = first?.fault ?? null;
    if (first !== undefined && fault !== null && entries.every((entry) => entry.fault !== null)) {
      return `Line ${String(first.lines[0])}: ${fault}.`;
    }
    return [otherwise, ...entries.slice(0, MOST_REASONS).map(({ sentence }) => sentence())].join(
      ' ',
    );
  }

  #present(): readonly Entry[] {
    return this.#entries.filter(({ lines }) => lines.length > 0);
  }

  #add(line: number, reason: string, fault: string | null): void {
    const known = this.#byReason.get(reason);
    if (known !== undefined) {
      known.push(line);
      return;
    }
    const lines = [line];
    this.#byReason.set(reason, lines);
    const end = (): string =>
      fault === null ? '.' : `, so ${lines.length === 1 ? 'it was' : 'they were'} left aside.`;
    const sentence = (): string => `${capital(lineList(lines))}: ${reason}${end()}`;
    this.#entries.push({ lines, sentence, fault });
  }
}

function were(lines: readonly number[]): string {
  return new Set(lines).size === 1 ? 'was' : 'were';
}

/** "line 3", "lines 3, 5 and 7 to 9"; where it would be too long, it ends in "and 12 more". */
function lineList(lines: readonly number[]): string {
  const stretches: [from: number, to: number][] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else stretches.push([line, line]);
  }
  const named = stretches
    .slice(0, MOST_STRETCHES)
    .flatMap(([from, to]) =>
      to - from > 1 ? [`${String(from)} to ${String(to)}`] : [...new Set([from, to])].map(String),
    );
  const unnamed = stretches
    .slice(MOST_STRETCHES)
    .reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (unnamed > 0) named.push(`${String(unnamed)} more`);
  const start = named.slice(0, -1).join(', ');
  const list = [start, named.at(-1) ?? ''].filter((part) => part !== '').join(' and ');
  return `${new Set(lines).size === 1 ? 'line' : 'lines'} ${list}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
