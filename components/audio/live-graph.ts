/** The graph that is heard: player, equaliser, volume, and where the running sound is looked at. */
import type { EqSetting } from '../../src/eq/parameters';
import { EqChain } from './eq-chain';
import { LoopPlayer } from './loop-player';

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
/** Channels whose peaks are watched; what people listen to seldom has more. */
const MOST_CHANNELS = 8;
const VOLUME_TIME_S = 0.01;
/** After this long a stopped sound has faded. */
const FADED_MS = 200;

export class LiveGraph {
  readonly context: AudioContext;
  readonly player: LoopPlayer;
  readonly taps: Taps;
  readonly #chain: EqChain;
  readonly #volume: GainNode;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** @throws DOMException where the browser has no sound at this rate */
  constructor(sampleRate: number, setting: EqSetting | null, gainDb: number, volume: number) {
    this.context = new AudioContext({ sampleRate });
    this.#chain = new EqChain(this.context);
    this.#chain.set(setting, gainDb);
    this.#volume = new GainNode(this.context, { gain: volume });
    this.#chain.output.connect(this.#volume).connect(this.context.destination);
    this.player = new LoopPlayer(this.context, this.#chain.input);
    this.taps = tap(this.context, this.#chain);
  }

  glide(setting: EqSetting | null, gainDb: number): void {
    this.#chain.glide(setting, gainDb, this.context.currentTime);
  }

  /** @param volume linear */
  setVolume(volume: number): void {
    this.#volume.gain.setTargetAtTime(volume, this.context.currentTime, VOLUME_TIME_S);
  }

  /** Ready to play; waits for a person's gesture where there was none. */
  async wake(): Promise<void> {
    clearTimeout(this.#rest);
    await this.context.resume();
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

function tap(context: AudioContext, chain: EqChain): Taps {
  const spectrum = { fftSize: SPECTRUM_SIZE, smoothingTimeConstant: 0.8 };
  const before = new AnalyserNode(context, spectrum);
  const after = new AnalyserNode(context, spectrum);
  chain.input.connect(before);
  chain.output.connect(after);
  const splitter = new ChannelSplitterNode(context, { numberOfOutputs: MOST_CHANNELS });
  chain.output.connect(splitter);
  const channels = Array.from({ length: MOST_CHANNELS }, (_, channel) => {
    const analyser = new AnalyserNode(context, { fftSize: PEAK_SIZE });
    splitter.connect(analyser, channel);
    return analyser;
  });
  return { before, after, channels };
}
