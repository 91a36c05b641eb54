/** How large a PNG is printed, which browsers leave out of those they make. */
import { crc32 } from '../base/crc32';

/** Signature and IHDR chunk, which comes first; what is added goes behind. */
const HEAD_BYTES = 33;
const METRES_PER_INCH = 0.0254;

/**
 * The picture with its dots per inch written into it, so that a printed page gives it the size it
 * was made for. Source: PNG specification, third edition, 11.3.4.3 (pHYs) and 5.3 (chunks).
 *
 * @param png a PNG that does not have the chunk
 */
export function withDensity(png: Uint8Array, dotsPerInch: number): Uint8Array<ArrayBuffer> {
  const dotsPerMetre = Math.round(dotsPerInch / METRES_PER_INCH);
  const chunk = new Uint8Array(21);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode('pHYs'), 4);
  view.setUint32(8, dotsPerMetre);
  view.setUint32(12, dotsPerMetre);
  // The unit is the metre.
  chunk[16] = 1;
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  const dense = new Uint8Array(png.length + chunk.length);
  dense.set(png.subarray(0, HEAD_BYTES));
  dense.set(chunk, HEAD_BYTES);
  dense.set(png.subarray(HEAD_BYTES), HEAD_BYTES + chunk.length);
  return dense;
}
