/** `warmbright generate`: what a word, or a mixture of words, is to an equaliser, as a preset. */
import { exportPreset } from '../../src/presets/export-preset';
import { presetFormat } from '../../src/presets/formats';
import {
  between,
  chooseSetting,
  joinedNumbers,
  SETTING_HELP,
  SETTING_OPTIONS,
} from '../options/choose-setting';
import { needed, numberOr, readOptions } from '../options/options';
import type { Output } from '../output';
import { checkOutput, writeWhole } from '../output-file';

const HELP = `npm run cli -- generate --model FILE --word WORD --format FORMAT [--out FILE]

Writes the equaliser setting of a word, or of a mixture of words, as a preset.

${SETTING_HELP}  --format FORMAT   apo (Equalizer APO, AutoEq), rew (Room EQ Wizard), easyeffects, camilladsp,
                    camilladsp-five or json
  --rate HZ         sample rate at which preamp and deviation are worked out; 48000 by default
  --no-preamp       do not lower the level against clipping
  --out FILE        write there instead of to standard output
`;

/** Below it, some of the plug-in's frequencies are no longer under half the rate. */
const LOWEST_RATE_HZ = 40_000;
const HIGHEST_RATE_HZ = 768_000;

/** Runs the command; the preset goes to a file or standard output, a word on it to standard error. */
export async function generate(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    joinedNumbers(args),
    HELP,
    {
      ...SETTING_OPTIONS,
      format: { type: 'string' },
      rate: { type: 'string' },
      'no-preamp': { type: 'boolean', default: false },
      out: { type: 'string' },
    },
    output,
  );
  if (options === null) return;
  const format = presetFormat(needed('--format', options.format));
  const sampleRateHz = between(
    numberOr(48_000, '--rate', options.rate),
    '--rate',
    LOWEST_RATE_HZ + 1,
    HIGHEST_RATE_HZ,
  );
  const inputs = [options.model, options.data].filter((path) => path !== undefined);
  if (options.out !== undefined) checkOutput(options.out, inputs);
  const named = await chooseSetting(options, output);
  const preset = exportPreset(format, named, { sampleRateHz, preamp: !options['no-preamp'] });
  if (options.out === undefined) output.print(preset.text);
  else await writeWhole(options.out, inputs, preset.text);
  const name = named.name.replaceAll(/\s+/g, ' ');
  output.note(
    `${name} as ${format.key}: read back, it is at most ${preset.deviationDb.toFixed(3)} dB from the model's curve (20 Hz to 20 kHz).`,
  );
  if (format.caution !== undefined) {
    const { sentence, instead } = format.caution;
    output.note(`${sentence} Option '--format ${instead}' writes it.`);
  }
}
