/** The setting that the options name: a word's, a mixture's or a preset's. */
import { readFileSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { placeWords, wantsPlaces } from '../../src/analysis/place-words';
import type { NamedSetting } from '../../src/eq/named-setting';
import { mix } from '../../src/explore/mix';
import { mixtureName, STRENGTHS, type Mixture, type Part } from '../../src/explore/mixture';
import { InputError } from '../../src/base/input-error';
import type { Model } from '../../src/model/model';
import { unpackModel } from '../../src/ready/packed-model';
import { dataAsTrained } from '../../src/training/rows/as-chosen';
import { DATA_HELP, DATA_OPTIONS, type DataOptions } from './data-options';
import { readData, readModel } from './files';
import { numberOr } from './options';
import type { Output } from '../output';

export const SETTING_HELP = `  --model FILE      a model of ours, or the published Seed V2 weights (safetensors); without it the
                    ready-made one, trained on SAFE-DB
  --word WORD       one of the model's words
  --kind NUMBER     one of the word's kinds, counted from 1, instead of the word as a whole
  --mix WORDS       several words with weights, as in warm=0.7,bright=0.3, instead of --word
  --space SPACE     what is averaged: latent (default) or parameters
  --strength NUMBER from -1 (the inverse) to 2; 1 by default
  --data FILE       the SAFE-DB file (CSV), for models that do not say where their words lie
${DATA_HELP}`;

/** For node:util's parseArgs. */
export const SETTING_OPTIONS = {
  model: { type: 'string' },
  word: { type: 'string' },
  kind: { type: 'string' },
  mix: { type: 'string' },
  space: { type: 'string', default: 'latent' },
  strength: { type: 'string' },
  data: { type: 'string' },
  ...DATA_OPTIONS,
} as const satisfies ParseArgsConfig['options'];

/** What parseArgs makes of {@link SETTING_OPTIONS}. */
interface SettingOptions extends Chosen, DataOptions {
  readonly model?: string | undefined;
  readonly space: string;
  readonly strength?: string | undefined;
  readonly data?: string | undefined;
}

/** @throws InputError where an option cannot be used, or a file that one names */
export async function chooseSetting(
  options: SettingOptions,
  output: Output,
): Promise<NamedSetting> {
  const way = wayOf(options);
  return settingOf(await chosenModel(options, output), options, way);
}

/** That comes with the project. */
const READY_MADE = new URL('../../public/models/warmbright/model.bin', import.meta.url);

/** The model that the options name, with places for its words; the ready-made one where they name none. */
export async function chosenModel(options: SettingOptions, output: Output): Promise<Model> {
  if (options.model === undefined) return unpackModel(readFileSync(READY_MADE));
  return placed(await readModel(options.model), options, output);
}

/** How words are mixed, and how strong. */
export type Way = Pick<Mixture, 'space' | 'strength'>;

/** @throws InputError where `--space` or `--strength` cannot be used */
export function wayOf({ space, strength }: Pick<SettingOptions, 'space' | 'strength'>): Way {
  if (space !== 'latent' && space !== 'parameters') {
    throw new InputError(`Option '--space' takes latent or parameters, not "${space}".`);
  }
  const number = numberOr(1, '--strength', strength);
  return { space, strength: between(number, '--strength', STRENGTHS.min, STRENGTHS.max) };
}

/** @throws InputError where a word, a weight or a kind is wrong, or both or neither way is used */
export function settingOf(model: Model, options: Chosen, way: Way): NamedSetting {
  const mixture: Mixture = { parts: partsOf(model, options), ...way };
  return { name: mixtureName(mixture), setting: mix(model, mixture).setting };
}

/** The words that the options name. */
export function wordsOf(model: Model, options: Chosen): string[] {
  return partsOf(model, options).map(({ word }) => word);
}

/** Node takes "--strength -0.5" for two options; "--strength=-0.5" is one. */
export function joinedNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    if (joined.at(-1) === '--strength' && /^-[\d.]/.test(arg))
      joined.push(`${joined.pop() ?? ''}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/** @throws InputError where the option's number is not from low to high */
export function between(value: number, option: string, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  throw new InputError(
    `Option '${option}' takes a number from ${String(low)} to ${String(high)}, not ${String(value)}.`,
  );
}

/** The model with places for its words, from the data where its file has none. */
async function placed(model: Model, options: SettingOptions, output: Output): Promise<Model> {
  if (!wantsPlaces(model)) return model;
  if (options.data === undefined) {
    throw new InputError(
      "The model does not say where its words lie; give the file it was trained on with '--data'.",
    );
  }
  const data = await readData(options.data, options, output);
  return placeWords(model, dataAsTrained(model.document, data));
}

export interface Chosen {
  readonly word?: string | undefined;
  readonly kind?: string | undefined;
  readonly mix?: string | undefined;
}

/** @throws InputError where a word, a weight or a kind is wrong, or both or neither way is used */
function partsOf({ document }: Model, { word, kind, mix }: Chosen): readonly Part[] {
  if ((word === undefined) === (mix === undefined)) {
    throw new InputError("Give either '--word' or '--mix'; --help lists the options.");
  }
  if (mix !== undefined) {
    if (kind !== undefined) throw new InputError("Option '--kind' goes with '--word' only.");
    return mix.split(',').map((part) => mixedPart(part.trim()));
  }
  const own = document.words.find((known) => known.word === word);
  const schools = own?.schools ?? [];
  if (kind === undefined) return [{ word: word ?? '', cluster: null, weight: 1 }];
  const chosen = schools[numberOr(1, '--kind', kind) - 1];
  if (chosen === undefined) {
    const count = String(schools.length);
    throw new InputError(
      schools.length === 0
        ? `The model has no kinds of "${word ?? ''}".`
        : `Option '--kind' takes 1 to ${count}, the kinds of "${word ?? ''}", not "${kind}".`,
    );
  }
  return [{ word: word ?? '', cluster: chosen.name, weight: 1 }];
}

function mixedPart(part: string): Part {
  const at = part.lastIndexOf('=');
  if (at < 1) {
    throw new InputError(`Option '--mix' takes words with weights, as in warm=0.7, not "${part}".`);
  }
  return {
    word: part.slice(0, at).trim(),
    cluster: null,
    weight: numberOr(Number.NaN, '--mix', part.slice(at + 1)),
  };
}
