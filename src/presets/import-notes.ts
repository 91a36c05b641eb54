/** What somebody should know of a preset that was read, as sentences: the same wherever it is read. */
import { withMinus } from '../base/number-text';
import type { ImportedPreset } from './import-preset';

/** From this difference on, five bands are another sound. */
const FAR_DB = 1;

/** Whether the five bands are so far from the file's curve that it needs a warning. */
export function isFarOff({ maxDb }: Pick<ImportedPreset, 'maxDb'>): boolean {
  return !(maxDb < FAR_DB);
}

export function importNotes({ preset }: Pick<ImportedPreset, 'preset'>): readonly string[] {
  const { off, preampDb, notes } = preset;
  return [
    ...(off > 0 ? [`${String(off)} without effect or switched off.`] : []),
    ...(preampDb === 0
      ? []
      : [`Its preamp of ${withMinus(String(Number(preampDb.toFixed(3))))} dB is left aside.`]),
    ...notes,
  ];
}
