/** `warmbright generate`: what a word, or a mixture of words, is to an equaliser, as a preset. */
import { exportPreset } from '../../src/presets/export-preset';
import { presetFormat } from '../../src/presets/formats';
import { extname } from 'node:path';
import { evidenceSentence, wordEvidence } from '../../src/analysis/word-evidence';
import type { NamedSetting } from '../../src/eq/named-setting';
import type { PresetFormat, PresetOptions } from '../../src/presets/preset';
import {
  between,
  chosenModel,
  joinedNumbers,
  SETTING_HELP,
  SETTING_OPTIONS,
  settingOf,
  wayOf,
  wordsOf,
} from '../options/choose-setting';
import {
  SEVERAL_HELP,
  SEVERAL_OPTIONS,
  severalOf,
  severalSettings,
} from '../options/choose-several';
import { numberOr, readOptions } from '../options/options';
import type { Output } from '../output';
import { checkOutput, writeWhole } from '../output-file';

const HELP = `npm run cli -- generate --word WORD [--model FILE] [--format FORMAT] [--out FILE]

Writes the equaliser setting of a word, or of a mixture of words, as a preset; or several settings
of a word, one preset each.

${SETTING_HELP}${SEVERAL_HELP}  --format FORMAT   apo (Equalizer APO, AutoEq; the default), rew (Room EQ Wizard), easyeffects,
                    camilladsp, camilladsp-five or json
  --rate HZ         sample rate at which preamp and deviation are worked out; 48000 by default
  --no-preamp       do not lower the level against clipping
  --out FILE        write there instead of to standard output; several presets to FILE with -1, -2 …
                    before its ending
`;

/** Below it, some of the plug-in's frequencies are no longer under half the rate. */
const LOWEST_RATE_HZ = 40_000;
const HIGHEST_RATE_HZ = 768_000;

/** Runs the command; presets go to files or standard output, a word on each to standard error. */
export async function generate(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    joinedNumbers(args),
    HELP,
    {
      ...SETTING_OPTIONS,
      ...SEVERAL_OPTIONS,
      format: { type: 'string', default: 'apo' },
      rate: { type: 'string' },
      'no-preamp': { type: 'boolean', default: false },
      out: { type: 'string' },
    },
    output,
  );
  if (options === null) return;
  const format = presetFormat(options.format);
  const sampleRateHz = between(
    numberOr(48_000, '--rate', options.rate),
    '--rate',
    LOWEST_RATE_HZ + 1,
    HIGHEST_RATE_HZ,
  );
  const inputs = [options.model, options.data].filter((path) => path !== undefined);
  const way = wayOf(options);
  const several = severalOf(options);
  const paths = pathsFor(options.out, several?.count ?? null);
  for (const path of paths) checkOutput(path, inputs);
  const model = await chosenModel(options, output);
  const settings =
    several === null ? [settingOf(model, options, way)] : severalSettings(model, several, way);
  for (const word of wordsOf(model, options)) {
    const evidence = wordEvidence(model.document, word);
    if (evidence !== null) output.note(evidenceSentence(evidence));
  }
  const wanted = { sampleRateHz, preamp: !options['no-preamp'] };
  for (const [i, named] of settings.entries()) {
    const { text, sentence } = written(format, named, wanted);
    const path = paths[i];
    if (path === undefined) output.print(text);
    else await writeWhole(path, inputs, text);
    output.note(sentence);
  }
  if (format.caution !== undefined) {
    const { sentence, instead } = format.caution;
    output.note(`${sentence} Option '--format ${instead}' writes it.`);
  }
}

/** Where the presets go, none for standard output. @param count of several; null for one preset */
function pathsFor(out: string | undefined, count: number | null): string[] {
  if (out === undefined) return [];
  if (count === null) return [out];
  const ending = extname(out);
  const stem = out.slice(0, out.length - ending.length);
  return Array.from({ length: count }, (_, i) => `${stem}-${String(i + 1)}${ending}`);
}

function written(
  format: PresetFormat,
  named: NamedSetting,
  options: PresetOptions,
): { readonly text: string; readonly sentence: string } {
  const { text, deviationDb } = exportPreset(format, named, options);
  const name = named.name.replaceAll(/\s+/g, ' ');
  return {
    text,
    sentence: `${name} as ${format.key}: read back, it is at most ${deviationDb.toFixed(3)} dB from the model's curve (20 Hz to 20 kHz).`,
  };
}
