import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, type EqSetting } from '../eq/parameters';
import { fitNormaliser } from '../model/normaliser';
import { responseFigures, type HeardRows } from './response-figures';

const FLAT = EQ_PARAMETERS.map(({ initial }) => initial);

/** A low shelf of so many dB, else flat. */
function shelf(gain: number): EqSetting {
  return FLAT.map((value, i) => (i === 0 ? gain : value));
}

/** Rows of two words that cut and boost the lows; the last six are held out. */
const GAINS = Array.from({ length: 46 }, (_, i) => (i % 2 === 0 ? 4 + (i % 8) : -4 - (i % 8)));

const rows: HeardRows = {
  settings: GAINS.map(shelf),
  decoded: GAINS.map((gain) => shelf(gain / 2)),
  latents: Float32Array.from(GAINS),
  labels: GAINS.map((_, i) => i % 2),
  heldOut: GAINS.map((_, i) => (i < 40 ? 0 : 1)),
  normaliser: fitNormaliser('data', GAINS.map(shelf)),
  wordSettings: [shelf(7), null],
};

describe('responseFigures', () => {
  it('measures the model and its baselines on the held-out rows', () => {
    const { responseErrorDb } = responseFigures(rows);
    expect(responseErrorDb.model).toBeGreaterThan(0.3 * responseErrorDb.flat);
    expect(responseErrorDb.model).toBeLessThan(0.7 * responseErrorDb.flat);
    // One number makes these settings, so one component of their parameters has it all.
    expect(responseErrorDb.parameterComponents).toBeLessThan(1e-3);
    expect(responseErrorDb.curveComponents).toBeGreaterThan(1e-3);
    expect(responseErrorDb.curveComponents).toBeLessThan(0.1 * responseErrorDb.flat);
  });

  it('lets neighbours tell the word, in the latent and by the curves', () => {
    expect(responseFigures(rows).neighbourAccuracy).toEqual({ latent: 1, curves: 1 });
    const blind = { ...rows, latents: new Float32Array(GAINS.length) };
    expect(responseFigures(blind).neighbourAccuracy).toEqual({ latent: 0.5, curves: 1 });
  });

  it('measures every word that has a setting', () => {
    const { words } = responseFigures(rows);
    expect(words[0]?.rows).toBe(3);
    expect(words[0]?.medians.model).toBeLessThan(words[0]?.medians.flat ?? 0);
    expect(words[1]).toBeNull();
  });

  it('takes nothing from the held-out rows', () => {
    const settings = rows.settings.map((setting, i) => (i === 45 ? shelf(12) : setting));
    const changed = responseFigures({ ...rows, settings });
    const same = responseFigures(rows);
    expect(changed.words[0]).toEqual(same.words[0]);
    expect(changed.responseErrorDb.flat).not.toBe(same.responseErrorDb.flat);
  });
});
