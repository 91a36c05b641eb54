/** EasyEffects' presets, written in the mode that is the cookbook's filters. */
import type { NamedSetting } from '../eq/named-setting';
import { bandsOf, type EqBand } from '../eq/parameters';
import { COOKBOOK_MODE, readEasyEffects } from './easyeffects-reader';
import { decimal, fileStem, preampDb, type PresetFormat, type PresetOptions } from './preset';

const TYPES: Record<EqBand['kind'], string> = {
  'low shelf': 'Lo-shelf',
  bell: 'Bell',
  'high shelf': 'Hi-shelf',
};

/** EasyEffects turns the level of its input down by no more than this. */
const LOWEST_INPUT_DB = -36;

function write(named: NamedSetting, options: PresetOptions): string {
  const bands = Object.fromEntries(
    bandsOf(named.setting).map(({ kind, frequencyHz, gainDb, q }, i) => [
      `band${String(i)}`,
      {
        frequency: decimal(frequencyHz, 4),
        gain: decimal(gainDb, 4),
        mode: COOKBOOK_MODE,
        mute: false,
        q: decimal(q, 5),
        slope: 'x1',
        solo: false,
        type: TYPES[kind],
        width: 4,
      },
    ]),
  );
  const preamp = preampDb(named.setting, options);
  const input = Math.max(LOWEST_INPUT_DB, preamp);
  const equalizer = {
    balance: 0,
    bypass: false,
    'input-gain': input,
    left: bands,
    mode: 'IIR',
    'num-bands': Object.keys(bands).length,
    'output-gain': decimal(preamp - input, 1),
    'pitch-left': 0,
    'pitch-right': 0,
    right: bands,
    'split-channels': false,
  };
  const preset = {
    output: { blocklist: [], 'equalizer#0': equalizer, plugins_order: ['equalizer#0'] },
  };
  return `${JSON.stringify(preset, null, 4)}\n`;
}

export const EASYEFFECTS: PresetFormat = {
  key: 'easyeffects',
  title: 'EasyEffects (JSON)',
  fileName: (name) => `${fileStem(name)}.json`,
  mediaType: 'application/json',
  write,
  read: readEasyEffects,
};
