import type { WavTarget } from '../../src/audio/render';

/** What is gathered before it is handed to the browser, which keeps blobs outside the worker. */
const PART_BYTES = 8 * 2 ** 20;

/** Gathers a WAV file in a Blob, of which the worker itself holds a few megabytes at most. */
export class BlobTarget implements WavTarget {
  readonly #parts: Blob[] = [];
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #bytes = 0;
  #header: Uint8Array<ArrayBuffer> = new Uint8Array();

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= PART_BYTES) this.#handOver();
  }

  begin(header: Uint8Array<ArrayBuffer>): void {
    this.#header = header;
  }

  blob(): Blob {
    this.#handOver();
    return new Blob([this.#header, ...this.#parts], { type: 'audio/wav' });
  }

  #handOver(): void {
    this.#parts.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#bytes = 0;
  }
}
