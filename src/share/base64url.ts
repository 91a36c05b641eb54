/** Base64 for URLs (RFC 4648, section 5), without padding. */

/** Divisible by 3, so that chunks can be joined, and small enough to spread as arguments. */
const CHUNK = 3 * 2 ** 12;

export function toBase64url(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    chunks.push(btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK))));
  }
  return chunks.join('').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @returns the bytes, or null when the text is not base64url */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
