/**
 * Models out of links, whatever their format. The first carried the exact bytes of a model file, in
 * byte planes and deflated, some 800,000 characters; it is no longer made, and still opens.
 */
import { inflate } from '../base/deflate';
import { InputError } from '../base/input-error';
import type { Model } from '../model/model';
import { readModelFile } from '../model/model-file';
import { joinPlanes } from './byte-planes';
import { readCompact } from './compact/compact-model';
import { DAMAGED, readFrame } from './link-frame';

/** Longest model file a link may unpack to. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * The model that a link's fragment, without '#', carries.
 *
 * @throws InputError with a sentence of its own for a link that is damaged, cut short, too large,
 *   from a later version, or not one of ours
 */
export async function openLink(fragment: string): Promise<Model> {
  const { version, bytes } = await readFrame(fragment);
  return version === 1 ? readModelFile(await modelFileOf(bytes)) : await readCompact(bytes);
}

/**
 * The bytes of the model file in what a link of the first format carries.
 *
 * @throws InputError where they cannot be unpacked
 */
export async function modelFileOf(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const planes = await inflate(bytes, MAX_FILE_BYTES);
  // The check was right, so a link that is damaged nevertheless was made by no version of ours.
  if (planes === 'damaged') throw new InputError(DAMAGED);
  if (planes === 'too large') {
    throw new InputError('This link is too large: it unpacks to more than 64 MB.');
  }
  return joinPlanes(planes);
}
