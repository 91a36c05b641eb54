/**
 * What all links to models have around what they carry:
 * `warmbright<version>.<length>.<check>.<payload>`, that is the format's version, the payload's length
 * in characters, the first 16 hex digits of the payload's SHA-256, and the payload in base64url. Length
 * and check tell a link that was cut short from one that was changed, before anything of it is unpacked.
 */
import { thousands } from '../base/number-text';
import { InputError } from '../base/input-error';
import { sha256Hex } from '../base/sha256';
import { fromBase64url, toBase64url } from './base64url';

const NAME = 'warmbright';
const VERSIONS = [1, 2] as const;
export type LinkVersion = (typeof VERSIONS)[number];
const NEWEST = Math.max(...VERSIONS);
const CHECK_DIGITS = 16;
/** Chromium takes addresses of 2 MiB; this leaves room for the part before the fragment. */
const MAX_CHARACTERS = 2_000_000;

export const DAMAGED = 'This link is damaged: some of its characters were changed on the way.';
const CUT_SHORT =
  'This link was cut short on the way; ask for it as a file, or in a message that keeps long links whole.';

/** What is left of a link that ends within the part before its payload. */
const BEGINNING = new RegExp(`^${NAME}\\d+(\\.(\\d+(\\.[0-9a-f]{0,${String(CHECK_DIGITS)}})?)?)?$`);

/**
 * The fragment, without '#', of a link that carries the bytes.
 *
 * @throws InputError when it would be longer than browsers take
 */
export async function frameLink(version: LinkVersion, bytes: Uint8Array): Promise<string> {
  const payload = toBase64url(bytes);
  const check = await checkOf(payload);
  const fragment = [`${NAME}${String(version)}`, String(payload.length), check, payload].join('.');
  if (fragment.length > MAX_CHARACTERS) {
    throw new InputError(
      `This model is too large for a link (${thousands(fragment.length)} characters; browsers take ${thousands(MAX_CHARACTERS)}): download the model file and send that instead.`,
    );
  }
  return fragment;
}

/**
 * What a link's fragment, without '#', carries, once its length and check are known to be right.
 *
 * @throws InputError with a sentence of its own for a link that is damaged, cut short, too large,
 *   from a later version, or not one of ours
 */
export async function readFrame(
  fragment: string,
): Promise<{ version: LinkVersion; bytes: Uint8Array<ArrayBuffer> }> {
  if (fragment.length > MAX_CHARACTERS) {
    throw new InputError(
      `This link is too large (${thousands(fragment.length)} characters; at most ${thousands(MAX_CHARACTERS)} can be opened).`,
    );
  }
  if (fragment !== '' && NAME.startsWith(fragment)) throw new InputError(CUT_SHORT);
  const [title = '', length = '', check, payload, ...more] = fragment.split('.');
  const version = versionOf(title);
  if (BEGINNING.test(fragment)) throw new InputError(CUT_SHORT);
  if (payload === undefined || more.length > 0 || !/^[1-9]\d*$/.test(length)) {
    throw new InputError(DAMAGED);
  }
  if (payload.length < Number(length)) throw new InputError(CUT_SHORT);
  if (payload.length > Number(length) || check !== (await checkOf(payload))) {
    throw new InputError(DAMAGED);
  }
  const bytes = fromBase64url(payload);
  if (bytes === null) throw new InputError(DAMAGED);
  return { version, bytes };
}

function versionOf(title: string): LinkVersion {
  const number = new RegExp(`^${NAME}(\\d+)$`).exec(title)?.[1];
  if (number === undefined || Number(number) === 0) {
    throw new InputError('This is not a Warmbright link.');
  }
  const version = VERSIONS.find((one) => String(one) === number);
  if (version === undefined && Number(number) > NEWEST) {
    throw new InputError(
      `This link was made by a later version of Warmbright (format ${number}; this page reads ${VERSIONS.join(' and ')}).`,
    );
  }
  if (version === undefined) throw new InputError(DAMAGED);
  return version;
}

async function checkOf(payload: string): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(payload))).slice(0, CHECK_DIGITS);
}
