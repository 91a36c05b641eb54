/**
 * Byte planes: the first bytes of all 4-byte values together, then all second bytes, and so on.
 *
 * Deflate finds next to nothing in a float32's three low bytes, but the high bytes (sign and most
 * of the exponent) of neighbouring weights resemble each other once they lie side by side.
 */
const VALUE_BYTES = 4;

/** The same bytes with those of the tensors in planes; length and header stay. */
export function splitPlanes(file: Uint8Array): Uint8Array<ArrayBuffer> {
  return movePlanes(file, true);
}

/** Undoes {@link splitPlanes}. */
export function joinPlanes(planes: Uint8Array): Uint8Array<ArrayBuffer> {
  return movePlanes(planes, false);
}

function movePlanes(from: Uint8Array, split: boolean): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(from);
  const start = dataStart(from);
  const values = Math.floor((from.length - start) / VALUE_BYTES);
  for (let plane = 0; plane < VALUE_BYTES; plane++) {
    for (let value = 0; value < values; value++) {
      const together = start + plane * values + value;
      const apart = start + value * VALUE_BYTES + plane;
      if (split) to[together] = from[apart] ?? 0;
      else to[apart] = from[together] ?? 0;
    }
  }
  return to;
}

/** Where the tensors begin in a safetensors file; in other bytes, a place that depends on them. */
function dataStart(file: Uint8Array): number {
  if (file.length < 8) return file.length;
  const headerLength = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  return Math.min(8 + Number(headerLength), file.length);
}
