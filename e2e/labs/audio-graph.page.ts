/** A page without any looks that renders through the player's own graph, for its tests. */
import { equaliserNode, glide } from '../../components/audition/player/equaliser-node';
import { LoopPlayer } from '../../components/audition/player/loop-player';
import { inverseTransform } from '../../src/audio/fourier';
import type { EqSetting } from '../../src/eq/parameters';

/** Samples of an impulse response: 1.4 s at 96 kHz, by which the longest bell has rung out. */
const LENGTH = 2 ** 17;
const TONE_HZ = 1000;
const TONE_LEVEL = 0.25;
/** Of the tone a spectrum is taken from 0.25 s before the switch on. */
const TONE_LENGTH = 2 ** 15;
const TONE_RATE_HZ = 48_000;
const SWITCH_S = 0.5;
/** Longest that the audio thread may take to read its messages, in milliseconds. */
const LONGEST_MESSAGE_MS = 20_000;
/** A tone whose level differs by less than this share has not changed its setting. */
const SAME_LEVEL = 1e-3;
/** Nearer to the tone than this, what is heard is the tone. */
const TONE_WIDTH_HZ = 500;

class AudioLab {
  /**
   * Gain in dB of the rendered chain of each setting, where it is nearest to the frequencies, and
   * those. All settings sound in one rendering, a channel each: to begin one takes longer than to
   * render a channel of it.
   *
   * @param settings at most 32, as many channels as there may be
   */
  async responses(
    settings: readonly EqSetting[],
    sampleRate: number,
    wantedHz: readonly number[],
  ): Promise<{ frequenciesHz: number[]; db: number[][] }> {
    const context = new OfflineAudioContext(settings.length, LENGTH, sampleRate);
    const channels = new ChannelMergerNode(context, { numberOfInputs: settings.length });
    channels.connect(context.destination);
    const buffer = new AudioBuffer({ length: 1, sampleRate });
    buffer.copyToChannel(Float32Array.of(1), 0);
    for (const [channel, setting] of settings.entries()) {
      const node = await equaliserNode(context, 1, { setting, gainDb: 0 });
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(node).connect(channels, 0, channel);
      source.start();
    }
    const rendered = await context.startRendering();
    const bins = wantedHz.map((hz) => Math.round((hz / sampleRate) * LENGTH));
    return {
      frequenciesHz: bins.map((k) => (k * sampleRate) / LENGTH),
      db: settings.map((_, channel) => {
        const power = powersOf(rendered.getChannelData(channel));
        return bins.map((k) => 10 * Math.log10(power[k] ?? 0));
      }),
    };
  }

  /**
   * A tone while the setting changes: as the player does it, or from sample to sample.
   *
   * @throws Error where the change does not reach the audio thread
   */
  async change(
    from: EqSetting | null,
    to: EqSetting | null,
    how: 'glide' | 'cut',
  ): Promise<{ largestBend: number; besideDb: number }> {
    // Rendering stands still meanwhile; too short a time shows in that nothing changes.
    for (let messageMs = 100; messageMs < LONGEST_MESSAGE_MS; messageMs *= 3) {
      const rendered = await renderChange(from, to, how, messageMs);
      if (hasChanged(rendered)) return lookAt(rendered);
    }
    throw new Error('The setting does not change.');
  }

  /** A tone that is stopped, or begun elsewhere, in the middle: by the player, or at a stroke. */
  async interrupt(
    what: 'stop' | 'seek',
    how: 'player' | 'cut',
  ): Promise<{ largestBend: number; besideDb: number }> {
    const context = new OfflineAudioContext(1, 1.5 * TONE_RATE_HZ, TONE_RATE_HZ);
    const length = 2 * TONE_RATE_HZ;
    const tone = Float32Array.from(
      { length },
      (_, i) => TONE_LEVEL * Math.sin((2 * Math.PI * TONE_HZ * i) / TONE_RATE_HZ),
    );
    const jump = Math.round(SWITCH_S * TONE_RATE_HZ);
    if (how === 'cut') {
      // A quarter of a turn further on, or silence.
      const further = TONE_RATE_HZ / TONE_HZ / 4;
      return lookAt(
        tone.map((x, i) => (i < jump ? x : what === 'stop' ? 0 : (tone[i + further] ?? 0))),
      );
    }
    const buffer = new AudioBuffer({ length, sampleRate: TONE_RATE_HZ });
    buffer.copyToChannel(tone, 0);
    const player = new LoopPlayer(context, context.destination);
    const region = { startS: 0, endS: 2 };
    player.start(buffer, region, 0);
    void context.suspend(SWITCH_S).then(() => {
      if (what === 'stop') player.stop();
      else player.start(buffer, region, SWITCH_S + 0.25 / TONE_HZ);
      return context.resume();
    });
    return lookAt((await context.startRendering()).getChannelData(0));
  }
}

/** The tone through a setting that changes half a second after its begin, [samples]. */
async function renderChange(
  from: EqSetting | null,
  to: EqSetting | null,
  how: 'glide' | 'cut',
  messageMs: number,
): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1.5 * TONE_RATE_HZ, TONE_RATE_HZ);
  const node = await equaliserNode(context, 1, { setting: from, gainDb: 0 });
  const tone = new OscillatorNode(context, { frequency: TONE_HZ });
  const level = new GainNode(context, { gain: TONE_LEVEL });
  tone.connect(level).connect(node);
  tone.start();
  if (how === 'cut') {
    const other = await equaliserNode(context, 1, { setting: to, gainDb: 0 });
    level.connect(other);
    for (const [output, before, after] of [
      [node, 1, 0],
      [other, 0, 1],
    ] as const) {
      const gate = new GainNode(context, { gain: before });
      gate.gain.setValueAtTime(after, SWITCH_S);
      output.connect(gate).connect(context.destination);
    }
  } else {
    node.connect(context.destination);
    void context.suspend(SWITCH_S).then(async () => {
      glide(node, { setting: to, gainDb: 0 });
      // Rendering would be over before the audio thread reads its messages.
      await new Promise((done) => setTimeout(done, messageMs));
      await context.resume();
    });
  }
  return (await context.startRendering()).getChannelData(0);
}

/** Whether the tone is louder or softer at its end than just before the switch. */
function hasChanged(rendered: Float32Array): boolean {
  const level = (endS: number): number => {
    const part = rendered.subarray((endS - 0.1) * TONE_RATE_HZ, endS * TONE_RATE_HZ);
    return Math.hypot(...part);
  };
  return Math.abs(level(1.5) / level(SWITCH_S) - 1) > SAME_LEVEL;
}

/** The part around the change, in figures. */
function lookAt(rendered: Float32Array): { largestBend: number; besideDb: number } {
  const begin = (SWITCH_S - 0.25) * TONE_RATE_HZ;
  const samples = rendered.slice(begin, begin + TONE_LENGTH);
  let largestBend = 0;
  for (let i = 2; i < samples.length; i++) {
    const bend = (samples[i] ?? 0) - 2 * (samples[i - 1] ?? 0) + (samples[i - 2] ?? 0);
    largestBend = Math.max(largestBend, Math.abs(bend));
  }
  const power = powersOf(
    samples.map((x, i) => x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / TONE_LENGTH))),
  );
  let beside = 0;
  let whole = 0;
  for (let k = 0; k < TONE_LENGTH / 2; k++) {
    const bin = power[k] ?? 0;
    whole += bin;
    const hz = (k * TONE_RATE_HZ) / TONE_LENGTH;
    if (Math.abs(hz - TONE_HZ) > TONE_WIDTH_HZ) beside += bin;
  }
  return { largestBend, besideDb: 10 * Math.log10(beside / whole) };
}

/** Squared magnitudes of the spectrum, [samples]. */
function powersOf(samples: Float32Array): Float64Array {
  const real = Float64Array.from(samples);
  const imaginary = new Float64Array(real.length);
  inverseTransform(real, imaginary);
  return real.map((re, k) => re * re + (imaginary[k] ?? 0) ** 2);
}

declare global {
  interface Window {
    audioLab: AudioLab;
  }
}

window.audioLab = new AudioLab();
