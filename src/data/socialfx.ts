/**
 * SocialFX's equaliser file: words given to curves of 40 bands, in two languages.
 *
 * T. Zheng, P. Seetharaman, B. Pardo, "SocialFX: studying a crowdsourced folksonomy of audio effects
 * terms", ACM Multimedia 2016. A row's 40 values are z-scores. The program they come from,
 * Audealize, stretches each row so that its lowest value is −5 dB and its highest +5 dB, and plays
 * it through 40 peaking filters of Q 4.31, at the frequencies that the header names.
 */
import { fitSetting } from '../eq/fit-setting';
import { FLAT_SETTING, type EqSetting } from '../eq/parameters';
import { filtersOn, logFrequencies, responseGrid, responseOn } from '../eq/response';

/** What of a file says where its cells are. */
export interface SocialFxLayout {
  readonly word: number;
  readonly language: number;
  /** Column of the lowest band. */
  readonly firstBand: number;
  /** Of the bands, Hz. */
  readonly frequenciesHz: readonly number[];
  /** Cells of a row. */
  readonly width: number;
}

const BAND_NAME = /^RSC_(\d+)Hz_band$/i;
const BANDS = 40;
/** The published header leaves out the name of the second column, the language. */
const LANGUAGE_COLUMN = 1;

const PEAK_DB = 5;
const PEAK_Q = 4.31;

const FREQUENCIES = logFrequencies(64);
const GRID = responseGrid(FREQUENCIES);

/**
 * Where the cells are, or null where the file is another.
 *
 * @param header the first record
 * @param width  cells of the records below it
 */
export function socialFxLayout(header: readonly string[], width: number): SocialFxLayout | null {
  const names = header.map((name) => name.trim());
  const bands = names.slice(-BANDS).map((name) => Number(BAND_NAME.exec(name)?.[1]));
  const word = names.findIndex((name) => /^descriptor$/i.test(name));
  const named = names.findIndex((name) => /^language$/i.test(name));
  const unnamed = width - names.length;
  const fits = unnamed === 0 ? named !== -1 : unnamed === 1 && word < LANGUAGE_COLUMN;
  if (bands.length !== BANDS || bands.some(Number.isNaN) || word === -1 || !fits) return null;
  return {
    word,
    language: unnamed === 0 ? named : LANGUAGE_COLUMN,
    firstBand: width - BANDS,
    frequenciesHz: bands,
    width,
  };
}

/**
 * The five bands that come nearest to a row's curve.
 *
 * @param scores        of the row's bands, finite, [40]
 * @param frequenciesHz of the bands, [40]
 * @returns `errorDb`: root mean square of what is left, at 64 points from 20 Hz to 20 kHz
 */
export function fitBands(
  scores: readonly number[],
  frequenciesHz: readonly number[],
): { setting: EqSetting; errorDb: number } {
  const lowest = Math.min(...scores);
  const range = Math.max(...scores) - lowest;
  const peaks = frequenciesHz.map((frequencyHz, i) => ({
    kind: 'bell' as const,
    frequencyHz,
    gainDb: range === 0 ? 0 : PEAK_DB * ((2 * ((scores[i] ?? 0) - lowest)) / range - 1),
    q: PEAK_Q,
  }));
  const curve = filtersOn(GRID, peaks);
  const setting = fitSetting(curve, FREQUENCIES, FLAT_SETTING);
  const fitted = responseOn(GRID, setting);
  const squares = curve.reduce((sum, db, i) => sum + (db - (fitted[i] ?? 0)) ** 2, 0);
  return { setting, errorDb: Math.sqrt(squares / curve.length) };
}
