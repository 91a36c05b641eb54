/** Trains in the page's own worker, on WebGPU in a headless Chromium. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer';
import { InputError } from '../src/input-error';
import { readModelFile } from '../src/model/model-file';
import type { EpochRecord } from '../src/training/progress';
import type { RunPlan } from '../src/training/trainer';
import type { Intent } from '../workers/protocol';
import type { FromPage } from './browser/bridge';
import { openOnGpu, servePage, type OpenPage } from './gpu-browser';
import type { OnEpoch, Trained, TrainedEngine } from './trained';

const PAGE = fileURLToPath(new URL('browser/', import.meta.url));

/**
 * @param csv bytes of the plan's data set
 * @throws InputError when WebGPU cannot be had, or the worker refuses the data or the run
 */
export async function trainInBrowser(
  plan: RunPlan,
  csv: Uint8Array,
  onEpoch: OnEpoch,
): Promise<Trained> {
  const site = await servePage(PAGE);
  try {
    const listener = new Listener(onEpoch);
    const { browser, page } = await launch(site.url, listener);
    try {
      return await train(page, listener, plan, csv);
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

async function train(
  page: Page,
  listener: Listener,
  { recipe, set, name, data }: RunPlan,
  csv: Uint8Array,
): Promise<Trained> {
  const send = (intent: Intent): Promise<void> =>
    page.evaluate((intent) => {
      window.toPage.send(intent);
    }, intent);
  const base64 = Buffer.from(csv).toString('base64');
  await listener.until('data-loaded', () =>
    page.evaluate(
      (base64, synthetic) => window.toPage.loadData(base64, synthetic),
      base64,
      data.synthetic,
    ),
  );
  await listener.until('engine', () => send({ type: 'choose-engine', choice: 'webgpu' }));
  await listener.until('done', () =>
    send({ type: 'start', words: [...set.words], recipe, name, paused: false }),
  );
  await listener.until('file', () => send({ type: 'export', what: 'model' }));
  return listener.trained();
}

/** Hears what the page tells, and keeps what the result is made of. */
class Listener {
  readonly #onEpoch: OnEpoch;
  #awaited: { event: string; resolve: () => void; reject: (error: Error) => void } | null = null;
  #engine: TrainedEngine | null = null;
  #history: EpochRecord[] = [];
  #steps = 0;
  #seconds = 0;
  #file: Uint8Array | null = null;

  constructor(onEpoch: OnEpoch) {
    this.#onEpoch = onEpoch;
  }

  /** Does what brings the event about, and waits for it: a message's type, or a phase. */
  async until(event: string, act: () => Promise<void>): Promise<void> {
    const happened = new Promise<void>((resolve, reject) => {
      this.#awaited = { event, resolve, reject };
    });
    await Promise.all([happened, act()]);
  }

  hear(message: FromPage): void {
    switch (message.type) {
      case 'engine': {
        const { name, device, reason } = message;
        this.#engine = { name, device, reason };
        console.error(reason);
        break;
      }
      case 'epoch': {
        const { record, steps, seconds } = message;
        // An engine that was lost goes back to its last checkpoint.
        this.#history = [...this.#history.slice(0, record.epoch - 1), record];
        this.#steps += steps;
        this.#seconds += seconds;
        this.#onEpoch(record, seconds);
        break;
      }
      case 'file':
        this.#file = Buffer.from(message.base64, 'base64');
        break;
      case 'refused':
        this.fail(new InputError(message.reason));
        break;
      case 'trouble':
        if (message.fatal) this.fail(new Error(message.reason));
        else console.error(message.reason);
        break;
    }
    const event = message.type === 'phase' ? message.phase : message.type;
    if (this.#awaited?.event === event) this.#awaited.resolve();
  }

  fail(error: Error): void {
    this.#awaited?.reject(error);
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

/** @throws InputError where WebGPU offers no adapter */
async function launch(url: string, listener: Listener): Promise<OpenPage> {
  const opened = await openOnGpu(url, async (page) => {
    page.on('error', (error) => {
      listener.fail(error);
    });
    await page.exposeFunction('fromPage', (message: FromPage) => {
      listener.hear(message);
    });
  });
  if (opened.hasGpu) return opened;
  await opened.browser.close();
  throw new InputError('WebGPU cannot be used: Chromium offers no adapter here.');
}
