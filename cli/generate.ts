/** `warmbright generate`: what a word, or a mixture of words, is to an equaliser, as a preset. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { placeWords, wantsPlaces } from '../src/analysis/place-words';
import { mix, mixtureName, STRENGTHS, type Mixture, type Part } from '../src/explore/mixture';
import { InputError } from '../src/input-error';
import type { Model } from '../src/model/model';
import { exportPreset } from '../src/presets/export-preset';
import { presetFormat } from '../src/presets/formats';
import { dataAsTrained } from '../src/training/as-chosen';
import { readData, readModel } from './files';
import { needed, numberOr, readOptions } from './options';

const HELP = `npm run cli -- generate --model FILE --word WORD --format FORMAT [--out FILE]

Writes the equaliser setting of a word, or of a mixture of words, as a preset.

  --model FILE      a model of ours, or the published Seed V2 weights (safetensors)
  --word WORD       one of the model's words
  --school NUMBER   one of the word's schools, counted from 1, instead of the word as a whole
  --mix WORDS       several words with weights, as in warm=0.7,bright=0.3, instead of --word
  --space SPACE     what is averaged: latent (default) or parameters
  --strength NUMBER from -1 (the inverse) to 2; 1 by default
  --format FORMAT   apo (Equalizer APO, AutoEq), rew (Room EQ Wizard), easyeffects, camilladsp,
                    camilladsp-five or json
  --rate HZ         sample rate at which preamp and deviation are worked out; 48000 by default
  --no-preamp       do not lower the level against clipping
  --out FILE        write there instead of to standard output
  --data FILE       the SAFE-DB file (CSV), for models that do not say where their words lie
  --skip-bad-rows   leave out rows of it that cannot be used, instead of stopping at the first
`;

/** Below it, some of the plug-in's frequencies are no longer under half the rate. */
const LOWEST_RATE_HZ = 40_000;
const HIGHEST_RATE_HZ = 768_000;

/** Runs the command; the preset goes to a file or standard output, a word on it to standard error. */
export async function generate(args: readonly string[]): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    (args) =>
      parseArgs({
        args: joinedNumbers(args),
        options: {
          model: { type: 'string' },
          word: { type: 'string' },
          school: { type: 'string' },
          mix: { type: 'string' },
          space: { type: 'string', default: 'latent' },
          strength: { type: 'string' },
          format: { type: 'string' },
          rate: { type: 'string' },
          'no-preamp': { type: 'boolean', default: false },
          out: { type: 'string' },
          data: { type: 'string' },
          'skip-bad-rows': { type: 'boolean', default: false },
        },
      }).values,
  );
  if (options === null) return;
  const modelPath = needed('--model', options.model);
  const format = presetFormat(needed('--format', options.format));
  const { space } = options;
  if (space !== 'latent' && space !== 'parameters') {
    throw new InputError(`Option '--space' takes latent or parameters, not "${space}".`);
  }
  const strength = between(
    numberOr(1, '--strength', options.strength),
    '--strength',
    STRENGTHS.min,
    STRENGTHS.max,
  );
  const sampleRateHz = between(
    numberOr(48_000, '--rate', options.rate),
    '--rate',
    LOWEST_RATE_HZ + 1,
    HIGHEST_RATE_HZ,
  );
  const read = await readModel(modelPath);
  const model = await placed(read, options.data, options['skip-bad-rows']);
  const parts = partsOf(model, options);
  const mixture: Mixture = { parts, space, strength };
  const named = { name: mixtureName(mixture), setting: mix(model, mixture).setting };
  const preset = exportPreset(format, named, { sampleRateHz, preamp: !options['no-preamp'] });
  if (options.out === undefined) process.stdout.write(preset.text);
  else save(options.out, preset.text);
  const name = named.name.replaceAll(/\s+/g, ' ');
  console.error(
    `${name} as ${format.key}: read back, it is at most ${preset.deviationDb.toFixed(3)} dB from the model's curve (20 Hz to 20 kHz).`,
  );
}

/** Node takes "--strength -0.5" for two options; "--strength=-0.5" is one. */
function joinedNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (joined.at(-1) === '--strength' && /^-[\d.]/.test(arg))
      joined.push(`${joined.pop() ?? ''}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/** @throws InputError where the option's number is not from low to high */
function between(value: number, option: string, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  throw new InputError(
    `Option '${option}' takes a number from ${String(low)} to ${String(high)}, not ${String(value)}.`,
  );
}

/** The model with places for its words, from the data where its file has none. */
async function placed(
  model: Model,
  dataPath: string | undefined,
  skipBadRows: boolean,
): Promise<Model> {
  if (!wantsPlaces(model)) return model;
  if (dataPath === undefined) {
    throw new InputError(
      "The model does not say where its words lie; give the file it was trained on with '--data'.",
    );
  }
  const data = await readData(dataPath, skipBadRows);
  return placeWords(model, dataAsTrained(model.document, data));
}

interface Chosen {
  readonly word?: string | undefined;
  readonly school?: string | undefined;
  readonly mix?: string | undefined;
}

/** @throws InputError where a word, a weight or a school is wrong, or both or neither way is used */
function partsOf({ document }: Model, { word, school, mix }: Chosen): readonly Part[] {
  if ((word === undefined) === (mix === undefined)) {
    throw new InputError("Give either '--word' or '--mix'; --help lists the options.");
  }
  if (mix !== undefined) {
    if (school !== undefined) throw new InputError("Option '--school' goes with '--word' only.");
    return mix.split(',').map((part) => mixedPart(part.trim()));
  }
  const own = document.words.find((known) => known.word === word);
  const schools = own?.schools ?? [];
  if (school === undefined) return [{ word: word ?? '', school: null, weight: 1 }];
  const chosen = schools[numberOr(1, '--school', school) - 1];
  if (chosen === undefined) {
    const count = String(schools.length);
    throw new InputError(
      schools.length === 0
        ? `The model has no schools of "${word ?? ''}".`
        : `Option '--school' takes 1 to ${count}, the schools of "${word ?? ''}", not "${school}".`,
    );
  }
  return [{ word: word ?? '', school: chosen.name, weight: 1 }];
}

function mixedPart(part: string): Part {
  const at = part.lastIndexOf('=');
  if (at < 1) {
    throw new InputError(`Option '--mix' takes words with weights, as in warm=0.7, not "${part}".`);
  }
  return {
    word: part.slice(0, at).trim(),
    school: null,
    weight: numberOr(Number.NaN, '--mix', part.slice(at + 1)),
  };
}

function save(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InputError(`${path}: The file cannot be written.`, { cause: error });
  }
}
