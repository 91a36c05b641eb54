/** CamillaDSP's configuration with a filter a band. */
import { bandsOf, type EqBand } from '../eq/parameters';
import { readConfig, writeConfig } from './camilladsp-config';
import { decimal, fileStem, preampDb, type PresetFormat } from './preset';

const TYPES: Record<EqBand['kind'], string> = {
  'low shelf': 'Lowshelf',
  bell: 'Peaking',
  'high shelf': 'Highshelf',
};
const NAMES = ['low_shelf', 'bell_1', 'bell_2', 'bell_3', 'high_shelf'];

export const CAMILLADSP: PresetFormat = {
  key: 'camilladsp',
  title: 'CamillaDSP (YAML)',
  fileName: (name) => `${fileStem(name)}.yml`,
  mediaType: 'application/yaml',
  write: (named, options) => {
    const filters = bandsOf(named.setting).map(({ kind, frequencyHz, gainDb, q }, i) => {
      const parameters = {
        type: TYPES[kind],
        freq: decimal(frequencyHz, 4),
        gain: decimal(gainDb, 4),
        q: decimal(q, 5),
      };
      return [NAMES[i] ?? '', { type: 'Biquad', parameters }] as const;
    });
    return writeConfig(named.name, preampDb(named.setting, options), Object.fromEntries(filters));
  },
  read: readConfig,
};
