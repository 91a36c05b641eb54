/** Trains in this process. */
import { createEngine } from '../../src/engines/create-engine';
import type { EngineChoice } from '../../src/engines/engine-choice';
import type { RunPlan } from '../../src/training/run-plan';
import { prepareRun } from '../../src/training/trainer';
import { fusedWasmHost } from '../threads/fused-wasm-host';
import type { Trained, TrainingListener } from './trained';

/**
 * @param threads how many share the work where the engine can share it
 * @throws InputError when the engine cannot be had here, or the run cannot go on
 */
export async function trainInNode(
  plan: RunPlan,
  choice: EngineChoice,
  threads: number,
  { onEpoch, note }: TrainingListener,
): Promise<Trained> {
  const { engine, reason } = await createEngine(choice, {
    fusedWasm: await fusedWasmHost(threads),
  });
  note(reason);
  try {
    const run = await prepareRun(plan, engine);
    let steps = 0;
    let seconds = 0;
    while (!run.finished) {
      const epoch = await run.nextEpoch();
      steps += epoch.steps;
      seconds += epoch.seconds;
      onEpoch(epoch.record, epoch.seconds);
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
