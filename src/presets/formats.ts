/** The formats in which settings are taken along and brought here. */
import { InputError } from '../base/input-error';
import { CAMILLADSP } from './camilladsp';
import { CAMILLADSP_FIVE } from './camilladsp-five';
import { EASYEFFECTS } from './easyeffects';
import { EQUALIZER_APO } from './equalizer-apo';
import { PLAIN_FORMAT, PLAIN_JSON } from './plain-json';
import type { PresetFormat } from './preset';
import { REW } from './rew';
import { hasRewTable } from './rew-table';

export const PRESET_FORMATS: readonly PresetFormat[] = [
  EQUALIZER_APO,
  REW,
  EASYEFFECTS,
  CAMILLADSP,
  CAMILLADSP_FIVE,
  PLAIN_JSON,
];

/** @throws InputError where no format has the key */
export function presetFormat(key: string): PresetFormat {
  const found = PRESET_FORMATS.find((format) => format.key === key);
  if (found !== undefined) return found;
  const keys = PRESET_FORMATS.map((format) => format.key).join(', ');
  throw new InputError(`There is no preset format "${key.slice(0, 30)}", only ${keys}.`);
}

/** Any command of Equalizer APO; files of it may have nothing but an Include. */
const APO_LINE =
  /^\uFEFF?[ \t]{0,40}(filter(?!s[ \t]{0,9}:)[^:\n]{0,40}|preamp|graphiceq|device|stage|channel|include|if|eval|copy|delay|convolution|vstplugin|loudnesscorrection)[ \t]{0,9}:/im;

/**
 * The format a text is in, told from the first of the marks that only one format has. No pattern
 * has a run of blanks without an end: they would take long in a hostile text.
 *
 * @throws InputError where it has none of them
 */
export function detectFormat(text: string): PresetFormat {
  if (text.trim() === '') throw new InputError('The file is empty.');
  const start = text.slice(0, 65_536);
  if (/^\uFEFF?\s*\{/.test(start)) {
    if (new RegExp(`"format"\\s{0,9}:\\s{0,9}"${PLAIN_FORMAT}"`).test(start)) return PLAIN_JSON;
    if (/"(output|input)"\s{0,9}:/.test(start)) return EASYEFFECTS;
    // CamillaDSP's configurations are YAML, of which JSON is part.
    if (/["'{,\s]filters["']?\s{0,9}:/.test(start)) return CAMILLADSP;
  } else {
    if (
      /^\uFEFF?\s*Filter Settings file\b/i.test(start) ||
      /^Equali[sz]er[ \t]{0,9}:/im.test(start) ||
      hasRewTable(start)
    ) {
      return REW;
    }
    if (/^["']?(filters|pipeline)["']?[ \t]{0,9}:/m.test(start)) {
      return /: {0,9}FivePointPeq\b/.test(start) ? CAMILLADSP_FIVE : CAMILLADSP;
    }
    if (APO_LINE.test(start)) return EQUALIZER_APO;
  }
  throw new InputError(
    'Line 1: this begins as none of the presets that can be read: Equalizer APO, Room EQ Wizard, EasyEffects, CamillaDSP or plain JSON.',
  );
}
