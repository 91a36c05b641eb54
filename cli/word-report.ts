/** Each word's 13 parameters, for programs and for people. */
import { bandsOf, EQ_PARAMETERS, type EqParameter, type EqSetting } from '../src/eq/parameters';

export interface WordReport {
  readonly word: string;
  /** Rows of the data with the word. */
  readonly rows: number;
  /** By name and unit, as "bell 1 frequency (Hz)"; null where no setting can be had. */
  readonly setting: Readonly<Record<string, number>> | null;
}

const UNITS: Readonly<Record<EqParameter['kind'], string>> = {
  gain: ' (dB)',
  frequency: ' (Hz)',
  q: '',
};

export function wordReport(word: string, rows: number, setting: EqSetting | null): WordReport {
  if (setting === null) return { word, rows, setting };
  const named = EQ_PARAMETERS.map(({ name, kind }, i) => [
    `${name}${UNITS[kind]}`,
    setting[i] ?? Number.NaN,
  ]);
  return { word, rows, setting: Object.fromEntries(named) as Record<string, number> };
}

/** A line a word: five bands in dB at Hz, bells with their Q. */
export function wordTable(words: readonly WordReport[]): string {
  const longest = Math.max(...words.map(({ word }) => word.length));
  return words
    .map(({ word, rows, setting }) => {
      const start = `${word.padEnd(longest)}  ${String(rows).padStart(5)} rows`;
      return setting === null
        ? `${start}  no setting`
        : `${start}  ${bandsText(Object.values(setting))}`;
    })
    .join('\n');
}

function bandsText(setting: EqSetting): string {
  return bandsOf(setting)
    .map(({ kind, gainDb, frequencyHz, q }) => {
      const gain = `${gainDb < 0 ? '' : '+'}${gainDb.toFixed(2)}`.padStart(6);
      const frequency = frequencyHz.toFixed(0).padStart(5);
      return `${gain} dB ${frequency} Hz${kind === 'bell' ? ` Q ${q.toFixed(2)}` : ''}`;
    })
    .join(' | ');
}
