import { describe, expect, it } from 'vitest';
import { importNotes, isFarOff } from './import-notes';
import { importPreset } from './import-preset';

describe('importNotes', () => {
  it('names what is off, the preamp, and what was left aside', () => {
    const imported = importPreset(
      'Preamp: -0.1 dB\nPreamp: -0.2 dB\nInclude: a.txt\nFilter: OFF\nFilter: ON PK Fc 1000 Hz Gain 3 dB Q 1',
    );
    expect(importNotes(imported)).toEqual([
      '1 without effect or switched off.',
      'Its preamp of −0.3 dB is left aside.',
      'Line 3: "Include: a.txt" names another file, which is not followed.',
    ]);
    expect(isFarOff(imported)).toBe(false);
  });

  it('warns from a decibel on', () => {
    expect(isFarOff(importPreset('Filter: ON PK Fc 1000 Hz Gain 99 dB Q 1'))).toBe(true);
    expect([0.999, 1, Number.NaN].map((maxDb) => isFarOff({ maxDb }))).toEqual([false, true, true]);
  });

  it('has a finite deviation for every curve that is read', () => {
    const { maxDb, rmsDb } = importPreset('GraphicEQ: 1e-320 -1; 100 3; 1000 -4; 20000 0');
    expect(Number.isFinite(maxDb) && Number.isFinite(rmsDb)).toBe(true);
  });
});
