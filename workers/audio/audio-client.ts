/** The page's end of the line to the audio worker. */
import type { AudioHeader } from '../../src/audio/container-header';
import type { Measured } from '../../src/audio/render';
import type { WavFormat } from '../../src/audio/wav-writer';
import type { EqSetting } from '../../src/eq/parameters';
import { InputError } from '../../src/base/input-error';
import { startWorker } from '../shared/start-worker';
import type { AudioAnswer, AudioRequest, AudioSource } from './audio-protocol';

export interface AudioRenderOptions {
  readonly source: AudioSource;
  /** Null for the sound as it is. */
  readonly setting: EqSetting | null;
  readonly format: WavFormat;
  /** Whether the result is brought to the loudness of the sound as it is. */
  readonly match: boolean;
}

export interface RenderedAudio {
  /** The WAV file. */
  readonly blob: Blob;
  /** What was added to match the loudness, in dB. */
  readonly gainDb: number;
  /** What the listener should know of the result, as sentences; null where nothing. */
  readonly note: string | null;
}

/** How a job ends. */
type Result = Extract<AudioAnswer, { type: 'header' | 'measured' | 'rendered' }>;

interface Waiting {
  readonly progress: (share: number) => void;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

interface RunOptions {
  readonly progress?: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Has sound measured and rendered by a worker, which is started with the first job. */
export class AudioClient {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #jobs = 0;

  /** What a file says of its sound; null where its kind is not known. */
  async readHeader(file: Blob): Promise<AudioHeader | null> {
    const result = await this.#run((job) => ({ type: 'header', job, file }));
    if (result.type !== 'header') throw new Error('The audio worker answered something else.');
    return result.header;
  }

  /**
   * Loudness and peaks of a sound through each of some settings, in one pass.
   *
   * @param settings null for the sound as it is
   * @returns as many, −Infinity dB where it is silent or too quiet to count
   * @throws InputError where the sound cannot be read; the signal's reason where it is given up
   */
  async measure(
    source: AudioSource,
    settings: readonly (EqSetting | null)[],
    signal?: AbortSignal,
  ): Promise<readonly Measured[]> {
    const copies = settings.map((setting) => (setting === null ? null : [...setting]));
    const result = await this.#run((job) => ({ type: 'measure', job, source, settings: copies }), {
      signal,
    });
    if (result.type !== 'measured') throw new Error('The audio worker answered something else.');
    return result.measured;
  }

  /**
   * The sound through a setting as a WAV file of the same rate and channels.
   *
   * @param onProgress called now and then with the share that is done, 0 to 1
   * @throws InputError where the sound cannot be read, or the file would be over 4 GB; the signal's
   *   reason where it is given up
   */
  async render(
    { source, setting, format, match }: AudioRenderOptions,
    onProgress: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<RenderedAudio> {
    const copy = setting === null ? null : [...setting];
    const result = await this.#run(
      (job) => ({ type: 'render', job, source, setting: copy, format, match }),
      { progress: onProgress, signal },
    );
    if (result.type !== 'rendered') throw new Error('The audio worker answered something else.');
    return result;
  }

  async #run(
    request: (job: number) => AudioRequest,
    { progress = () => undefined, signal }: RunOptions = {},
  ): Promise<Result> {
    signal?.throwIfAborted();
    const worker = (this.#worker ??= this.#spawn());
    const job = this.#jobs++;
    const giveUp = (): void => {
      worker.postMessage({ type: 'cancel', job } satisfies AudioRequest);
      this.#waiting.get(job)?.reject(signal?.reason);
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      return await new Promise<Result>((resolve, reject) => {
        this.#waiting.set(job, { progress, resolve, reject });
        worker.postMessage(request(job));
      });
    } finally {
      this.#waiting.delete(job);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #spawn(): Worker {
    const worker = startWorker('audio');
    worker.addEventListener('message', ({ data }: MessageEvent<AudioAnswer>) => {
      this.#handle(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      worker.terminate();
      // The next job starts another.
      this.#worker = null;
      const why = event.message === '' ? '' : ` (${event.message})`;
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`The audio worker crashed${why}.`));
      }
    });
    return worker;
  }

  #handle(answer: AudioAnswer): void {
    // A job that was given up may still answer.
    const waiting = this.#waiting.get(answer.job);
    if (answer.type === 'progress') waiting?.progress(answer.share);
    else if (answer.type === 'failed') {
      waiting?.reject(answer.foreseen ? new InputError(answer.reason) : new Error(answer.reason));
    } else waiting?.resolve(answer);
  }
}
