/** Compressed files and films, decoded piece by piece by what the browser has for it (WebCodecs). */
import {
  ADTS,
  AudioSampleSink,
  BlobSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WEBM,
  type AudioSample,
  type InputAudioTrack,
} from 'mediabunny';
import { InputError } from '../base/input-error';
import { checkShape, type Piece, type Sound } from './sound';

const FORMATS = [MP3, MP4, OGG, FLAC, WEBM, ADTS, QTFF, MATROSKA];

/**
 * The first sound track of a file, at its own rate and with its own channels.
 *
 * @throws InputError where the file is none that can be read, or the browser has no decoder for it
 */
export async function openContainer(file: Blob): Promise<Sound> {
  const input = new Input({ formats: FORMATS, source: new BlobSource(file) });
  try {
    return await openTrack(await input.getPrimaryAudioTrack());
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('The file is no audio that can be read piece by piece here.', {
      cause: error,
    });
  }
}

async function openTrack(track: InputAudioTrack | null): Promise<Sound> {
  if (track === null) throw new InputError('The file holds no sound.');
  if (!(await track.canDecode())) {
    throw new InputError(
      `This browser cannot decode ${(await track.getCodec()) ?? 'the file’s kind of sound'} piece by piece.`,
    );
  }
  const [sampleRateHz, channels, duration] = await Promise.all([
    track.getSampleRate(),
    track.getNumberOfChannels(),
    track.computeDuration(),
  ]);
  checkShape(sampleRateHz, channels);
  return {
    sampleRateHz,
    channels,
    frames: Math.round(duration * sampleRateHz),
    pieces: () => decoded(track, sampleRateHz, channels),
  };
}

async function* decoded(
  track: InputAudioTrack,
  sampleRateHz: number,
  channels: number,
): AsyncGenerator<Piece> {
  const samples = new AudioSampleSink(track).samples();
  for (;;) {
    let sample: AudioSample | undefined;
    try {
      sample = (await samples.next()).value ?? undefined;
    } catch (error) {
      throw new InputError(
        'The file breaks off or is damaged: it could not be decoded to its end.',
        {
          cause: error,
        },
      );
    }
    if (sample === undefined) return;
    try {
      if (sample.sampleRate !== sampleRateHz || sample.numberOfChannels !== channels) {
        throw new InputError('The file changes its sample rate or channels on the way.');
      }
      const piece = pieceOf(sample);
      if (piece !== null) yield piece;
    } finally {
      sample.close();
    }
  }
}

/** What is to be heard of a decoded packet: encoders put a little silence before the beginning. */
function pieceOf(sample: AudioSample): Piece | null {
  const early = Math.round(Math.max(0, -sample.timestamp) * sample.sampleRate);
  const frameCount = sample.numberOfFrames - early;
  if (frameCount <= 0) return null;
  return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const samples = new Float32Array(frameCount);
    sample.copyTo(samples, { planeIndex, format: 'f32-planar', frameOffset: early, frameCount });
    return samples;
  });
}
