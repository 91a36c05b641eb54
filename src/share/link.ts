/**
 * Links that carry a model in their fragment.
 *
 * `warmbright1.<length>.<check>.<payload>`: the format's version, the payload's length in
 * characters, the first 16 hex digits of the payload's SHA-256, and the payload: the model file's
 * bytes in byte planes, deflated, in base64url. Length and check tell a link that was cut short
 * from one that was changed, before anything of it is unpacked.
 */
import { deflate, inflate } from '../base/deflate';
import { sha256Hex } from '../base/sha256';
import { InputError } from '../base/input-error';
import { fromBase64url, toBase64url } from './base64url';
import { joinPlanes, splitPlanes } from './byte-planes';

const NAME = 'warmbright';
const VERSION = 1;
const CHECK_DIGITS = 16;

/** Chromium takes addresses of 2 MiB; this leaves room for the part before the fragment. */
const MAX_CHARACTERS = 2_000_000;

/** Longest model file a link may unpack to. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

const DAMAGED = 'This link is damaged: some of its characters were changed on the way.';
const CUT_SHORT =
  'This link was cut short on the way; ask for it as a file, or in a message that keeps long links whole.';
/** What is left of a link that ends within the part before its payload. */
const BEGINNING = new RegExp(`^${NAME}\\d+(\\.(\\d+(\\.[0-9a-f]{0,${String(CHECK_DIGITS)}})?)?)?$`);

/**
 * The fragment, without '#', of a link that carries the model file's exact bytes.
 *
 * @throws InputError when the model is too large for a link
 */
export async function encodeLink(modelFile: Uint8Array): Promise<string> {
  if (modelFile.length > MAX_FILE_BYTES) {
    throw new InputError(
      'This model is too large for a link: download the model file and send that instead.',
    );
  }
  const payload = toBase64url(await deflate(splitPlanes(modelFile)));
  const check = await checkOf(payload);
  const fragment = [`${NAME}${String(VERSION)}`, String(payload.length), check, payload].join('.');
  if (fragment.length > MAX_CHARACTERS) {
    throw new InputError(
      `This model is too large for a link (${thousands(fragment.length)} characters; browsers take ${thousands(MAX_CHARACTERS)}): download the model file and send that instead.`,
    );
  }
  return fragment;
}

/**
 * The bytes of the model file that a link's fragment, without '#', carries.
 *
 * @throws InputError with a sentence of its own for a link that is damaged, cut short, too large,
 *   from a later version, or not one of ours
 */
export async function decodeLink(fragment: string): Promise<Uint8Array<ArrayBuffer>> {
  if (fragment.length > MAX_CHARACTERS) {
    throw new InputError(
      `This link is too large (${thousands(fragment.length)} characters; at most ${thousands(MAX_CHARACTERS)} can be opened).`,
    );
  }
  const bytes = fromBase64url(await payloadOf(fragment));
  if (bytes === null) throw new InputError(DAMAGED);
  const planes = await inflate(bytes, MAX_FILE_BYTES);
  // The check was right, so a link that is damaged nevertheless was made by no version of ours.
  if (planes === 'damaged') throw new InputError(DAMAGED);
  if (planes === 'too large') {
    throw new InputError('This link is too large: it unpacks to more than 64 MB.');
  }
  return joinPlanes(planes);
}

/** The payload, once version, length and check are known to be right. */
async function payloadOf(fragment: string): Promise<string> {
  if (fragment !== '' && NAME.startsWith(fragment)) throw new InputError(CUT_SHORT);
  const [title = '', length = '', check, payload, ...more] = fragment.split('.');
  const version = new RegExp(`^${NAME}(\\d+)$`).exec(title)?.[1];
  if (version === undefined || Number(version) === 0) {
    throw new InputError('This is not a Warmbright link.');
  }
  if (Number(version) > VERSION) {
    throw new InputError(
      `This link was made by a later version of Warmbright (format ${version}; this page reads ${String(VERSION)}).`,
    );
  }
  if (BEGINNING.test(fragment)) throw new InputError(CUT_SHORT);
  if (payload === undefined || more.length > 0 || !/^[1-9]\d*$/.test(length)) {
    throw new InputError(DAMAGED);
  }
  if (payload.length < Number(length)) throw new InputError(CUT_SHORT);
  if (payload.length > Number(length) || check !== (await checkOf(payload))) {
    throw new InputError(DAMAGED);
  }
  return payload;
}

async function checkOf(payload: string): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(payload))).slice(0, CHECK_DIGITS);
}

function thousands(count: number): string {
  return count.toLocaleString('en');
}
