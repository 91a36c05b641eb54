/** Links of the first format, as earlier versions made them. For tests only. */
import { deflate } from '../base/deflate';
import { InputError } from '../base/input-error';
import { splitPlanes } from '../share/byte-planes';
import { modelFileOf } from '../share/link';
import { frameLink, readFrame } from '../share/link-frame';

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** The fragment of a link that carries the model file's exact bytes. */
export async function encodeLink(modelFile: Uint8Array): Promise<string> {
  if (modelFile.length > MAX_FILE_BYTES) {
    throw new InputError(
      'This model is too large for a link: download the model file and send that instead.',
    );
  }
  return await frameLink(1, await deflate(splitPlanes(modelFile)));
}

/** The bytes again, however little of a model they may be. */
export async function decodeLink(fragment: string): Promise<Uint8Array<ArrayBuffer>> {
  return await modelFileOf((await readFrame(fragment)).bytes);
}
