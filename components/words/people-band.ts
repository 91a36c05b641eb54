/** Between which curves half of the people lie who gave a word. */
import { logFrequencies } from '../../src/eq/response';
import { curveQuantiles, settingOfRow } from '../kit/curve-quantiles';
import type { CurveBand } from '../kit/eq-plot';
import type { ShownModel } from '../state/page-state';

/** The quartiles of a word's curves, in dB; nothing of any single row. */
export interface PeopleBand extends CurveBand {
  readonly word: string;
  readonly rows: number;
}

const POINTS = 81;
/** Fewer rows have no quartiles worth drawing. */
const LEAST_ROWS = 8;
/** Of more rows so many are looked at. */
const MOST_ROWS = 2000;

/**
 * Half of the word's curves lie between the two, at each frequency for itself.
 *
 * @returns null where the rows' settings are not here, or too few are the word's
 */
export function peopleBand(
  { document, map, settings }: ShownModel,
  word: string,
): PeopleBand | null {
  const label = document.words.findIndex((known) => known.word === word);
  if (map === null || settings === null || label < 0) return null;
  const own = Array.from(map.labels.keys()).filter((row) => map.labels[row] === label);
  if (own.length < LEAST_ROWS) return null;
  const stride = Math.ceil(own.length / MOST_ROWS);
  const frequenciesHz = logFrequencies(POINTS);
  const looked = own.filter((_, i) => i % stride === 0);
  const [low = frequenciesHz, high = frequenciesHz] = curveQuantiles(
    looked.map((row) => settingOfRow(settings, row)),
    frequenciesHz,
    [0.25, 0.75],
  );
  return { word, rows: own.length, frequenciesHz, low, high };
}
