/**
 * A setting as Web Audio filters: five biquads in series and the make-up gain.
 *
 * Web Audio's bells are the Audio EQ Cookbook's, and its shelves the Cookbook's of slope 1, so of
 * Q √½ where the plug-in has 0.71: at most 0.021 dB a shelf, and 0.042 dB for both together (see
 * the test, which bounds it at every rate). That is why no other kind of node is needed.
 */
import { bandsOf, type EqBand, type EqSetting } from '../../src/eq/parameters';

/** Of the exponential glides: after five of these, 40 ms, a change is over. */
const TIME_CONSTANT_S = 0.008;

const TYPES: Record<EqBand['kind'], BiquadFilterType> = {
  'low shelf': 'lowshelf',
  bell: 'peaking',
  'high shelf': 'highshelf',
};

export class EqChain {
  /** What comes in, as it is. */
  readonly input: GainNode;
  /** What leaves the filters, made up. */
  readonly output: GainNode;
  readonly #filters: readonly BiquadFilterNode[];

  constructor(context: BaseAudioContext) {
    this.input = new GainNode(context);
    this.output = new GainNode(context);
    this.#filters = Array.from({ length: 5 }, () => new BiquadFilterNode(context));
    const last = this.#filters.reduce<AudioNode>(
      (before, filter) => before.connect(filter),
      this.input,
    );
    last.connect(this.output);
  }

  /** Sets all at once: for a chain that nothing runs through yet. */
  set(setting: EqSetting | null, gainDb: number): void {
    this.#each(setting, gainDb, (param, value) => {
      param.value = value;
    });
  }

  /**
   * Glides there without a click.
   *
   * @param setting null for none: every gain glides to 0 dB, at which a filter changes nothing
   * @param at      the context's time, in seconds
   */
  glide(setting: EqSetting | null, gainDb: number, at: number): void {
    this.#each(setting, gainDb, (param, value) => {
      param.cancelScheduledValues(at);
      param.setTargetAtTime(value, at, TIME_CONSTANT_S);
    });
  }

  #each(
    setting: EqSetting | null,
    gainDb: number,
    move: (param: AudioParam, value: number) => void,
  ): void {
    const bands = setting === null ? null : bandsOf(setting);
    this.#filters.forEach((filter, i) => {
      const band = bands?.[i];
      if (band === undefined) {
        move(filter.gain, 0);
        return;
      }
      filter.type = TYPES[band.kind];
      move(filter.frequency, band.frequencyHz);
      move(filter.Q, band.q);
      move(filter.gain, band.gainDb);
    });
    move(this.output.gain, 10 ** (gainDb / 20));
  }
}
