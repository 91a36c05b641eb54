/** Bytes made smaller by deflate (RFC 1951) and whole again, by the platform. */

/**
 * Bytes given to the decompressor at a time: deflate makes at most about 1,000 of each, and every turn
 * of the streams costs the page's thread.
 */
const FEED_BYTES = 16_384;

/** Why bytes cannot be inflated. */
type InflateFault = 'damaged' | 'too large';

/** The bytes deflated; their number must be known to fit in memory. */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const deflated = feed(bytes).pipeThrough(new CompressionStream('deflate-raw'));
  return (await collect(deflated, Infinity)) ?? new Uint8Array();
}

/**
 * What was deflated, or why it cannot be had.
 *
 * @param most bytes to inflate to; no more than that are ever held
 */
export async function inflate(
  bytes: Uint8Array,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | InflateFault> {
  try {
    const inflated = feed(bytes).pipeThrough(new DecompressionStream('deflate-raw'));
    return (await collect(inflated, most)) ?? 'too large';
  } catch {
    return 'damaged';
  }
}

/** The bytes in small pieces, as the reader asks for them. */
function feed(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      // A copy, since the bytes may be shared memory, which streams do not take.
      if (at < bytes.length) {
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + FEED_BYTES)));
      } else {
        controller.close();
      }
      at += FEED_BYTES;
    },
  });
}

/** All bytes of a stream; null as soon as there are more than `most`. */
async function collect(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > most) {
      await reader.cancel();
      return null;
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
