/** The training worker in a headless Chromium, and a page without a face to speak to it. */
import { fileURLToPath } from 'node:url';
import { InputError } from '../../src/base/input-error';
import type { RunPlan } from '../../src/training/run-plan';
import type { Command } from '../../workers/trainer/messages';
import type { FromPage } from './bridge';
import { openOnGpu, servePage, type OpenPage } from './gpu-browser';

const PAGE = fileURLToPath(new URL('./', import.meta.url));

/** Hears what the page tells: what keeps its results overrides `hear`. */
export class PageListener {
  readonly #note: (sentence: string) => void;
  #awaited: { event: string; resolve: () => void; reject: (error: Error) => void } | null = null;

  /** @param note called with what is wrong where the work goes on all the same */
  constructor(note: (sentence: string) => void) {
    this.#note = note;
  }

  /** Does what brings the event about, and waits for it: a message's type, or a phase. */
  async until(event: string, act: () => Promise<void>): Promise<void> {
    const happened = new Promise<void>((resolve, reject) => {
      this.#awaited = { event, resolve, reject };
    });
    await Promise.all([happened, act()]);
  }

  handle(message: FromPage): void {
    if (message.type === 'refused') this.fail(new InputError(message.reason));
    if (message.type === 'trouble') {
      if (message.fatal) this.fail(new Error(message.reason));
      else this.#note(message.reason);
    }
    const event = message.type === 'phase' ? message.phase : message.type;
    if (this.#awaited?.event === event) this.#awaited.resolve();
  }

  fail(error: Error): void {
    this.#awaited?.reject(error);
  }
}

/**
 * Opens the page, lets it read the data and choose WebGPU, and closes it after the work.
 *
 * @param csv bytes of the data set
 * @throws InputError when WebGPU cannot be had, or the worker refuses the data
 */
export async function withTrainingPage(
  listener: PageListener,
  csv: Uint8Array,
  { synthetic, reading }: RunPlan['data'],
  work: (send: (command: Command) => Promise<void>) => Promise<void>,
): Promise<void> {
  const site = await servePage(PAGE);
  try {
    const { browser, page } = await launch(site.url, listener);
    try {
      const send = (command: Command): Promise<void> =>
        page.evaluate((command) => {
          window.toPage.send(command);
        }, command);
      const base64 = Buffer.from(csv).toString('base64');
      await listener.until('data-loaded', () =>
        page.evaluate(
          (base64, synthetic, choices) => window.toPage.loadData(base64, synthetic, choices),
          base64,
          synthetic,
          reading?.choices ?? {},
        ),
      );
      await listener.until('engine', () => send({ type: 'choose-engine', choice: 'webgpu' }));
      await work(send);
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/** @throws InputError where WebGPU offers no adapter */
async function launch(url: string, listener: PageListener): Promise<OpenPage> {
  const opened = await openOnGpu(url, async (page) => {
    page.on('error', (error) => {
      listener.fail(error);
    });
    await page.exposeFunction('fromPage', (message: FromPage) => {
      listener.handle(message);
    });
  });
  if (opened.hasGpu) return opened;
  await opened.browser.close();
  throw new InputError('WebGPU cannot be used: Chromium offers no adapter here.');
}
