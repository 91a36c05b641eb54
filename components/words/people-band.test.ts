import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { responseDb } from '../../src/eq/response';
import { sampleModel } from '../../src/testing/sample-model';
import { peopleBand } from './people-band';

const base = sampleModel();
if (base.map === null) throw new Error('The sample model has a map.');

/** The word's rows lift all lows, by 0 dB, 1 dB and so on. */
function shown(rows: number) {
  const map = {
    points: new Float32Array(2 * rows),
    labels: new Int32Array(rows),
    heldOut: new Uint8Array(rows),
    schools: new Uint8Array(rows),
    origin: base.map?.origin ?? new Float32Array(),
    axes: base.map?.axes ?? new Float32Array(),
  };
  const settings = Float32Array.from(
    Array.from({ length: rows }, (_, row) => FLAT_SETTING.with(0, row)).flat(),
  );
  return { ...base, map, settings, contributors: null, source: 'run' } as const;
}

const word = base.document.words[0]?.word ?? '';

describe('the band of a word’s people', () => {
  it('lies between the quartiles of their curves', () => {
    const band = peopleBand(shown(9), word);
    expect(band).toMatchObject({ word, rows: 9 });
    const [lower, upper] = [2, 6].map((gain) =>
      responseDb(FLAT_SETTING.with(0, gain), band?.frequenciesHz ?? new Float64Array()),
    );
    band?.low.forEach((db, i) => {
      expect(db).toBeCloseTo(lower?.[i] ?? NaN, 3);
    });
    band?.high.forEach((db, i) => {
      expect(db).toBeCloseTo(upper?.[i] ?? NaN, 3);
    });
  });

  it('is none of few rows, of a word that is not known, or without the rows', () => {
    expect(peopleBand(shown(7), word)).toBe(null);
    expect(peopleBand(shown(9), 'unknown')).toBe(null);
    expect(peopleBand({ ...shown(9), settings: null }, word)).toBe(null);
  });
});
