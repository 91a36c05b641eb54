/**
 * Equalizer APO's configuration, also as AutoEq's `ParametricEQ.txt`.
 *
 * Source: Equalizer APO's "Configuration reference". Frequencies never have exactly three decimals:
 * those are read as thousands.
 */
import type { NamedSetting } from '../eq/named-setting';
import { bandsOf, type EqBand } from '../eq/parameters';
import { readApoConfig } from './apo-config';
import { decimal, oneLine, preampDb, type PresetFormat, type PresetOptions } from './preset';

/**
 * The Q that such files give shelves of slope 1, and that AutoEq and others expect. The plug-in's
 * 0.71 is at most 0.0213 dB away with one shelf at ±12 dB, and 0.0427 dB with both at one place.
 */
const SHELF_Q_WRITTEN = 0.7071;

const TYPES: Record<EqBand['kind'], string> = {
  'low shelf': 'LSC',
  bell: 'PK',
  'high shelf': 'HSC',
};

function write(named: NamedSetting, options: PresetOptions): string {
  const lines = bandsOf(named.setting).map(({ kind, frequencyHz, gainDb, q }, i) => {
    const fc = String(decimal(frequencyHz, 2));
    const gain = String(decimal(gainDb, 3));
    const width = kind === 'bell' ? String(decimal(q, 4)) : String(SHELF_Q_WRITTEN);
    return `Filter ${String(i + 1)}: ON ${TYPES[kind]} Fc ${fc} Hz Gain ${gain} dB Q ${width}`;
  });
  const preamp = `Preamp: ${preampDb(named.setting, options).toFixed(1)} dB`;
  return `# ${oneLine(named.name)}\n${preamp}\n${lines.join('\n')}\n`;
}

export const EQUALIZER_APO: PresetFormat = {
  key: 'apo',
  title: 'Equalizer APO, AutoEq (text)',
  fileName: () => 'ParametricEQ.txt',
  mediaType: 'text/plain',
  write,
  read: (text) => readApoConfig(text, 'apo'),
};
