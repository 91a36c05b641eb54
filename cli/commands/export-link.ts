/** Links by `warmbright export --format link`: to a model, or to what one of its words does. */
import { encodeEqLink } from '../../src/share/eq-link';
import { modelLink, type ModelLink } from '../../src/model-link/model-link';
import type { Model } from '../../src/model/model';
import { rowsFor } from '../../src/ready/known-rows';
import { InputError } from '../../src/base/input-error';
import { settingOf } from '../options/choose-setting';
import type { DataOptions } from '../options/data-options';
import { naming, readData } from '../options/files';
import { numberOr } from '../options/options';
import type { Output } from '../output';

/** As the command line gives them. */
export interface LinkOptions extends DataOptions {
  readonly bits?: string | undefined;
  readonly eq?: string | undefined;
  readonly page?: string | undefined;
  readonly data?: string | undefined;
}

/** Prints the link, and says beside it what it costs. */
export async function exportLink(
  { path, model }: { readonly path: string; readonly model: Model },
  options: LinkOptions,
  output: Output,
): Promise<void> {
  const before = `${options.page ?? ''}#`;
  if (options.eq !== undefined) {
    const way = { space: 'latent', strength: 1 } as const;
    output.print(`${before}${encodeEqLink(settingOf(model, { word: options.eq }, way))}\n`);
    return;
  }
  const bits = bitsOf(options.bits);
  const { data } = options;
  const known = await rowsFor(
    model,
    data === undefined ? null : await readData(data, options, output),
  );
  const link = await naming(path, () =>
    modelLink(model, { ...known, ...(bits !== undefined && { bits }) }),
  );
  output.print(`${before}${link.fragment}\n`);
  output.note(costOf(link));
}

function bitsOf(bits: string | undefined): number | undefined {
  return bits === undefined ? undefined : numberOr(0, '--bits', bits);
}

function costOf({ fragment, bitsPerWeight, cost, measured, measuredOn, words }: ModelLink): string {
  const { before, after } = cost.responseErrorDb;
  const moves = words === 0 ? '' : ` and words move by at most ${cost.wordCurvesDb.toFixed(3)} dB`;
  return (
    `${fragment.length.toLocaleString('en')} characters, ${bitsPerWeight.toFixed(1)} bits a weight: on ` +
    `${String(measured)} ${measuredOn} the response error goes from ${before.toFixed(3)} to ` +
    `${after.toFixed(3)} dB${moves}.`
  );
}

/** @throws InputError where options that only a link takes are given for another format */
export function refuseLinkOptions(options: LinkOptions, format: string): void {
  for (const name of ['bits', 'eq', 'page', 'data'] as const) {
    if (options[name] === undefined || (name === 'data' && format === 'study')) continue;
    throw new InputError(`Option '--${name}' belongs to '--format link', not to ${format}.`);
  }
}
