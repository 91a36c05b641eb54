/** A page without any looks that has sound measured and rendered, for the tests of that. */
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  OggOutputFormat,
  Output,
  Quality,
} from 'mediabunny';
import type { Measured } from '../../src/audio/render';
import { wavHeader, WavEncoder, type WavFormat } from '../../src/audio/wav-writer';
import type { EqSetting } from '../../src/eq/parameters';
import { AudioClient, type RenderedAudio } from '../../workers/audio/audio-client';
import type { AudioAnswer, AudioSource } from '../../workers/audio/audio-protocol';
import { within } from '../within';

/** Noise of a tenth of full scale, alike in every test. */
function noise(length: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state / 2 ** 31) * 0.1;
  });
}

/** Longest that the worker may take to notice that a job was given up: it looks after each piece. */
const NOTICE_MS = 10_000;

type Samples = Extract<AudioSource, { channels: unknown }>;

let onEnd: (end: AudioAnswer) => void = () => undefined;

/** A worker whose last word on a job is heard, though the page gave the job up. */
globalThis.Worker = class extends Worker {
  constructor(...given: ConstructorParameters<typeof Worker>) {
    super(...given);
    this.addEventListener('message', ({ data }: MessageEvent<AudioAnswer>) => {
      if (data.type !== 'progress') onEnd(data);
    });
  }
};

class RenderLab {
  readonly client = new AudioClient();
  /** What was made last for rendering. */
  file: File | null = null;
  /** What was rendered last. */
  result: RenderedAudio | null = null;

  /** Stereo noise that begins again every ten seconds, as a 16-bit WAV file. */
  noiseFile(seconds: number, rate: number): File {
    const shape = { format: '16', sampleRateHz: rate, channels: 2 } as const;
    const block = new WavEncoder(shape).encode([noise(10 * rate, 1), noise(10 * rate, 2)]);
    // Blobs share what they are made of, so this takes a tenth of a minute's memory.
    const part = new Blob([block]);
    const parts = Array.from({ length: seconds / 10 }, () => part);
    this.file = new File([wavHeader(shape, seconds * rate), ...parts], 'noise.wav');
    return this.file;
  }

  /** The same stereo noise, compressed by the browser. */
  async opusFile(seconds: number): Promise<File> {
    const target = new BufferTarget();
    const output = new Output({ format: new OggOutputFormat(), target });
    const source = new AudioSampleSource({ codec: 'opus', quality: new Quality('high') });
    output.addAudioTrack(source);
    await output.start();
    const data = new Float32Array(2 * seconds * 48_000);
    [1, 2].forEach((seed, channel) => {
      noise(seconds * 48_000, seed).forEach((value, i) => {
        data[2 * i + channel] = value;
      });
    });
    const sample = new AudioSample({
      data,
      format: 'f32',
      numberOfChannels: 2,
      sampleRate: 48_000,
      timestamp: 0,
    });
    await source.add(sample);
    sample.close();
    await output.finalize();
    return new File([target.buffer ?? ''], 'noise.opus');
  }

  noiseArrays(seconds: number, rate: number, channels: number): Samples {
    return {
      channels: Array.from({ length: channels }, (_, i) =>
        Float32Array.from(noise(seconds * rate, i + 1)),
      ),
      sampleRateHz: rate,
    };
  }

  /** What the worker says when a job ends that was given up. */
  nextEnd(): Promise<AudioAnswer> {
    const end = new Promise<AudioAnswer>((resolve) => {
      onEnd = resolve;
    });
    return within(NOTICE_MS, 'the end of a job that was given up', end);
  }

  /** The shares that were told. */
  async render(
    source: AudioSource,
    setting: EqSetting | null,
    format: WavFormat,
    match: boolean,
    giveUpAt = 2,
  ): Promise<number[]> {
    const shares: number[] = [];
    const controller = new AbortController();
    this.result = await this.client.render(
      { source, setting, format, match },
      (share) => {
        shares.push(share);
        if (share >= giveUpAt) controller.abort(new Error('given up'));
      },
      controller.signal,
    );
    return shares;
  }

  measure(
    source: AudioSource,
    settings: readonly (EqSetting | null)[],
  ): Promise<readonly Measured[]> {
    return this.client.measure(source, settings);
  }

  get blob(): Blob {
    if (this.result === null) throw new Error('Nothing was rendered.');
    return this.result.blob;
  }

  /** Bytes of what was rendered, or of the file it was made of. */
  async bytes(from: number, to: number, of: Blob | null = this.blob): Promise<number[]> {
    if (of === null) throw new Error('There is no file.');
    return [...new Uint8Array(await of.slice(from, to).arrayBuffer())];
  }

  /** What the browser itself reads in the file. */
  async decode(rate: number): Promise<{ rate: number; channels: number[][] }> {
    const context = new OfflineAudioContext(1, 1, rate);
    const buffer = await context.decodeAudioData(await this.blob.arrayBuffer());
    return {
      rate: buffer.sampleRate,
      channels: Array.from({ length: buffer.numberOfChannels }, (_, channel) => [
        ...buffer.getChannelData(channel),
      ]),
    };
  }
}

declare global {
  var renderLab: RenderLab;
}

globalThis.renderLab = new RenderLab();
