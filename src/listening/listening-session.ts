/** A blind test while it runs: what plays where, what was heard, and the answers. */
import type { EqSetting } from '../eq/parameters';
import { outcomeOf, type ListeningTest, type Trial } from './listening-test';
import { trialPlan, type Side } from './trial-plan';

/** What can be listened to in a trial. */
export type Interval = Side | 'X';

/** What is known of a test before its first trial. */
export type ListeningSetup = Omit<ListeningTest, 'format' | 'version' | 'trials' | 'outcome'>;

/** An interval counts as heard once it has played for this long. */
export const HEARD_S = 0.5;

/** Keeps the right answers to itself until {@link record} is asked for. */
export class ListeningSession {
  readonly kind: ListeningTest['kind'];
  readonly question: string | null;
  readonly planned: number;
  readonly intervals: readonly Interval[];
  readonly #setup: ListeningSetup;
  readonly #plan: readonly Side[];
  readonly #trials: Trial[] = [];
  #heardS = new Map<Interval, number>();

  constructor(setup: ListeningSetup) {
    this.#setup = setup;
    this.kind = setup.kind;
    this.question = setup.question;
    this.planned = setup.planned;
    this.intervals = setup.kind === 'abx' ? ['A', 'B', 'X'] : ['A', 'B'];
    this.#plan = trialPlan(setup.seed, setup.planned);
  }

  /** Of the record that becomes of it. */
  get id(): string {
    return this.#setup.id;
  }

  get answered(): number {
    return this.#trials.length;
  }

  get over(): boolean {
    return this.answered >= this.planned;
  }

  /** What an interval of this trial plays. */
  settingOf(interval: Interval): EqSetting {
    const [first, second] = this.#setup.compared;
    const truth = this.#plan[this.answered];
    const isFirst =
      this.kind === 'abx' ? (interval === 'X' ? truth : interval) === 'A' : interval === truth;
    return isFirst ? first.setting : second.setting;
  }

  /** Takes down that an interval of this trial has played for so much longer. */
  listened(interval: Interval, seconds: number): void {
    this.#heardS.set(interval, (this.#heardS.get(interval) ?? 0) + seconds);
  }

  heard(interval: Interval): boolean {
    return (this.#heardS.get(interval) ?? 0) >= HEARD_S;
  }

  /** Whether every interval of this trial has been heard. */
  get canAnswer(): boolean {
    return !this.over && this.intervals.every((interval) => this.heard(interval));
  }

  /**
   * Answers the trial and begins the next.
   *
   * @param answer  what X is; or, in a forced choice, which is more so
   * @param seconds since the trial began
   * @throws Error before all of it was heard
   */
  answer(answer: Side, seconds: number): void {
    const truth = this.#plan[this.answered];
    if (truth === undefined || !this.canAnswer) throw new Error('Nothing can be answered yet.');
    this.#trials.push({ truth, answer, seconds });
    this.#heardS = new Map();
  }

  /** What there is to keep of it so far, the right answers of the answered trials included. */
  record(): ListeningTest {
    return {
      format: 'warmbright-listening-test',
      version: 1,
      ...this.#setup,
      trials: [...this.#trials],
      outcome: this.over ? outcomeOf(this.kind, this.#trials) : null,
    };
  }
}
