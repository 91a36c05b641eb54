/** CamillaDSP's configuration with all five bands in one filter, a "FivePointPeq". */
import { bandsOf } from '../eq/parameters';
import { FIVE_POINTS, readConfig, writeConfig } from './camilladsp-config';
import { decimal, fileStem, preampDb, type PresetFormat } from './preset';

export const CAMILLADSP_FIVE: PresetFormat = {
  key: 'camilladsp-five',
  title: 'CamillaDSP, five points in one (YAML)',
  fileName: (name) => `${fileStem(name)}-five.yml`,
  mediaType: 'application/yaml',
  write: (named, options) => {
    const bands = bandsOf(named.setting);
    const points = FIVE_POINTS.flatMap(([suffix], i) => {
      const { frequencyHz = 0, gainDb = 0, q = 1 } = bands[i] ?? {};
      return [
        [`f${suffix}`, decimal(frequencyHz, 4)],
        [`g${suffix}`, decimal(gainDb, 4)],
        [`q${suffix}`, decimal(q, 5)],
      ] as const;
    });
    const parameters = { type: 'FivePointPeq', ...Object.fromEntries(points) };
    return writeConfig(named.name, preampDb(named.setting, options), {
      equaliser: { type: 'BiquadCombo', parameters },
    });
  },
  read: readConfig,
};
