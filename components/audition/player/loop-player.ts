/** Plays a region of a sound round and round; starts, stops and jumps without a click. */
import { closedRegion } from '../../../src/audio/loop-region';

/** A part of a sound, in seconds. */
export interface Region {
  readonly startS: number;
  readonly endS: number;
}

/** What is scheduled must lie ahead of what is being worked out, or it would begin with a jump. */
export const LEAD_S = 0.03;
/** How long one sound takes to give way to another, or to silence. */
const FADE_S = 0.01;
/** How much of a loop's seam is mended. */
const SEAM_S = 0.005;
/** Longer regions are not copied to mend their seam. */
const LONGEST_COPY_S = 120;

interface Playing {
  readonly source: AudioBufferSourceNode;
  readonly fade: GainNode;
  readonly region: Region;
  /** Where it began, and when by the context's clock. */
  readonly fromS: number;
  readonly sinceS: number;
}

export class LoopPlayer {
  readonly #context: BaseAudioContext;
  readonly #output: AudioNode;
  #playing: Playing | null = null;

  constructor(context: BaseAudioContext, output: AudioNode) {
    this.#context = context;
    this.#output = output;
  }

  /**
   * Plays the region from a place in it; what played before fades away meanwhile.
   *
   * @param fromS in seconds of the whole sound; the region's beginning where it is outside
   */
  start(buffer: AudioBuffer, region: Region, fromS: number): void {
    const at = this.#context.currentTime + LEAD_S;
    this.stop();
    const begin = fromS >= region.startS && fromS < region.endS ? fromS : region.startS;
    const { loop, offsetS } = loopOf(buffer, region);
    const source = new AudioBufferSourceNode(this.#context, {
      buffer: loop,
      loop: true,
      loopStart: region.startS - offsetS,
      loopEnd: region.endS - offsetS,
    });
    const fade = new GainNode(this.#context, { gain: 0 });
    fade.gain.setTargetAtTime(1, at, FADE_S / 5);
    source.connect(fade).connect(this.#output);
    source.start(at, begin - offsetS);
    this.#playing = { source, fade, region, fromS: begin, sinceS: at };
  }

  stop(): void {
    if (this.#playing === null) return;
    const at = this.#context.currentTime + LEAD_S;
    const { source, fade } = this.#playing;
    this.#playing = null;
    // Whether it had come up altogether or not.
    fade.gain.cancelScheduledValues(at);
    fade.gain.setTargetAtTime(0, at, FADE_S / 5);
    source.stop(at + 3 * FADE_S);
    source.onended = () => {
      fade.disconnect();
    };
  }

  /** In seconds of the whole sound; null while nothing plays. */
  get positionS(): number | null {
    if (this.#playing === null) return null;
    const { region, fromS, sinceS } = this.#playing;
    const sinceStart = Math.max(0, this.#context.currentTime - sinceS);
    const played = fromS - region.startS + sinceStart;
    return region.startS + (played % (region.endS - region.startS));
  }
}

/** What the source plays, and where in the whole sound it begins. */
function loopOf(buffer: AudioBuffer, region: Region): { loop: AudioBuffer; offsetS: number } {
  const { sampleRate, numberOfChannels, length } = buffer;
  const from = Math.round(region.startS * sampleRate);
  const to = Math.min(length, Math.round(region.endS * sampleRate));
  const whole = from === 0 && to === length;
  if (whole || to - from > LONGEST_COPY_S * sampleRate) return { loop: buffer, offsetS: 0 };
  const loop = new AudioBuffer({ length: to - from, numberOfChannels, sampleRate });
  for (let channel = 0; channel < numberOfChannels; channel++) {
    const samples = buffer.getChannelData(channel);
    const fade = Math.round(SEAM_S * sampleRate);
    loop.copyToChannel(closedRegion(samples, from, to, fade), channel);
  }
  return { loop, offsetS: from / sampleRate };
}
