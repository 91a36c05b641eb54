/** A preset's file as what sound goes through, and what should be known of it. */
import { basename } from 'node:path';
import { ownFilters } from '../../src/audio/own-filters';
import type { Through } from '../../src/audio/render';
import { importNotes } from '../../src/presets/import-notes';
import { importPreset } from '../../src/presets/import-preset';
import { presetText } from '../../src/presets/preset-text';
import type { Output } from '../output';
import { naming, readBytes } from './files';

export interface NamedFilters {
  readonly name: string;
  /** The filters at a sample rate. */
  readonly at: (sampleRateHz: number) => Through;
}

/**
 * The file's own filters, all of them; what of it is left aside is said.
 *
 * @throws InputError where the file is no preset
 */
export async function presetFilters(path: string, output: Output): Promise<NamedFilters> {
  const imported = await naming(path, () => importPreset(presetText(readBytes(path))));
  const { preset, exact, maxDb } = imported;
  const note = (sentence: string): void => {
    output.note(`${path}: ${sentence}`);
  };
  importNotes(imported).forEach(note);
  if (!exact) {
    note(
      `Five bands do not hold this preset, and would be up to ${maxDb.toFixed(2)} dB from it; its own filters are rendered.`,
    );
  }
  return {
    name: basename(path),
    at: (sampleRateHz) => {
      const { make, curve } = ownFilters(preset, sampleRateHz);
      if (curve !== null) {
        note(
          `The GraphicEQ is rendered as a filter of minimum phase with ${String(curve.taps)} taps, at most ${curve.deviationDb.toFixed(3)} dB from its curve between 20 Hz and 20 kHz.`,
        );
      }
      return make;
    },
  };
}
