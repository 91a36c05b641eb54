/** Four bars of drums, bass and chords, made of formulae: something to listen to at once. */
import { randomUniform, Stream } from '../random/threefry';

const BEATS_PER_MINUTE = 100;
const BEATS = 16;
const SECONDS_PER_BEAT = 60 / BEATS_PER_MINUTE;
/** Of the loudest sample. */
const PEAK_DB = -4;
const SEED = 2;

/** Notes as MIDI numbers them: a bass note and a chord a bar. */
const BARS = [
  { bass: 33, chord: [57, 60, 64, 67] },
  { bass: 29, chord: [57, 60, 64, 65] },
  { bass: 36, chord: [55, 59, 60, 64] },
  { bass: 31, chord: [55, 57, 59, 62] },
] as const;

/** Where in a bar, in beats, each is struck. */
const KICKS = [0, 1.5, 2];
const SNARES = [1, 3];
const HATS = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5];
const BASS = [0, 0.75, 1.5, 2.5, 3];

/** A sound by the seconds since it was struck. */
type Voice = (seconds: number, index: number) => number;

/** Left and right channels that sounds are added to; what outlasts the end goes on at the beginning. */
class Tape {
  readonly channels: readonly [Float64Array, Float64Array];
  readonly #sampleRateHz: number;

  constructor(sampleRateHz: number) {
    const length = Math.round(BEATS * SECONDS_PER_BEAT * sampleRateHz);
    this.channels = [new Float64Array(length), new Float64Array(length)];
    this.#sampleRateHz = sampleRateHz;
  }

  /** @param pan from −1, left, to 1, right */
  add(beat: number, seconds: number, pan: number, voice: Voice): void {
    const [left, right] = this.channels;
    const first = Math.round(beat * SECONDS_PER_BEAT * this.#sampleRateHz);
    const count = Math.round(seconds * this.#sampleRateHz);
    const angle = ((1 + pan) * Math.PI) / 4;
    const toLeft = Math.SQRT2 * Math.cos(angle);
    const toRight = Math.SQRT2 * Math.sin(angle);
    for (let i = 0; i < count; i++) {
      const sample = voice(i / this.#sampleRateHz, i);
      const at = (first + i) % left.length;
      left[at] = (left[at] ?? 0) + toLeft * sample;
      right[at] = (right[at] ?? 0) + toRight * sample;
    }
  }
}

/**
 * @returns left and right, [9.6 s] each, peak −4 dBFS; the last sample is followed by the first
 */
export function syntheticLoop(sampleRateHz: number): readonly [Float32Array, Float32Array] {
  const tape = new Tape(sampleRateHz);
  BARS.forEach(({ bass, chord }, bar) => {
    const at = 4 * bar;
    for (const beat of KICKS) tape.add(at + beat, 0.4, 0, kick);
    for (const beat of SNARES) tape.add(at + beat, 0.3, 0.1, snare(at + beat));
    for (const beat of HATS) tape.add(at + beat, 0.09, -0.3, hat(at + beat));
    for (const beat of BASS) tape.add(at + beat, 0.42, 0, bassNote(hertz(bass)));
    chord.forEach((note, i) => {
      tape.add(at, 4 * SECONDS_PER_BEAT + 0.3, (i - 1.5) / 2.5, chordNote(hertz(note)));
    });
  });
  const [left, right] = tape.channels;
  let peak = 0;
  for (const channel of tape.channels) {
    for (const sample of channel) peak = Math.max(peak, Math.abs(sample));
  }
  const scale = 10 ** (PEAK_DB / 20) / peak;
  return [Float32Array.from(left, (x) => x * scale), Float32Array.from(right, (x) => x * scale)];
}

function hertz(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

const sine = (cycles: number): number => Math.sin(2 * Math.PI * cycles);

/** From 0 to 1 within `seconds`, so that nothing begins with a click. */
const rise = (t: number, seconds: number): number => Math.min(1, t / seconds);
/** From 1 to 0 within the last `seconds` before `end`. */
const fall = (t: number, end: number, seconds: number): number =>
  Math.min(1, Math.max(0, (end - t) / seconds));

/** A sine that falls from 160 to 48 Hz. */
const kick: Voice = (t) => {
  const cycles = 48 * t + (112 / 30) * (1 - Math.exp(-30 * t));
  return 0.9 * rise(t, 0.001) * fall(t, 0.4, 0.1) * Math.exp(-9 * t) * sine(cycles);
};

/** Noise, and the drum's own tone below it. */
function snare(stroke: number): Voice {
  return (t, i) =>
    rise(t, 0.001) *
    fall(t, 0.3, 0.1) *
    (0.3 * Math.exp(-18 * t) * noise(stroke, i) + 0.3 * Math.exp(-24 * t) * sine(188 * t));
}

/** Second differences of noise: little is left below some kilohertz. */
function hat(stroke: number): Voice {
  return (t, i) =>
    0.045 *
    rise(t, 0.0005) *
    fall(t, 0.09, 0.03) *
    Math.exp(-45 * t) *
    (noise(100 + stroke, i + 2) - 2 * noise(100 + stroke, i + 1) + noise(100 + stroke, i));
}

/** From −1 to 1. Strokes fall on quarters of a beat. */
function noise(stroke: number, index: number): number {
  return 2 * randomUniform(SEED, Stream.sound, 4 * stroke, index) - 1;
}

/** A few harmonics that fade the faster the higher they are. */
function bassNote(hz: number): Voice {
  return (t) => {
    let sum = 0;
    for (let k = 1; k <= 6; k++) sum += (Math.exp(-2.5 * k * t) / k) * sine(k * hz * t);
    return 0.3 * rise(t, 0.006) * fall(t, 0.42, 0.08) * sum;
  };
}

/** Soft harmonics, two strings a little apart in pitch. */
function chordNote(hz: number): Voice {
  const end = 4 * SECONDS_PER_BEAT + 0.3;
  return (t) => {
    let sum = 0;
    for (let k = 1; k <= 8; k++) {
      const strength = Math.exp(-0.25 * k * t) / k ** 1.4;
      sum += strength * (sine(k * hz * t) + sine(k * hz * 1.003 * t));
    }
    return 0.045 * rise(t, 0.02) * fall(t, end, 0.3) * Math.exp(-0.6 * t) * sum;
  };
}
