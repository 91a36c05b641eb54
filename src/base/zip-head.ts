/** What a file's first bytes say of zips. */

/** What stands first in a zip: its first file's header, or of an empty one the end of its directory. */
const ZIP_HEADS = [0x0403_4b50, 0x0605_4b50];

/** Whether the bytes begin as a zip does, whatever the file is called. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  return ZIP_HEADS.includes(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true));
}
