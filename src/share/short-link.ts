/**
 * Short links: `s=<id>` behind the # of the page's address, for a model that a share server keeps.
 *
 * The id is the beginning of the SHA-256 of the model file, 128 bits in base64url (22 characters), so
 * the same file has the same id everywhere, and whoever gets a file can see whether it is the one.
 */
import * as v from 'valibot';
import { InputError } from '../base/input-error';
import { sha256 } from '../base/sha256';
import { toBase64url } from './base64url';

const ID_BYTES = 16;
const ID_CHARACTERS = 22;
const PREFIX = 's=';

/** Largest model file that a share server takes: 2 MB. */
export const MOST_SHARED_BYTES = 2 * 1024 * 1024;

/** The last character has two bits of the 128, so it is one of four. */
export const modelIdSchema = v.pipe(
  v.string(),
  v.regex(/^[\w-]{21}[AQgw]$/, `must be ${String(ID_CHARACTERS)} characters of base64url`),
);

/** The id under which a share server keeps these bytes. */
export async function modelIdOf(bytes: Uint8Array): Promise<string> {
  return toBase64url((await sha256(bytes)).subarray(0, ID_BYTES));
}

/** The fragment, without '#', of a link to the model with that id. */
export function encodeShortLink(id: string): string {
  return PREFIX + id;
}

/**
 * The id of the model that a fragment, without '#', leads to.
 *
 * @throws InputError with a sentence of its own for a link that was cut short or changed
 */
export function decodeShortLink(fragment: string): string {
  const id = fragment.startsWith(PREFIX) ? fragment.slice(PREFIX.length) : null;
  if (id === null) throw new InputError('This is not a short link to a model.');
  if (/^[\w-]*$/.test(id) && id.length < ID_CHARACTERS) {
    throw new InputError('This short link was cut short on the way; ask for it again.');
  }
  if (!v.is(modelIdSchema, id)) {
    throw new InputError(
      'This short link is damaged: some of its characters were changed on the way.',
    );
  }
  return id;
}
