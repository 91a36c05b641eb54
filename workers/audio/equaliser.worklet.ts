/** Runs on the browser's audio thread: the equaliser and the make-up gain. */
import { GlidingFilter, type FilterTarget } from '../../src/audio/gliding-filter';
import { EQUALISER_PROCESSOR, type EqualiserOptions } from './equaliser-protocol';

// What the audio thread has, which no library of types in use here declares.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: {
    readonly processorOptions: EqualiserOptions;
  }) => AudioWorkletProcessor,
): void;

class EqualiserProcessor extends AudioWorkletProcessor {
  readonly #filter: GlidingFilter;

  constructor({ processorOptions: { channels, target } }: { processorOptions: EqualiserOptions }) {
    super();
    this.#filter = new GlidingFilter(sampleRate, channels, target);
    this.port.onmessage = ({ data }: MessageEvent<FilterTarget>) => {
      this.#filter.glide(data);
    };
  }

  /** @returns true: filters sound on when nothing comes in */
  process([input = []]: readonly Float32Array[][], [output = []]: readonly Float32Array[][]): true {
    this.#filter.process(input, output);
    return true;
  }
}

registerProcessor(EQUALISER_PROCESSOR, EqualiserProcessor);
