/** What files of sound say of themselves, read without decoding them. */
import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';

export interface AudioHeader {
  readonly rateHz: number;
  readonly channels: number;
  readonly seconds: number;
}

/** Null where the file's kind is not known to the reader; the browser may know it all the same. */
export async function readHeader(file: Blob): Promise<AudioHeader | null> {
  const input = new Input({ formats: ALL_FORMATS, source: new BlobSource(file) });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null) return null;
    const [rateHz, channels, seconds] = await Promise.all([
      track.getSampleRate(),
      track.getNumberOfChannels(),
      track.computeDuration(),
    ]);
    return { rateHz, channels, seconds };
  } catch {
    return null;
  } finally {
    input.dispose();
  }
}
