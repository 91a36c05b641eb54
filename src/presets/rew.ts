/**
 * Filter settings as Room EQ Wizard saves them as text, for its "Generic" equaliser.
 *
 * Sources: texts saved by Room EQ Wizard 5. "LS Q" and "HS Q" are the shelves whose Q is given; a
 * bell's width between its points of half the gain is its frequency by its Q, as in the cookbook.
 */
import type { NamedSetting } from '../eq/named-setting';
import { bandsOf, type EqBand } from '../eq/parameters';
import { readApoConfig } from './apo-config';
import { fileStem, oneLine, preampDb, type PresetFormat, type PresetOptions } from './preset';
import { hasRewTable, readRewTable } from './rew-table';

const TYPES: Record<EqBand['kind'], string> = {
  'low shelf': 'LS Q',
  bell: 'PK',
  'high shelf': 'HS Q',
};

function write(named: NamedSetting, options: PresetOptions): string {
  const lines = bandsOf(named.setting).map(({ kind, frequencyHz, gainDb, q }, i) => {
    const number = String(i + 1).padStart(2);
    const fc = frequencyHz.toFixed(2).padStart(8);
    const gain = (gainDb + 0).toFixed(3).padStart(7);
    return `Filter ${number}: ON  ${TYPES[kind].padEnd(8)} Fc ${fc} Hz  Gain ${gain} dB  Q ${q.toFixed(4)}`;
  });
  const preamp = preampDb(named.setting, options);
  // Room EQ Wizard's files have no place for a level; it shows the notes.
  const level = preamp === 0 ? '' : `; set the level to ${preamp.toFixed(1)} dB against clipping`;
  return [
    'Filter Settings file',
    '',
    'Room EQ V5.31',
    '',
    `Notes:${oneLine(named.name)}${level}`,
    '',
    'Equaliser: Generic',
    ...lines,
    '',
  ].join('\n');
}

export const REW: PresetFormat = {
  key: 'rew',
  title: 'Room EQ Wizard (text)',
  fileName: (name) => `${fileStem(name)}.txt`,
  mediaType: 'text/plain',
  write,
  caution: {
    sentence:
      'Room EQ Wizard takes the frequency of a shelf "LS Q" or "HS Q" for the middle of its slope. Equalizer APO reads such files too, but takes it for the corner and plays another curve; give it its own format.',
    instead: 'apo',
  },
  // Equalizer APO reads Room EQ Wizard's files, which is where its own lines come from.
  read: (text) => (hasRewTable(text) ? readRewTable(text) : readApoConfig(text, 'rew')),
};
