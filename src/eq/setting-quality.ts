/** What an engineer would object to in a setting, or in a control that moves one. */
import { bandsOf, type EqBand, type EqSetting } from './parameters';

/** Bands of opposite sign fight where each has this gain, in dB, and they are less than an octave apart. */
const FIGHTING_DB = 2;
/** Below this gain, in dB, nobody hears where a band's knobs stand. */
const HEARD_DB = 0.5;
/** How far a knob may move at a small step before it is said to jump: dB, and octaves. */
const JUMP = { db: 3, octaves: 0.5 } as const;

/**
 * Whether two bands of a setting work against each other: gains of opposite sign and at least 2 dB
 * each, at frequencies less than an octave apart.
 */
export function settingFights(setting: EqSetting): boolean {
  const bands = bandsOf(setting).filter(({ gainDb }) => Math.abs(gainDb) >= FIGHTING_DB);
  return bands.some((one, i) =>
    bands
      .slice(i + 1)
      .some((other) => one.gainDb * other.gainDb < 0 && octavesBetween(one, other) < 1),
  );
}

/**
 * Whether a knob jumps from one setting to another: the gain by more than 3 dB or the frequency by
 * more than half an octave, of a band that has 0.5 dB or more in either.
 */
export function knobMoves(before: EqSetting, after: EqSetting): boolean {
  const others = bandsOf(after);
  return bandsOf(before).some((band, i) => {
    const other = others[i] ?? band;
    if (Math.max(Math.abs(band.gainDb), Math.abs(other.gainDb)) < HEARD_DB) return false;
    return (
      Math.abs(band.gainDb - other.gainDb) > JUMP.db || octavesBetween(band, other) > JUMP.octaves
    );
  });
}

function octavesBetween(one: EqBand, other: EqBand): number {
  return Math.abs(Math.log2(one.frequencyHz / other.frequencyHz));
}
