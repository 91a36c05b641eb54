/** Several settings of one word: proposals for it, or draws of what people mean by it. */
import type { ParseArgsConfig } from 'node:util';
import { InputError } from '../../src/base/input-error';
import type { NamedSetting } from '../../src/eq/named-setting';
import { strengthened, strengthName } from '../../src/explore/mixture';
import { offeredProposal, proposalsFor } from '../../src/explore/proposals';
import { drawWord } from '../../src/explore/word-draw';
import { MOST_PROPOSALS, type Model } from '../../src/model/model';
import { between, type Chosen, type Way } from './choose-setting';
import { needed, numberOr } from './options';

export const SEVERAL_HELP = `  --proposals NUMBER instead of one average, that many settings people may mean by the word (1 to ${String(MOST_PROPOSALS)})
  --sample NUMBER   instead of one average, that many draws of what another engineer means by the word:
                    of the word's density in the latent, as the model file has it, decoded
  --seed NUMBER     which draws; 1 by default
`;

/** For node:util's parseArgs. */
export const SEVERAL_OPTIONS = {
  proposals: { type: 'string' },
  sample: { type: 'string' },
  seed: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

interface SeveralOptions extends Chosen {
  readonly proposals?: string | undefined;
  readonly sample?: string | undefined;
  readonly seed?: string | undefined;
}

const MOST_DRAWS = 100;
const LARGEST_SEED = 2 ** 32 - 1;

/** Which settings, and how many, the options ask for; null where they ask for one. */
export interface Several {
  readonly of: 'proposals' | 'draws';
  readonly count: number;
  readonly word: string;
  readonly seed: number;
}

/** @throws InputError where the options cannot be used, or not together */
export function severalOf(options: SeveralOptions): Several | null {
  const { proposals, sample, seed } = options;
  if (seed !== undefined && sample === undefined) {
    throw new InputError("Option '--seed' goes with '--sample' only.");
  }
  if (proposals === undefined && sample === undefined) return null;
  if (proposals !== undefined && sample !== undefined) {
    throw new InputError("Give either '--proposals' or '--sample'; --help lists the options.");
  }
  const option = proposals === undefined ? '--sample' : '--proposals';
  if (options.kind !== undefined || options.mix !== undefined) {
    throw new InputError(`Option '${option}' goes with '--word' only.`);
  }
  const most = proposals === undefined ? MOST_DRAWS : MOST_PROPOSALS;
  return {
    of: proposals === undefined ? 'draws' : 'proposals',
    count: wholeNumber(option, proposals ?? sample, 1, most),
    word: needed('--word', options.word),
    seed: seed === undefined ? 1 : wholeNumber('--seed', seed, 0, LARGEST_SEED),
  };
}

/** @throws InputError where the model does not know the word, or not how people differ on it */
export function severalSettings(
  model: Model,
  { of, count, word, seed }: Several,
  { strength }: Way,
): NamedSetting[] {
  const settings =
    of === 'proposals'
      ? proposalsFor(model, word, count).map((proposal) => {
          const { name, setting } = offeredProposal(model, proposal);
          return { name: `${word}, ${name}`, setting };
        })
      : Array.from({ length: count }, (_, i) => drawWord(model, word, { seed, draw: i + 1 }));
  return settings.map(({ name, setting }) => ({
    name: strengthName(name, strength),
    setting: strengthened(setting, strength),
  }));
}

function wholeNumber(
  option: string,
  value: string | undefined,
  least: number,
  most: number,
): number {
  const number = between(numberOr(Number.NaN, option, value), option, least, most);
  if (Number.isInteger(number)) return number;
  throw new InputError(`Option '${option}' takes a whole number, not ${String(number)}.`);
}
