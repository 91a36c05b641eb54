/** Model files that are taken, and what previews say of them. */
import { InputError } from '../src/base/input-error';
import type { Model } from '../src/model/model';
import { modelFromTensors } from '../src/model/model-file';
import { readSafetensors } from '../src/model/safetensors';

/**
 * Of the safetensors header, which describes the model: some 2 KB a word. Two megabytes of nothing but
 * brackets would take a second to refuse, and nobody is answered meanwhile.
 */
const MOST_HEADER_BYTES = 512 * 1024;

const MOST_WORDS_NAMED = 6;
const MOST_CHARACTERS = 120;

/**
 * The model in a file that may be shared: whole, every tensor of the shape that its description
 * asks for, and every number finite.
 *
 * @throws InputError naming what is wrong; also for a checkpoint, whose optimiser's memory nobody
 *   needs to open the model, and whose tensors are not checked here
 */
export function readSharedModel(bytes: Uint8Array): Model {
  refuseLongHeader(bytes);
  const file = readSafetensors(bytes);
  const model = modelFromTensors(file);
  const checkpoint = [...file.tensors.keys()].some((name) => /^(optimiser|progress)\./.test(name));
  if (checkpoint) {
    throw new InputError(
      'This file is a checkpoint, with the optimiser’s memory: save the model alone and share that.',
    );
  }
  return model;
}

function refuseLongHeader(bytes: Uint8Array): void {
  // The reader says what is wrong with a file that has no header.
  if (bytes.length < 8) return;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length <= MOST_HEADER_BYTES || length > bytes.length) return;
  throw new InputError(
    `The description of this model is too long to be shared (${String(length)} bytes; at most ${String(MOST_HEADER_BYTES)} are taken): send the model file itself.`,
  );
}

/** The model's name, or else its words: plain text, for a title. */
export function titleOf({ document }: Model): string {
  const name = document.run?.name ?? '';
  return oneLine(name === '' ? wordsOf(document.words) : name);
}

/** What the model is, in a sentence of plain text. */
export function descriptionOf({ document }: Model): string {
  return `A model of what ${oneLine(wordsOf(document.words))} mean to an equaliser: hear it, and take the setting along.`;
}

function wordsOf(words: Model['document']['words']): string {
  const named = words.slice(0, MOST_WORDS_NAMED).map(({ word }) => word);
  const more = words.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${String(more)} more words` : named.join(', ');
}

/** Without what would break the line or turn the direction of what stands after it. */
function oneLine(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]+/gu, ' ').trim();
  const characters = Array.from(new Intl.Segmenter().segment(plain), ({ segment }) => segment);
  if (characters.length <= MOST_CHARACTERS) return plain;
  return `${characters.slice(0, MOST_CHARACTERS).join('')}…`;
}
