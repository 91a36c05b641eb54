/** Trains in this process. */
import { setImmediate } from 'node:timers/promises';
import { createEngine } from '../../src/engines/create-engine';
import type { EngineChoice } from '../../src/engines/engine-choice';
import type { TrainingCheckpoint } from '../../src/training/progress';
import type { RunPlan } from '../../src/training/run-plan';
import { prepareRun } from '../../src/training/prepare-run';
import type { Run } from '../../src/training/run';
import { Throttle } from '../../workers/shared/throttle';
import { fusedWasmHost } from '../threads/fused-wasm-host';
import type { Trained, TrainingListener } from './trained';

/** What lets a run be interrupted, gone on with and watched; left out: it is not. */
export interface Continuation {
  /** Where to go on from; null: from the start. */
  readonly from?: TrainingCheckpoint | null;
  /** Keeps a checkpoint, in place of the one before. */
  readonly keep?: (checkpoint: TrainingCheckpoint) => Promise<void>;
  /** Asks to end, after the epoch that is being trained and a checkpoint. */
  readonly asked?: AbortSignal;
  /** Looks at the run before its first epoch and after each; training waits for it. */
  readonly watch?: (run: Run) => Promise<void>;
}

/** The run was asked to end before its last epoch; its checkpoint is kept. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * @param threads how many share the work where the engine can share it
 * @throws InputError when the engine cannot be had here, or the run cannot go on
 * @throws Interrupted when it was asked to end
 */
export async function trainInNode(
  plan: RunPlan,
  choice: EngineChoice,
  threads: number,
  { onEpoch, note }: TrainingListener,
  { from = null, keep, asked, watch }: Continuation = {},
): Promise<Trained> {
  const { engine, reason } = await createEngine(choice, {
    fusedWasm: await fusedWasmHost(threads),
  });
  note(reason);
  const before = from?.model.document.run?.engine ?? engine.description.name;
  if (before !== engine.description.name) {
    note(`Until now ${before} trained this run, so its numbers may differ by rounding.`);
  }
  try {
    const run = await prepareRun(plan, engine, from);
    const keepNow = async (): Promise<void> => {
      await keep?.({ model: await run.frame('last'), progress: await run.progress() });
    };
    const throttle = new Throttle(2000, 10);
    const betweenEpochs = async (): Promise<void> => {
      // Lets signals in, which would wait for as long as there are epochs otherwise.
      await setImmediate();
      if (asked?.aborted === true) {
        await keepNow();
        throw new Interrupted(`The run ended after epoch ${String(run.history.length)}.`);
      }
      if (keep !== undefined) await throttle.attempt(keepNow);
    };
    await watch?.(run);
    let steps = 0;
    let seconds = 0;
    while (!run.finished) {
      if (steps > 0) await betweenEpochs();
      const epoch = await run.nextEpoch();
      steps += epoch.steps;
      seconds += epoch.seconds;
      onEpoch(epoch.record, epoch.seconds);
      await watch?.(run);
    }
    const model = await run.frame();
    return {
      model,
      engine: { ...engine.description, reason },
      history: run.history,
      steps,
      seconds,
    };
  } finally {
    engine.dispose();
  }
}
