/** A setting written in a format, and what a reader of that format makes of it. */
import type { NamedSetting } from '../eq/named-setting';
import { comparisonGrid, curveOfPreset, deviationFrom } from './deviation';
import type { PresetFormat, PresetOptions } from './preset';

interface ExportedPreset {
  readonly text: string;
  readonly preampDb: number;
  /** Largest difference in dB, 20 Hz to 20 kHz, of the text's curve from the setting's; without preamp. */
  readonly deviationDb: number;
}

/**
 * Writes a setting and reads it back.
 *
 * @param options with a sample rate above 40 kHz
 */
export function exportPreset(
  format: PresetFormat,
  named: NamedSetting,
  options: PresetOptions,
): ExportedPreset {
  const text = format.write(named, options);
  const read = format.read(text);
  const grid = comparisonGrid(options.sampleRateHz);
  return {
    text,
    preampDb: read.preampDb,
    deviationDb: deviationFrom(curveOfPreset(read, grid), named.setting, grid).maxDb,
  };
}
