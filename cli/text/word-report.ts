/** Each word's 13 parameters, for programs and for people. */
import type { WordCluster } from '../../src/model/model';
import { bandsOf, EQ_PARAMETERS, type EqParameter, type EqSetting } from '../../src/eq/parameters';

export interface WordReport {
  readonly word: string;
  /** Rows of the data with the word. */
  readonly rows: number;
  /** By name and unit, as "bell 1 frequency (Hz)"; null where no setting can be had. */
  readonly setting: Readonly<Record<string, number>> | null;
  /** The practices that go by the word, those with most rows first. */
  readonly schools: readonly ClusterReport[];
}

interface ClusterReport {
  readonly name: string;
  /** Training rows nearest to it, and the people they are of. */
  readonly rows: number;
  readonly contributors: number;
  /** Like a word's. */
  readonly setting: Readonly<Record<string, number>>;
}

const UNITS: Readonly<Record<EqParameter['kind'], string>> = {
  gain: ' (dB)',
  frequency: ' (Hz)',
  q: '',
};

export function wordReport(
  word: string,
  rows: number,
  setting: EqSetting | null,
  schools: readonly WordCluster[],
): WordReport {
  return {
    word,
    rows,
    setting: setting === null ? null : named(setting),
    schools: schools.map(({ name, rows: own, contributors, setting: of }) => ({
      name,
      rows: own,
      contributors,
      setting: named(of),
    })),
  };
}

function named(setting: EqSetting): Record<string, number> {
  const entries = EQ_PARAMETERS.map(({ name, kind }, i) => [
    `${name}${UNITS[kind]}`,
    setting[i] ?? Number.NaN,
  ]);
  return Object.fromEntries(entries) as Record<string, number>;
}

/**
 * A line a word: five bands in dB at Hz, bells with their Q. Under a word of several kinds a line
 * each.
 */
export function wordTable(words: readonly WordReport[]): string {
  const longest = Math.max(...words.map(({ word }) => word.length));
  return words
    .flatMap(({ word, rows, setting, schools }) => {
      const line = (name: string, count: number, bands: string): string =>
        `${name.padEnd(longest)}  ${String(count).padStart(5)} rows  ${bands}`;
      return [
        line(word, rows, setting === null ? 'no setting' : bandsText(Object.values(setting))),
        ...(schools.length < 2 ? [] : schools).map((cluster) =>
          line('', cluster.rows, `${bandsText(Object.values(cluster.setting))}  ${cluster.name}`),
        ),
      ];
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
