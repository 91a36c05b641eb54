/** The timeline of the run that is open: it grows as the run trains, is shown, and is kept with it. */
import { InputError } from '../../src/base/input-error';
import type { Scoreboard } from '../../src/model/model';
import {
  mostFrames,
  timelineEpochs,
  until,
  withFrame,
  withScoreboard,
  type Timeline,
} from '../../src/timeline/timeline';
import { packToFit } from '../../src/timeline/timeline-file';
import type { RunPlan } from '../../src/training/run-plan';
import type { Run } from '../../src/training/run';
import type { Emit } from './emit';

export class RunTimeline {
  readonly #emit: Emit;
  readonly #most: number;
  /** Epochs after which a frame is taken. */
  readonly #planned: ReadonlySet<number>;
  #timeline: Timeline;
  /** The timeline that was packed last, and its file. */
  #packed: { readonly of: Timeline; readonly file: Uint8Array | null } | null = null;

  /** @param kept what is known of the run's earlier epochs */
  constructor({ recipe, set }: Pick<RunPlan, 'recipe' | 'set'>, kept: Timeline, emit: Emit) {
    this.#emit = emit;
    this.#most = mostFrames(set.rows.length, set.words.length);
    this.#planned = new Set(timelineEpochs(recipe.epochs, this.#most));
    this.#timeline = kept;
  }

  /** Tells the page all of it, up to an epoch: what came after went down with an engine. */
  announce(epoch: number): void {
    this.#timeline = until(this.#timeline, epoch);
    emitTimeline(this.#emit, this.#timeline);
  }

  /** Takes a frame of the newest epoch where one is planned and not taken yet. */
  async follow(run: Run): Promise<void> {
    const epoch = run.history.length;
    const { frames } = this.#timeline;
    if (!this.#planned.has(epoch) || (frames.at(-1)?.epoch ?? -1) >= epoch) return;
    const frame = await run.snapshot();
    this.#timeline = { ...this.#timeline, frames: withFrame(frames, frame, this.#most) };
    emitTimeline(this.#emit, { frames: [frame], scoreboards: [] });
  }

  /** Takes figures up, unless they are known. */
  note(scoreboard: Scoreboard | null): void {
    const before = this.#timeline.scoreboards;
    const scoreboards = withScoreboard(before, scoreboard);
    if (scoreboard === null || scoreboards === before) return;
    this.#timeline = { ...this.#timeline, scoreboards };
    emitTimeline(this.#emit, { frames: [], scoreboards: [scoreboard] });
  }

  /** Its file; null where there is nothing that could be kept. */
  async packed(): Promise<Uint8Array | null> {
    const of = this.#timeline;
    if (this.#packed?.of !== of) this.#packed = { of, file: await packedOrNot(of) };
    return this.#packed.file;
  }
}

/** Tells the page of frames and figures, in buffers of its own. */
export function emitTimeline(emit: Emit, { frames, scoreboards }: Timeline): void {
  if (frames.length === 0 && scoreboards.length === 0) return;
  const copies = frames.map(({ epoch, points, settings }) => ({
    epoch,
    points: points.slice(),
    settings: settings?.slice() ?? null,
  }));
  const arrays = copies.flatMap(({ points, settings }) =>
    settings === null ? [points] : [points, settings],
  );
  emit(
    { type: 'timeline', frames: copies, scoreboards: [...scoreboards] },
    arrays.map(({ buffer }) => buffer),
  );
}

/** A model that has gone astray may be too far away for any map: the run is kept without one. */
async function packedOrNot(timeline: Timeline): Promise<Uint8Array | null> {
  try {
    return await packToFit(timeline);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
