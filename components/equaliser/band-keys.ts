/** What a key does to a band of the equaliser. Pure. */
import { bandsOf, type BandIndex, type EqSetting } from '../../src/eq/parameters';
import { withBand, withBandReset } from '../../src/eq/edit-band';
import type { KeyHelp } from '../kit/key-help';

/** Steps of the arrow keys, and with Shift. */
const GAIN_DB = { coarse: 0.5, fine: 0.1 };
const OCTAVES = { coarse: 1 / 12, fine: 1 / 96 };
/** By which factor of two the Q changes. */
const Q_STEP = { coarse: 1 / 4, fine: 1 / 24 };

/** The setting after a key on a band's handle; null for keys that mean nothing there. */
export function afterBandKey(
  setting: EqSetting,
  band: BandIndex,
  key: string,
  fine: boolean,
): EqSetting | null {
  const { gainDb = 0, frequencyHz = 0, q = 1 } = bandsOf(setting)[band] ?? {};
  const size = fine ? 'fine' : 'coarse';
  const lift = (steps: number) => withBand(setting, band, { gain: gainDb + steps * GAIN_DB[size] });
  const shift = (steps: number) =>
    withBand(setting, band, { frequency: frequencyHz * 2 ** (steps * OCTAVES[size]) });
  const narrow = (steps: number) => withBand(setting, band, { q: q * 2 ** (steps * Q_STEP[size]) });
  switch (key) {
    case 'ArrowUp':
      return lift(1);
    case 'ArrowDown':
      return lift(-1);
    case 'ArrowRight':
      return shift(1);
    case 'ArrowLeft':
      return shift(-1);
    case 'PageUp':
    case ']':
    case '}':
      return narrow(1);
    case 'PageDown':
    case '[':
    case '{':
      return narrow(-1);
    case 'Home':
      return withBand(setting, band, { gain: 0 });
    case 'Delete':
    case 'Backspace':
      return withBandReset(setting, band);
    default:
      return null;
  }
}

export const BAND_KEYS: KeyHelp = {
  where: 'On a handle of the curve',
  keys: [
    { keys: ['↑', '↓'], does: 'Gain' },
    { keys: ['←', '→'], does: 'Frequency' },
    { keys: ['[', ']', 'Page Up', 'Page Down'], does: 'Q' },
    { keys: ['Shift'], does: 'With any of these: small steps' },
    { keys: ['Home'], does: 'Gain of 0 dB' },
    { keys: ['Delete'], does: 'Reset the band' },
  ],
};
