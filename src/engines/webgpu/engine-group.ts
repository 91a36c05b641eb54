/**
 * Training on a GPU with kernels of our own: four dispatches a step, one submission an epoch, for
 * one run or for many of one shape at once.
 */
import { InputError } from '../../base/input-error';
import type { ModelSpec } from '../../recipe/model-spec';
import {
  EngineLostError,
  type Engine,
  type EngineDescription,
  type EpochPlan,
  type EpochResult,
  type Examples,
  type StepSettings,
  type TrainingState,
} from '../engine';
import { tapeOptions } from '../tape/build-tape';
import { readParts } from './buffers';
import { kernelsOf, type Kernels } from './kernels';
import { Barrier } from './barrier';
import type { ProfileName } from './profiles';
import { divideRuns, tooLarge, type RunData } from './run-data';
import { WebGpuSession } from './session';

export interface WebGpuGroupOptions {
  /** May be the one that TensorFlow.js uses. */
  readonly device: GPUDevice;
  /** The adapter's name, for people. */
  readonly name: string;
  /** How the work is cut: `software` for an adapter that is a program, `hardware` for others. */
  readonly profile: ProfileName;
  /** Gives the device back when all engines are disposed of; left out where it stays in use. */
  readonly stop?: () => void;
}

/**
 * Engines that train in the same dispatches, each a run of its own. Their `load` and `trainEpoch`
 * wait until every one that is not disposed of has been called, so drive them side by side. All
 * must be loaded with the same spec, batch size and loss.
 */
export function webGpuEngines(options: WebGpuGroupOptions, count: number): Engine[] {
  const group = new Group(options);
  return Array.from({ length: count }, () => group.add());
}

interface Load extends RunData {
  readonly spec: ModelSpec;
}

/** Where a run lies. */
interface Place {
  readonly session: WebGpuSession;
  readonly run: number;
}

class Group {
  readonly description: EngineDescription;
  readonly #options: WebGpuGroupOptions;
  readonly #members = new Set<Member>();
  readonly #loading: Barrier<Member, Load, null>;
  readonly #training: Barrier<Member, EpochPlan, EpochResult>;
  #sessions: readonly WebGpuSession[] = [];
  readonly #places = new Map<Member, Place>();
  /** Why the device is gone; null while it is there. */
  #lost: string | null = null;

  constructor(options: WebGpuGroupOptions) {
    this.#options = options;
    this.description = { name: 'fused-webgpu', device: options.name };
    this.#loading = new Barrier(this.#members, (loads) => this.#load(loads));
    this.#training = new Barrier(this.#members, (plans) => this.#train(plans));
    void options.device.lost.then(({ reason, message }) => {
      this.#lost = message || reason;
      const error = this.#lostError(this.#lost);
      this.#loading.fail(error);
      this.#training.fail(error);
    });
  }

  add(): Engine {
    const member = new Member(this);
    this.#members.add(member);
    return member;
  }

  load(member: Member, load: Load): Promise<null> {
    return this.#whileThere(() => this.#loading.call(member, load));
  }

  trainEpoch(member: Member, plan: EpochPlan): Promise<EpochResult> {
    return this.#whileThere(() => {
      this.#placeOf(member);
      return this.#training.call(member, plan);
    });
  }

  use(member: Member, name: 'encode' | 'decode', values: Float32Array): Promise<Float32Array> {
    return this.#whileThere(() => {
      const { session, run } = this.#placeOf(member);
      return values.length === 0
        ? Promise.resolve(new Float32Array(0))
        : session.use(run, name, values);
    });
  }

  state(member: Member): Promise<TrainingState> {
    return this.#whileThere(() => {
      const { session, run } = this.#placeOf(member);
      return session.state(run);
    });
  }

  leave(member: Member): void {
    if (!this.#members.delete(member)) return;
    this.#places.delete(member);
    this.#loading.participantLeft(member);
    this.#training.participantLeft(member);
    if (this.#members.size > 0) return;
    this.#unload();
    this.#options.stop?.();
  }

  async #load(loads: ReadonlyMap<Member, Load>): Promise<Map<Member, null>> {
    this.#unload();
    const { device, profile } = this.#options;
    const runs = [...loads.values()];
    const spec = shapeOf(runs);
    const kernels = await kernelsOf(device, profile, spec.activation);
    const sessions = await makeSessions(device, kernels, spec, runs);
    this.#sessions = sessions.map(({ session }) => session);
    const places = sessions.flatMap(({ session, runs: its }) =>
      its.map((_, run) => ({ session, run })),
    );
    [...loads.keys()].forEach((member, i) => {
      const place = places[i];
      if (place !== undefined && this.#members.has(member)) this.#places.set(member, place);
    });
    return new Map([...loads.keys()].map((member) => [member, null]));
  }

  /** One submission and one readback, whatever the number of sessions. */
  async #train(plans: ReadonlyMap<Member, EpochPlan>): Promise<Map<Member, EpochResult>> {
    const { device } = this.#options;
    const encoder = device.createCommandEncoder();
    const recorded = this.#sessions.flatMap((session) => {
      const members = new Map<number, Member>();
      const its = new Map<number, EpochPlan>();
      for (const [member, plan] of plans) {
        const place = this.#placeOf(member);
        if (place.session !== session) continue;
        members.set(place.run, member);
        its.set(place.run, plan);
      }
      return its.size === 0 ? [] : [{ members, ...session.epoch(encoder, its) }];
    });
    try {
      const results = await readParts(
        device,
        encoder,
        recorded.map((it) => it.results),
      );
      const answers = new Map<Member, EpochResult>();
      recorded.forEach(({ members, take }, i) => {
        for (const [run, result] of take(results[i] ?? new Float32Array(0))) {
          const member = members.get(run);
          if (member !== undefined) answers.set(member, result);
        }
      });
      return answers;
    } finally {
      for (const { release } of recorded) release();
    }
  }

  #placeOf(member: Member): Place {
    const place = this.#places.get(member);
    if (place === undefined) throw new Error('The engine holds no model.');
    return place;
  }

  #unload(): void {
    for (const session of this.#sessions) session.dispose();
    this.#sessions = [];
    this.#places.clear();
  }

  async #whileThere<T>(work: () => Promise<T>): Promise<T> {
    this.#throwIfLost();
    try {
      return await work();
    } catch (error) {
      this.#throwIfLost(error);
      // A readback from a lost device rejects with a DOMException, now and then before the device
      // itself tells that it is lost.
      if (!(error instanceof DOMException) || error instanceof GPUPipelineError) throw error;
      throw this.#lostError(error.message, error);
    }
  }

  #throwIfLost(cause?: unknown): void {
    if (this.#lost !== null) throw this.#lostError(this.#lost, cause);
  }

  #lostError(why: string, cause?: unknown): EngineLostError {
    return new EngineLostError(`The GPU stopped answering: ${why}`, { cause });
  }
}

class Member implements Engine {
  readonly description: EngineDescription;
  readonly #group: Group;

  constructor(group: Group) {
    this.#group = group;
    this.description = group.description;
  }

  /**
   * @throws EngineLostError when the device is gone or has not memory enough for the model
   * @throws InputError when the other members are loaded with runs of another shape
   */
  async load(
    spec: ModelSpec,
    state: TrainingState,
    examples: Examples,
    settings: StepSettings,
    watched = new Float32Array(0),
  ): Promise<void> {
    await this.#group.load(this, { spec, state, examples, settings, watched });
  }

  trainEpoch(plan: EpochPlan): Promise<EpochResult> {
    return this.#group.trainEpoch(this, plan);
  }

  encode(inputs: Float32Array): Promise<Float32Array> {
    return this.#group.use(this, 'encode', inputs);
  }

  decode(latents: Float32Array): Promise<Float32Array> {
    return this.#group.use(this, 'decode', latents);
  }

  state(): Promise<TrainingState> {
    return this.#group.state(this);
  }

  /** The others no longer wait for this one; the last one gives the device back. */
  dispose(): void {
    this.#group.leave(this);
  }
}

/** @throws InputError when they are not all of one shape */
function shapeOf(runs: readonly Load[]): ModelSpec {
  const [first] = runs;
  if (first === undefined) throw new Error('There are no runs.');
  const shapes = new Set(
    runs.map(({ spec, settings, examples }) => {
      // Dropout may differ.
      return JSON.stringify([spec, tapeOptions({ ...settings, dropout: 0 }, examples)]);
    }),
  );
  if (shapes.size > 1) {
    throw new InputError(
      'Runs trained at once must have the same model, the same batch size and the same loss.',
    );
  }
  return first.spec;
}

interface MadeSession {
  readonly session: WebGpuSession;
  readonly runs: readonly RunData[];
}

/** @throws EngineLostError when the device has not so much memory */
async function makeSessions(
  device: GPUDevice,
  kernels: Kernels,
  spec: ModelSpec,
  runs: readonly RunData[],
): Promise<MadeSession[]> {
  const made: MadeSession[] = [];
  device.pushErrorScope('out-of-memory');
  let error;
  try {
    for (const together of divideRuns(device, kernels, spec, runs)) {
      made.push({ session: new WebGpuSession(device, kernels, spec, together), runs: together });
    }
  } finally {
    error = await device.popErrorScope();
  }
  if (error === null) return made;
  for (const { session } of made) session.dispose();
  throw tooLarge(made.reduce((sum, { session }) => sum + session.bytes, 0));
}
