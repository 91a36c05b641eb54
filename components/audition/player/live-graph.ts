/** The graph that is heard: player, equaliser, volume, and where the running sound is looked at. */
import type { FilterTarget } from '../../../src/audio/gliding-filter';
import { equaliserNode, glide } from './equaliser-node';
import { LEAD_S, LoopPlayer } from './loop-player';

/** Where the running sound can be looked at. */
export interface Taps {
  readonly before: AnalyserNode;
  readonly after: AnalyserNode;
  /** After the make-up gain and before the volume, one a channel. */
  readonly channels: readonly AnalyserNode[];
}

const SPECTRUM_SIZE = 8192;
/** Samples looked at for peaks: 0.17 s at 48 kHz, longer than a frame takes. */
const PEAK_SIZE = 8192;
const VOLUME_TIME_S = 0.01;
/** After this long a stopped sound has faded. */
const FADED_MS = 200;

export class LiveGraph {
  readonly context: AudioContext;
  readonly channels: number;
  readonly player: LoopPlayer;
  readonly #input: GainNode;
  readonly #volume: GainNode;
  #equaliser: AudioWorkletNode | null = null;
  #taps: Taps | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param volume linear
   * @throws DOMException where the browser has no sound at this rate
   */
  constructor(sampleRate: number, channels: number, volume: number) {
    this.context = new AudioContext({ sampleRate });
    this.channels = channels;
    this.#input = new GainNode(this.context);
    this.#volume = new GainNode(this.context, { gain: volume });
    this.#volume.connect(this.context.destination);
    this.player = new LoopPlayer(this.context, this.#input);
  }

  /** Null until it has first been {@link wake}d. */
  get taps(): Taps | null {
    return this.#taps;
  }

  /** Passes to another setting or gain without a click. */
  glide(target: FilterTarget): void {
    if (this.#equaliser !== null) glide(this.#equaliser, target);
  }

  /** @param volume linear */
  setVolume(volume: number): void {
    this.#volume.gain.setTargetAtTime(volume, this.context.currentTime + LEAD_S, VOLUME_TIME_S);
  }

  /**
   * Ready to play; waits for a person's gesture where there was none.
   *
   * @param target what it begins with, the first time
   * @throws DOMException where the browser gives the page no sound
   */
  async wake(target: () => FilterTarget): Promise<void> {
    clearTimeout(this.#rest);
    // Asked for before anything is waited for: afterwards the gesture may be too long ago.
    const running = this.context.resume();
    if (this.#equaliser === null) {
      const node = await equaliserNode(this.context, this.channels, target());
      this.#equaliser = node;
      // It may have changed while the audio thread was given its code.
      glide(node, target());
      this.#input.connect(node).connect(this.#volume);
      this.#taps = tap(this.context, this.#input, node);
    }
    await running;
  }

  /** Fades away, and then takes no processor time. */
  stop(): void {
    this.player.stop();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      void this.context.suspend();
    }, FADED_MS);
  }

  /** Fades away for good. */
  end(): void {
    this.player.stop();
    clearTimeout(this.#rest);
    setTimeout(() => {
      void this.context.close();
    }, FADED_MS);
  }
}

function tap(context: AudioContext, input: AudioNode, equaliser: AudioWorkletNode): Taps {
  const spectrum = { fftSize: SPECTRUM_SIZE, smoothingTimeConstant: 0.8 };
  const before = new AnalyserNode(context, spectrum);
  const after = new AnalyserNode(context, spectrum);
  input.connect(before);
  equaliser.connect(after);
  const count = equaliser.channelCount;
  const splitter = new ChannelSplitterNode(context, { numberOfOutputs: count });
  equaliser.connect(splitter);
  const channels = Array.from({ length: count }, (_, channel) => {
    const analyser = new AnalyserNode(context, { fftSize: PEAK_SIZE });
    splitter.connect(analyser, channel);
    return analyser;
  });
  return { before, after, channels };
}
