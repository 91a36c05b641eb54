/** Reads the rows of a SocialFX file: those in one language, each curve fitted by five bands. */
import { thousands } from '../base/number-text';
import { InputError } from '../base/input-error';
import { plainNumber, type Dialect } from './csv-dialect';
import { fitNote, fitSummary } from './fit-errors';
import type { FormatReader } from './format-reader';
import type { RowCollector } from './row-collector';
import { checkWord, widthFault, type RowFault } from './safe-row';
import { fitBands, type SocialFxLayout } from './socialfx';

const USUAL_LANGUAGE = 'English';
const EVERY_LANGUAGE = 'all';
/** Longer names of languages, or more of them, come of slipped columns. */
const NAME_LENGTH = 40;
const MOST_LANGUAGES = 20;

/** Share of the reading that goes into fitting curves: each takes some milliseconds. */
const FITTING = 0.97;

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** @param wanted language whose rows are read, or "all"; without, English where there is any */
export function socialFxReader(
  layout: SocialFxLayout,
  dialect: Dialect,
  wanted: string | undefined,
  collector: RowCollector,
): FormatReader {
  const records: Row[] = [];
  return {
    read: (line, cells) => records.push({ line, cells }),
    finishing: FITTING,
    finish: async (onShare) => {
      const languages = countLanguages(records, layout);
      const language = chooseLanguage(
        languages.map(({ name }) => name),
        wanted,
      );
      for (const [at, record] of records.entries()) {
        await onShare(at / records.length);
        readRow(record, layout, dialect, language, collector);
      }
      const fit = fitSummary(collector.rows);
      return {
        notes: [
          `Read as SocialFX: ${languageNote(languages, language)}.`,
          ...(fit === null ? [] : [fitNote(fit)]),
        ],
        contributorsKnown: false,
        languages,
        choices: { language },
      };
    },
  };
}

function languageOf({ cells }: Row, { language }: SocialFxLayout): string {
  return (cells[language] ?? '').trim();
}

function countLanguages(
  rows: readonly Row[],
  layout: SocialFxLayout,
): { name: string; rows: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = languageOf(row, layout);
    if (row.cells.length !== layout.width || name === '' || name.length > NAME_LENGTH) continue;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Array.from(counts, ([name, count]) => ({ name, rows: count }))
    .sort((a, b) => b.rows - a.rows)
    .slice(0, MOST_LANGUAGES);
}

function chooseLanguage(names: readonly string[], wanted: string | undefined): string {
  const named = (name: string): string | undefined =>
    [EVERY_LANGUAGE, ...names].find((each) => folded(each) === folded(name));
  if (wanted === undefined) return named(USUAL_LANGUAGE) ?? EVERY_LANGUAGE;
  const found = named(wanted);
  if (found === undefined) {
    throw new InputError(
      `The file has no rows in the language “${wanted}”; choose ${[...names, EVERY_LANGUAGE].join(' or ')}.`,
    );
  }
  return found;
}

function folded(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function languageNote(
  languages: readonly { name: string; rows: number }[],
  language: string,
): string {
  const total = languages.reduce((sum, { rows }) => sum + rows, 0);
  if (language === EVERY_LANGUAGE) return `the rows of every language, ${thousands(total)} in all`;
  const own = languages.find(({ name }) => name === language)?.rows ?? 0;
  const others = languages.filter(({ name }) => name !== language).map(({ name }) => name);
  if (others.length === 0) return `${thousands(own)} rows in ${language}`;
  return `${thousands(own)} rows in ${language}; the ${thousands(total - own)} in ${others.join(', ')} were left out`;
}

function readRow(
  { line, cells }: Row,
  layout: SocialFxLayout,
  dialect: Dialect,
  language: string,
  collector: RowCollector,
): void {
  const fault = widthFault(cells, layout.width);
  if (fault !== null) {
    collector.reject(line, fault);
    return;
  }
  if (language !== EVERY_LANGUAGE && languageOf({ line, cells }, layout) !== language) return;
  const named = checkWord(cells[layout.word] ?? '', layout.word);
  if ('reason' in named) {
    collector.reject(line, named);
    return;
  }
  const scores = scoresOf(cells, layout, dialect);
  if ('reason' in scores) {
    collector.reject(line, scores);
    return;
  }
  const { setting, errorDb } = fitBands(scores.values, layout.frequenciesHz);
  collector.add(line, { ...named, owner: null, setting }, { fitErrorDb: errorDb });
}

function scoresOf(
  cells: readonly string[],
  { firstBand, frequenciesHz }: SocialFxLayout,
  dialect: Dialect,
): { values: readonly number[] } | RowFault {
  const texts = cells.slice(firstBand).map((cell) => plainNumber(cell, dialect));
  const values = texts.map((text) => (text === '' ? Number.NaN : Number(text)));
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong === -1) return { values };
  const hz = String(frequenciesHz[wrong] ?? 0);
  return {
    column: firstBand + wrong + 1,
    reason: `The value of the ${hz} Hz band is not a number.`,
  };
}
