/** Texts of people as parts of files' names. */

/** Whatever is no letter, accent or digit of some script. */
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * A text as a part of a file's name: a hyphen in the place of each run of characters that it leaves
 * out, and none at its ends, nor a dot there, which would hide the file.
 *
 * @param leftOut global
 * @param longest characters at the most
 * @returns empty where nothing of the text is left
 */
export function fileSlug(text: string, leftOut = BETWEEN_WORDS, longest = 60): string {
  const whole = trimmed(text.replaceAll(leftOut, '-').normalize('NFC'));
  return trimmed(Array.from(whole).slice(0, longest).join(''));
}

function trimmed(slug: string): string {
  return slug.replaceAll(/^[-.]+|[-.]+$/g, '');
}
