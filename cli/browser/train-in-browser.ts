/** Trains in the page's own worker, on WebGPU in a headless Chromium. */
import { readModelFile } from '../../src/model/model-file';
import type { EpochRecord } from '../../src/training/progress';
import type { RunPlan } from '../../src/training/run-plan';
import type { FromPage } from './bridge';
import type { Trained, TrainedEngine, TrainingListener } from '../commands/trained';
import { PageListener, withTrainingPage } from './training-page';

/**
 * @param csv bytes of the plan's data set
 * @throws InputError when WebGPU cannot be had, or the worker refuses the data or the run
 */
export async function trainInBrowser(
  { recipe, set, name, data }: RunPlan,
  csv: Uint8Array,
  training: TrainingListener,
): Promise<Trained> {
  const listener = new Listener(training);
  await withTrainingPage(listener, csv, data, async (send) => {
    await listener.until('done', () =>
      send({ type: 'start', words: [...set.words], recipe, name, paused: false }),
    );
    await listener.until('file', () => send({ type: 'export', what: 'model' }));
  });
  return listener.trained();
}

/** Keeps what the result is made of. */
class Listener extends PageListener {
  readonly #training: TrainingListener;
  #engine: TrainedEngine | null = null;
  #history: EpochRecord[] = [];
  #steps = 0;
  #seconds = 0;
  #file: Uint8Array | null = null;

  constructor(training: TrainingListener) {
    super(training.note);
    this.#training = training;
  }

  override handle(message: FromPage): void {
    switch (message.type) {
      case 'engine': {
        const { name, device, reason } = message;
        this.#engine = { name, device, reason };
        this.#training.note(reason);
        break;
      }
      case 'epoch': {
        const { record, steps, seconds } = message;
        // An engine that was lost goes back to its last checkpoint.
        this.#history = [...this.#history.slice(0, record.epoch - 1), record];
        this.#steps += steps;
        this.#seconds += seconds;
        this.#training.onEpoch(record, seconds);
        break;
      }
      case 'file':
        this.#file = Buffer.from(message.base64, 'base64');
        break;
    }
    super.handle(message);
  }

  trained(): Trained {
    if (this.#engine === null || this.#file === null) throw new Error('The worker gave no model.');
    return {
      model: readModelFile(this.#file),
      engine: this.#engine,
      history: this.#history,
      steps: this.#steps,
      seconds: this.#seconds,
    };
  }
}
