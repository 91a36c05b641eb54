/** Four bars of drums, bass and chords, made of formulae: something to listen to at once. */
import { randomUniform, Stream } from '../math/threefry';

const BEATS_PER_MINUTE = 100;
const BEATS = 16;
const SECONDS_PER_BEAT = 60 / BEATS_PER_MINUTE;
/** A chord sounds for a bar and a little into the next. */
const CHORD_S = 4 * SECONDS_PER_BEAT + 0.3;
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

/** A sound by the seconds since it was struck; asked for one sample after the other. */
type Voice = (seconds: number, index: number) => number;

/**
 * @returns left and right, [9.6 s] each, peak −4 dBFS; the last sample is followed by the first
 */
export function syntheticLoop(sampleRateHz: number): readonly [Float32Array, Float32Array] {
  const length = Math.round(BEATS * SECONDS_PER_BEAT * sampleRateHz);
  const left = new Float64Array(length);
  const right = new Float64Array(length);
  const render = (seconds: number, voice: Voice): Float64Array =>
    Float64Array.from({ length: Math.round(seconds * sampleRateHz) }, (_, i) =>
      voice(i / sampleRateHz, i),
    );
  /** What outlasts the end goes on at the beginning. Pan goes from −1, left, to 1, right. */
  const strike = (beat: number, pan: number, sound: Float64Array): void => {
    const first = Math.round(beat * SECONDS_PER_BEAT * sampleRateHz);
    const angle = ((1 + pan) * Math.PI) / 4;
    const toLeft = Math.SQRT2 * Math.cos(angle);
    const toRight = Math.SQRT2 * Math.sin(angle);
    sound.forEach((sample, i) => {
      const at = (first + i) % length;
      left[at] = (left[at] ?? 0) + toLeft * sample;
      right[at] = (right[at] ?? 0) + toRight * sample;
    });
  };
  const drum = render(0.4, kick);
  /** A note is the same whenever it is struck. */
  const notes = new Map<number, Float64Array>();
  BARS.forEach(({ bass, chord }, bar) => {
    const at = 4 * bar;
    for (const beat of KICKS) strike(at + beat, 0, drum);
    for (const beat of SNARES) strike(at + beat, 0.1, render(0.3, snare(at + beat)));
    for (const beat of HATS) strike(at + beat, -0.3, render(0.09, hat(at + beat)));
    const low = render(0.42, bassNote(hertz(bass), sampleRateHz));
    for (const beat of BASS) strike(at + beat, 0, low);
    chord.forEach((note, i) => {
      const sound = notes.get(note) ?? render(CHORD_S, chordNote(hertz(note), sampleRateHz));
      notes.set(note, sound);
      strike(at, (i - 1.5) / 2.5, sound);
    });
  });
  let peak = 0;
  for (const channel of [left, right]) {
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

/**
 * Sines that fade, one sample after the other: each is turned and shortened by the same complex
 * number from sample to sample, which is many times faster than a sine and an exponential.
 */
class Partials {
  readonly #real: number[] = [];
  readonly #imaginary: number[] = [];
  readonly #turnReal: number[] = [];
  readonly #turnImaginary: number[] = [];

  /** @param fall how often a second it falls to 1/e */
  add(hz: number, level: number, fall: number, sampleRateHz: number): void {
    const shorter = Math.exp(-fall / sampleRateHz);
    const angle = (2 * Math.PI * hz) / sampleRateHz;
    this.#real.push(level);
    this.#imaginary.push(0);
    this.#turnReal.push(shorter * Math.cos(angle));
    this.#turnImaginary.push(shorter * Math.sin(angle));
  }

  next(): number {
    let sum = 0;
    for (let k = 0; k < this.#real.length; k++) {
      const re = this.#real[k] ?? 0;
      const im = this.#imaginary[k] ?? 0;
      const turnRe = this.#turnReal[k] ?? 0;
      const turnIm = this.#turnImaginary[k] ?? 0;
      sum += im;
      this.#real[k] = re * turnRe - im * turnIm;
      this.#imaginary[k] = re * turnIm + im * turnRe;
    }
    return sum;
  }
}

/** A few harmonics that fade the faster the higher they are. */
function bassNote(hz: number, sampleRateHz: number): Voice {
  const partials = new Partials();
  for (let k = 1; k <= 6; k++) partials.add(k * hz, 0.3 / k, 2.5 * k, sampleRateHz);
  return (t) => rise(t, 0.006) * fall(t, 0.42, 0.08) * partials.next();
}

/** Soft harmonics, two strings a little apart in pitch. */
function chordNote(hz: number, sampleRateHz: number): Voice {
  const partials = new Partials();
  for (let k = 1; k <= 12; k++) {
    for (const string of [hz, 1.003 * hz]) {
      partials.add(k * string, 0.045 / k ** 1.2, 0.6 + 0.2 * k, sampleRateHz);
    }
  }
  return (t) => rise(t, 0.02) * fall(t, CHORD_S, 0.3) * partials.next();
}
