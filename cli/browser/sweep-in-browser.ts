/** Trains a sweep in the page's own worker, on WebGPU in a headless Chromium. */
import { InputError } from '../../src/base/input-error';
import type { Recipe } from '../../src/recipe/recipe';
import type { Variation } from '../../src/training/sweep/sweep';
import type { RunPlan } from '../../src/training/run-plan';
import type { FromPage } from './bridge';
import type { SweepListener } from '../commands/sweep-listener';
import { PageListener, withTrainingPage } from './training-page';

export interface BrowserSweep {
  readonly recipe: Recipe;
  readonly vary: Variation;
  readonly words: readonly string[];
  readonly data: RunPlan['data'];
}

/**
 * @param csv bytes of the data set
 * @throws InputError when WebGPU cannot be had, or the worker refuses the data or the sweep
 */
export async function sweepInBrowser(
  { recipe, vary, words, data }: BrowserSweep,
  csv: Uint8Array,
  sweep: SweepListener,
): Promise<void> {
  const listener = new Listener(sweep);
  await withTrainingPage(listener, csv, data, async (send) => {
    await listener.until('sweep-ended', () =>
      send({ type: 'start-sweep', words: [...words], recipe, vary }),
    );
    // The page has saved the runs that finished; one after the other is shown and fetched.
    for (const { run, id } of listener.finished) {
      await listener.until('model', () => send({ type: 'open-run', id }));
      await listener.until('file', () => send({ type: 'export', what: 'model' }));
      sweep.emit({ type: 'finished', run, file: listener.file });
    }
  });
}

class Listener extends PageListener {
  readonly #listener: SweepListener;
  readonly finished: { run: number; id: string }[] = [];
  /** The last one fetched. */
  file: Uint8Array<ArrayBuffer> = new Uint8Array();

  constructor(listener: SweepListener) {
    super(listener.note);
    this.#listener = listener;
  }

  override handle(message: FromPage): void {
    const { emit, emitEngine } = this.#listener;
    switch (message.type) {
      case 'sweep-engine':
        emitEngine(message.reason);
        break;
      case 'sweep-epochs':
        for (const { run, record } of message.epochs) emit({ type: 'epoch', run, record });
        break;
      case 'sweep-failed':
        emit({ type: 'failed', run: message.run, reason: message.reason });
        break;
      case 'sweep-run':
        if (message.id === null) this.fail(new InputError('The browser could not keep a run.'));
        else this.finished.push({ run: message.run, id: message.id });
        break;
      case 'file':
        this.file = new Uint8Array(Buffer.from(message.base64, 'base64'));
        break;
    }
    super.handle(message);
  }
}
