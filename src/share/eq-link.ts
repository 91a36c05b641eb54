/**
 * Links that carry one setting and its name in their fragment: short enough for any message.
 *
 * `warmbright-eq1.<numbers>.<name>`: the format's version; the 13 parameters as 16 bits each, gains
 * along their range and the rest along its logarithm, and a 16-bit checksum (Fletcher's, of J. G.
 * Fletcher, "An arithmetic checksum for serial transmissions", IEEE Trans. Comm. 30, 1982), in
 * base64url; and the name, percent-encoded.
 */
import { InputError } from '../base/input-error';
import { EQ_PARAMETERS, valueAt, type EqParameter } from '../eq/parameters';
import type { NamedSetting } from '../eq/named-setting';
import { fromBase64url, toBase64url } from './base64url';

const NAME = 'warmbright-eq';
const VERSION = 1;
const STEPS = 2 ** 16 - 1;
const BYTES = 2 * EQ_PARAMETERS.length + 2;
/** Of the encoded name. */
const MOST_NAME_CHARACTERS = 90;
const UNNAMED = 'linked EQ';

const DAMAGED = 'This link to an EQ is damaged: some of its characters were changed on the way.';
const CUT_SHORT = 'This link to an EQ was cut short on the way: ask for it again.';

/** The fragment, without '#', of a link to the setting; its numbers are kept to 16 bits each. */
export function encodeEqLink({ name, setting }: NamedSetting): string {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  EQ_PARAMETERS.forEach((parameter, i) => {
    view.setUint16(2 * i, Math.round(STEPS * shareOf(setting[i] ?? parameter.initial, parameter)));
  });
  view.setUint16(BYTES - 2, checksum(bytes.subarray(0, BYTES - 2)));
  return `${NAME}${String(VERSION)}.${toBase64url(bytes)}.${encodedName(name)}`;
}

/**
 * The setting that a link's fragment, without '#', carries, every number within its bounds.
 *
 * @throws InputError with a sentence of its own for one that is damaged, cut short or from a later
 *   version
 */
export function decodeEqLink(fragment: string): NamedSetting {
  const [, version, numbers = '', name] =
    /^warmbright-eq(\d{1,6})\.([\w-]*)(?:\.(.{0,400}))?$/s.exec(fragment) ?? [];
  if (version === undefined) throw new InputError(DAMAGED);
  if (Number(version) > VERSION) {
    throw new InputError('This link to an EQ was made by a later version of Warmbright.');
  }
  if (name === undefined || numbers.length < Math.ceil((4 * BYTES) / 3)) {
    throw new InputError(CUT_SHORT);
  }
  const bytes = fromBase64url(numbers);
  if (bytes?.length !== BYTES) throw new InputError(DAMAGED);
  const view = new DataView(bytes.buffer);
  if (view.getUint16(BYTES - 2) !== checksum(bytes.subarray(0, BYTES - 2))) {
    throw new InputError(DAMAGED);
  }
  return {
    name: decodedName(name),
    setting: EQ_PARAMETERS.map((parameter, i) => valueAt(view.getUint16(2 * i) / STEPS, parameter)),
  };
}

/** Where a value stands from the parameter's least to its most, 0 to 1. */
function shareOf(value: number, { kind, min, max }: EqParameter): number {
  const held = Math.max(min, Math.min(max, value));
  return kind === 'gain' ? (held - min) / (max - min) : Math.log(held / min) / Math.log(max / min);
}

function checksum(bytes: Uint8Array): number {
  let first = 0;
  let second = 0;
  for (const byte of bytes) {
    first = (first + byte) % 255;
    second = (second + first) % 255;
  }
  return 256 * second + first;
}

/** As many of its characters as there is room for. */
function encodedName(name: string): string {
  let encoded = '';
  for (const character of name.replaceAll(/\p{Surrogate}/gu, '\ufffd').replaceAll(/\s+/g, ' ')) {
    const next = encoded + encodeURIComponent(character);
    if (next.length > MOST_NAME_CHARACTERS) break;
    encoded = next;
  }
  return encoded;
}

/** A name that was spoilt on the way is no reason to lose the setting. */
function decodedName(encoded: string): string {
  try {
    const name = decodeURIComponent(encoded)
      .replaceAll(/[\p{Cc}\u2028\u2029]/gu, '')
      .trim();
    return name === '' ? UNNAMED : name;
  } catch {
    return UNNAMED;
  }
}
