/** SHA-256 of some bytes, in lower-case hex (64 characters). */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  // The copy pins the bytes: the caller's may be shared memory, which digest does not take.
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
