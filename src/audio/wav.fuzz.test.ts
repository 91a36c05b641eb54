import { describe, expect } from 'vitest';
import { damaged, fuzz } from '../testing/fuzz';
import { blobBytes, openWav } from './wav-reader';
import { WAV_FORMATS, WavEncoder, wavHeader } from './wav-writer';

/** A file each of every format, with one channel, two, and six at unusual speakers. */
const files = WAV_FORMATS.flatMap((format) =>
  [{ channels: 1 }, { channels: 2 }, { channels: 6, speakers: 0x60f }].map((form) => {
    const shape = { format, sampleRateHz: 8000, ...form };
    const samples = Array.from({ length: form.channels }, (_, channel) =>
      Float32Array.from({ length: 21 }, (__, i) => Math.sin(i * (channel + 1))),
    );
    const encoder = new WavEncoder(shape);
    const data = [encoder.encode(samples), encoder.end()];
    return new Uint8Array(Buffer.concat([wavHeader(shape, 21), ...data]));
  }),
);

describe('the WAV reader', () => {
  const named = (form: string) => (file: Uint8Array) =>
    new Uint8Array(Buffer.concat([Buffer.from(form), file.subarray(4)]));
  const others = ['RIFX', 'RF64', 'BW64'].flatMap((form) => files.slice(0, 3).map(named(form)));
  fuzz('WAV files', damaged(...files, ...others), async (bytes) => {
    const sound = await openWav(blobBytes(new Blob([bytes])));
    let frames = 0;
    for await (const piece of sound.pieces()) {
      expect(piece).toHaveLength(sound.channels);
      frames += piece[0]?.length ?? 0;
      expect(piece.every((samples) => samples.every(Number.isFinite))).toBe(true);
    }
    expect(frames).toBe(sound.frames);
    expect(frames * sound.channels).toBeLessThanOrEqual(bytes.length);
  });
});
