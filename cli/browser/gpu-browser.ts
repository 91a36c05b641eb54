/** A page of the project's own in a headless Chromium, on a graphics card where one answers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { build, preview } from 'vite';
import { findChromium } from '../../scripts/find-chromium.mjs';

/** Longest a call into a page may take, in milliseconds. */
const LONGEST_CALL = 600_000;

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Builds a page into a temporary folder, apart from the one people see, and serves it.
 *
 * @param root    the folder of its index.html
 * @param headers sent with every file
 */
export async function servePage(
  root: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  const outDir = mkdtempSync(join(tmpdir(), 'warmbright-page-'));
  const remove = (): void => {
    rmSync(outDir, { recursive: true, force: true });
  };
  try {
    const common = { configFile: false, root, logLevel: 'error' } as const;
    await build({ ...common, build: { outDir, target: 'es2022' }, worker: { format: 'es' } });
    const server = await preview({
      ...common,
      build: { outDir },
      preview: { host: '127.0.0.1', headers: { ...headers } },
    });
    const [url] = server.resolvedUrls?.local ?? [];
    if (url === undefined) throw new Error('The page cannot be served.');
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

export interface OpenPage {
  readonly browser: Browser;
  readonly page: Page;
  /** Whether WebGPU offers an adapter, of whatever kind. */
  readonly hasGpu: boolean;
}

/**
 * A Chromium with the page open: on a graphics card where one answers, else on the processor.
 *
 * @param prepare called before the page is opened
 */
export async function openOnGpu(
  url: string,
  prepare: (page: Page) => Promise<void>,
): Promise<OpenPage> {
  const { path, args } = await findChromium();
  const onCard = args.filter((arg) => !arg.startsWith('--use-webgpu-adapter='));
  const opened = await open(path, [...onCard, '--enable-features=Vulkan'], url, prepare);
  if (opened.hasGpu) return opened;
  await opened.browser.close();
  return open(path, args, url, prepare);
}

async function open(
  path: string,
  args: string[],
  url: string,
  prepare: (page: Page) => Promise<void>,
): Promise<OpenPage> {
  const browser = await puppeteer.launch({
    executablePath: path,
    args,
    protocolTimeout: LONGEST_CALL,
  });
  try {
    const page = await browser.newPage();
    await prepare(page);
    await page.goto(url);
    const hasGpu = await page.evaluate(
      async () => 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null,
    );
    return { browser, page, hasGpu };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
