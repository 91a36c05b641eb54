/** The listening player: one source, played round and round through one setting at a time. */
import type { FilterTarget } from '../../../src/audio/gliding-filter';
import type { NamedSetting } from '../../../src/eq/named-setting';
import type { EqSetting } from '../../../src/eq/parameters';
import { InputError } from '../../../src/base/input-error';
import { isPointerHeld } from '../../kit/pointer-held';
import { LiveGraph, type Taps } from './live-graph';
import type { Region } from './loop-player';
import { Matching, type Matched, type Measure } from './matching';
import { builtInSource, openSource, type BuiltIn, type ReadHeader, type Source } from './source';

/** A loop cannot be shorter. */
export const SHORTEST_LOOP_S = 0.1;
/** The volume slider's lowest place, which is silence. */
export const QUIETEST_DB = -60;
/** Loud masters are not startling at this, on a system set for speech. */
const SAFE_VOLUME_DB = -18;
/** Changes are measured once they have paused for this long. */
const SETTLED_MS = 120;
/** A person who has waited so long for the sound is told why there is none; it may still come. */
const LATE_MS = 5000;
const NO_OUTPUT =
  'The browser gives the page no sound output: connect or choose one in the system’s settings, and play again.';
const NOT_NOW = 'Another sound can be opened when the blind test is over.';

export class AudioPlayer {
  readonly #matching: Matching;
  readonly #readHeader: ReadHeader;
  readonly #listeners = new Set<() => void>();
  #live: LiveGraph | null = null;
  #source: Source | null = null;
  #reading: string | null = null;
  #problem: string | null = null;
  #loads = 0;
  #playing = false;
  /** Where it goes on from, while nothing plays. */
  #restS = 0;
  #region: Region = { startS: 0, endS: 0 };
  #choice: NamedSetting | null = null;
  #compared: readonly NamedSetting[] = [];
  #match = true;
  #blind = false;
  #volumeDb = SAFE_VOLUME_DB;
  #measureTimer: ReturnType<typeof setTimeout> | undefined;
  /** The gain that is on, kept for a choice that is not measured yet. */
  #gainDb = 0;

  /** @param worker what works off the page's thread: measures loudness, reads files' headers */
  constructor(worker: { readonly measure: Measure; readonly readHeader: ReadHeader }) {
    this.#matching = new Matching(worker.measure);
    this.#readHeader = worker.readHeader;
  }

  /** Calls back after every change. @returns what ends it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get source(): Source | null {
    return this.#source;
  }

  /** Name of what is being read; null while nothing is. */
  get reading(): string | null {
    return this.#reading;
  }

  /** Why the last file or start did not come about, as a sentence; null if it did. */
  get problem(): string | null {
    return this.#problem;
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** In seconds of the material. */
  get positionS(): number {
    return this.#live?.player.positionS ?? this.#restS;
  }

  /** The loop; at first the whole source. */
  get region(): Region {
    return this.#region;
  }

  /** What is heard; null for the bypass. */
  get choice(): NamedSetting | null {
    return this.#choice;
  }

  /** Whether what is compared is brought to one loudness. */
  get match(): boolean {
    return this.#match;
  }

  /**
   * Whether a blind test is running: the page then shows nothing of what is heard, and the material
   * stays, since all was matched on it.
   */
  get blind(): boolean {
    return this.#blind;
  }

  get volumeDb(): number {
    return this.#volumeDb;
  }

  /** Null before anything was played. */
  get taps(): Taps | null {
    return this.#live?.taps ?? null;
  }

  /** Whether loudness figures are on their way. */
  get measuring(): boolean {
    return this.#matching.running;
  }

  /** Opens a file; what was there stays if it cannot be used, and {@link problem} says why. */
  async load(file: File): Promise<void> {
    await this.#open(file.name, () => openSource(file, this.#readHeader));
  }

  async useBuiltIn(which: BuiltIn): Promise<void> {
    await this.#open('the sound', () => builtInSource(which));
  }

  /** Plays the loop; browsers stay silent until a person has clicked or pressed a key. */
  async play(): Promise<void> {
    if (this.#source === null || this.#playing) return;
    this.#playing = true;
    // What plays in a test came by itself, and another sound is refused as before.
    if (this.#problem !== NOT_NOW) this.#problem = null;
    this.#tell();
    try {
      const live = this.#graph(this.#source.buffer);
      await this.#awaken(live);
      // A pause, or another material, may have come meanwhile.
      if (this.playing && this.#live === live && live.player.positionS === null) this.#start();
    } catch {
      this.#playing = false;
      this.#problem = NO_OUTPUT;
    }
    this.#tell();
  }

  /**
   * Gets the sound output running, silent, so that a change can settle before anything is heard.
   *
   * @returns whether there is one, and a material
   */
  async wake(): Promise<boolean> {
    if (this.#source === null) return false;
    try {
      await this.#awaken(this.#graph(this.#source.buffer));
      return true;
    } catch {
      this.#problem = NO_OUTPUT;
      this.#tell();
      return false;
    }
  }

  pause(): void {
    if (!this.#playing) return;
    this.#restS = this.positionS;
    this.#playing = false;
    this.#live?.stop();
    this.#tell();
  }

  /** Goes on from there; from the loop's beginning where that is outside the loop. */
  seek(seconds: number): void {
    const { startS, endS } = this.#region;
    this.#restS = seconds >= startS && seconds < endS ? seconds : startS;
    if (this.#playing) this.#start();
    this.#tell();
  }

  /** Moves the loop's markers; they stay in the material and a tenth of a second apart. */
  setRegion({ startS, endS }: Region): void {
    if (this.#source === null) return;
    const { buffer } = this.#source;
    const start = Math.max(0, Math.min(startS, buffer.duration - SHORTEST_LOOP_S));
    const end = Math.min(buffer.duration, Math.max(endS, start + SHORTEST_LOOP_S));
    if (start === this.#region.startS && end === this.#region.endS) return;
    const at = this.positionS;
    this.#region = { startS: start, endS: end };
    this.#matching.listenTo(buffer, this.#region);
    this.seek(at);
    this.#settle();
  }

  /** Sets what is matched in loudness, beside the bypass and what is heard. */
  compare(settings: readonly NamedSetting[]): void {
    this.#compared = settings;
    this.#settle();
  }

  /** Lets a setting be heard, or the bypass, without a click. */
  take(choice: NamedSetting | null): void {
    this.#choice = choice;
    this.#settle();
  }

  /**
   * Plays the loop through a setting, or as it is. So that nothing gives the setting away, name
   * all that will be presented by {@link compare} and wait for {@link matched} beforehand.
   */
  async present(choice: NamedSetting | null): Promise<void> {
    this.take(choice);
    await this.play();
  }

  setMatch(match: boolean): void {
    this.#match = match;
    this.#settle();
  }

  setBlind(blind: boolean): void {
    this.#blind = blind;
    if (this.#problem === NOT_NOW) this.#problem = null;
    this.#tell();
  }

  /** @param db from {@link QUIETEST_DB}, which is silence, to 0 */
  setVolume(db: number): void {
    this.#volumeDb = Math.min(0, Math.max(QUIETEST_DB, db));
    this.#live?.setVolume(this.#volume());
    this.#tell();
  }

  /**
   * Comes once all that is compared has been measured, or could not be.
   *
   * @returns whether it is known what brings each to one loudness
   */
  async matched(): Promise<boolean> {
    clearTimeout(this.#measureTimer);
    try {
      // More may be asked for, or another material come, while one measurement runs.
      while (!this.#matching.knows(this.#wanted())) {
        const measured = this.#matching.measure(this.#wanted());
        this.#tell();
        await measured;
      }
      return this.#source !== null;
    } catch {
      // Without figures nothing is matched, and no gain is shown.
      return false;
    } finally {
      this.#glide();
      this.#tell();
    }
  }

  /** What matching does to a choice; null while that is not known. */
  matchOf(choice: NamedSetting | null): Matched | null {
    return this.#matching.gainOf(choice?.setting ?? null, this.#wanted());
  }

  /** Everything that is matched: the bypass, what is compared and what is heard. */
  #wanted(): readonly (EqSetting | null)[] {
    const settings = this.#compared.map(({ setting }) => setting);
    return [null, ...settings, this.#choice?.setting ?? null];
  }

  /** Glides to what is chosen, and has measured what is not yet. */
  #settle(): void {
    this.#glide();
    clearTimeout(this.#measureTimer);
    // It takes a second of a processor, and the drag that makes it worthless lags behind for it.
    if (isPointerHeld()) this.#matching.giveUp();
    if (this.#match && !this.#matching.knows(this.#wanted())) {
      this.#measureTimer = setTimeout(() => {
        void this.matched();
      }, SETTLED_MS);
    }
    this.#tell();
  }

  #glide(): void {
    this.#gainDb = this.#makeUpDb();
    this.#live?.glide(this.#target());
  }

  #target(): FilterTarget {
    return { setting: this.#choice?.setting ?? null, gainDb: this.#gainDb };
  }

  #makeUpDb(): number {
    if (!this.#match) return 0;
    const matched = this.matchOf(this.#choice);
    return matched === null ? this.#gainDb : matched.gainLu - matched.loweredDb;
  }

  async #open(name: string, make: () => Promise<Source>): Promise<void> {
    if (this.#blind) {
      this.#problem = NOT_NOW;
      this.#tell();
      return;
    }
    const load = ++this.#loads;
    this.#reading = name;
    this.#problem = null;
    this.#tell();
    let source: Source | null = null;
    let problem: string | null = null;
    try {
      source = await make();
    } catch (error) {
      problem = error instanceof InputError ? error.message : `${name} could not be made ready.`;
    }
    // Another may have been asked for meanwhile.
    if (load !== this.#loads) return;
    this.#reading = null;
    this.#problem = problem;
    if (source !== null) this.#replace(source);
    this.#tell();
  }

  #replace(source: Source): void {
    const played = this.#playing;
    this.pause();
    this.#source = source;
    this.#restS = 0;
    this.#region = { startS: 0, endS: source.buffer.duration };
    this.#matching.listenTo(source.buffer, this.#region);
    this.#settle();
    if (played) void this.play();
  }

  #start(): void {
    if (this.#source === null) return;
    this.#live?.player.start(this.#source.buffer, this.#region, this.#restS);
  }

  /** Says so where no sound output comes: Firefox goes on waiting for one where there is none. */
  async #awaken(live: LiveGraph): Promise<void> {
    const late = setTimeout(() => {
      if (this.#live === live) this.#problem = NO_OUTPUT;
      this.#tell();
    }, LATE_MS);
    try {
      await live.wake(() => this.#target());
      if (this.#problem === NO_OUTPUT) this.#problem = null;
    } finally {
      clearTimeout(late);
    }
  }

  /** The graph at the material's rate, for its channels: made anew where those have changed. */
  #graph({ sampleRate, numberOfChannels }: AudioBuffer): LiveGraph {
    const { context, channels } = this.#live ?? {};
    if (
      this.#live !== null &&
      context?.sampleRate === sampleRate &&
      channels === numberOfChannels
    ) {
      return this.#live;
    }
    this.#live?.end();
    this.#live = null;
    this.#live = new LiveGraph(sampleRate, numberOfChannels, this.#volume());
    return this.#live;
  }

  #volume(): number {
    return this.#volumeDb <= QUIETEST_DB ? 0 : 10 ** (this.#volumeDb / 20);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
