/** The training worker in a headless Chromium, and a page without a face to speak to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { build, preview } from 'vite';
import { findChromium } from '../scripts/find-chromium.mjs';
import { InputError } from '../src/input-error';
import type { RunPlan } from '../src/training/trainer';
import type { Intent } from '../workers/protocol';
import type { FromPage } from './browser/bridge';

const PAGE = fileURLToPath(new URL('browser/', import.meta.url));

/** Hears what the page tells: what keeps its results overrides `hear`. */
export class PageListener {
  #awaited: { event: string; resolve: () => void; reject: (error: Error) => void } | null = null;

  /** Does what brings the event about, and waits for it: a message's type, or a phase. */
  async until(event: string, act: () => Promise<void>): Promise<void> {
    const happened = new Promise<void>((resolve, reject) => {
      this.#awaited = { event, resolve, reject };
    });
    await Promise.all([happened, act()]);
  }

  hear(message: FromPage): void {
    if (message.type === 'refused') this.fail(new InputError(message.reason));
    if (message.type === 'trouble') {
      if (message.fatal) this.fail(new Error(message.reason));
      else console.error(message.reason);
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
  { synthetic }: RunPlan['data'],
  work: (send: (intent: Intent) => Promise<void>) => Promise<void>,
): Promise<void> {
  const site = await servePage();
  try {
    const { browser, page } = await launch(site.url, listener);
    try {
      const send = (intent: Intent): Promise<void> =>
        page.evaluate((intent) => {
          window.toPage.send(intent);
        }, intent);
      const base64 = Buffer.from(csv).toString('base64');
      await listener.until('data-loaded', () =>
        page.evaluate(
          (base64, synthetic) => window.toPage.loadData(base64, synthetic),
          base64,
          synthetic,
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

interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the page into a temporary folder, apart from the one people see, and serves it. */
async function servePage(): Promise<Site> {
  const outDir = mkdtempSync(join(tmpdir(), 'warmbright-cli-'));
  const remove = (): void => {
    rmSync(outDir, { recursive: true, force: true });
  };
  try {
    const common = { configFile: false, root: PAGE, logLevel: 'error' } as const;
    await build({ ...common, build: { outDir, target: 'es2022' }, worker: { format: 'es' } });
    const server = await preview({ ...common, build: { outDir }, preview: { host: '127.0.0.1' } });
    const [url] = server.resolvedUrls?.local ?? [];
    if (url === undefined) throw new Error('The training page cannot be served.');
    const close = async (): Promise<void> => {
      await server.close();
      remove();
    };
    return { url, close };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A Chromium with the page open: on a graphics card where one answers, else on the processor. */
async function launch(
  url: string,
  listener: PageListener,
): Promise<{ browser: Browser; page: Page }> {
  const { path, args } = await findChromium();
  const onCard = args.filter((arg) => !arg.startsWith('--use-webgpu-adapter='));
  for (const attempt of [[...onCard, '--enable-features=Vulkan'], args]) {
    const browser = await puppeteer.launch({ executablePath: path, args: attempt });
    try {
      const page = await browser.newPage();
      page.on('error', (error) => {
        listener.fail(error);
      });
      await page.exposeFunction('fromPage', (message: FromPage) => {
        listener.hear(message);
      });
      await page.goto(url);
      if (await page.evaluate(() => window.toPage.hasGpu())) return { browser, page };
    } catch (error) {
      await browser.close();
      throw error;
    }
    await browser.close();
  }
  throw new InputError('WebGPU cannot be used: Chromium offers no adapter here.');
}
