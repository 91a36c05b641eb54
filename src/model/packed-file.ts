/** Safetensors files deflated: the form of what must be small, such as ready-made models and timelines. */
import { deflate, inflate } from '../base/deflate';
import { InputError } from '../base/input-error';
import { readSafetensors, writeSafetensors, type TensorFile } from './safetensors';

/** Far above any that is made: a few hundred kilobytes are. */
const MOST_BYTES = 16 * 1024 * 1024;

/** @throws InputError as {@link writeSafetensors} does */
export function packFile(file: TensorFile): Promise<Uint8Array<ArrayBuffer>> {
  return deflate(writeSafetensors(file));
}

/**
 * @param what the beginning of the sentence that says why the file cannot be used
 * @throws InputError where the bytes are not deflated, inflate to too many, or are no safetensors
 */
export async function unpackFile(bytes: Uint8Array, what: string): Promise<TensorFile> {
  const file = await inflate(bytes, MOST_BYTES);
  if (file === 'damaged') throw new InputError(`${what} cannot be used: it is damaged.`);
  if (file === 'too large') {
    throw new InputError(`${what} cannot be used: it unpacks to more than 16 MB.`);
  }
  return readSafetensors(file);
}
