/** Builds and serves the page of the fused engine, and opens it in a browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { build, preview, type PreviewServer } from 'vite';
import { findChromium } from '../../scripts/find-chromium.mjs';
import type { EpochLosses } from '../../src/engines/engine';
import type { Engine, EpochPlan } from '../../src/engines/engine';
import type { ProfileName } from '../../src/engines/fused/webgpu/profiles';
import { pack, packExamples, packState, unpack, unpackState } from './packed';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

export class FusedSite {
  readonly #folder: string;
  readonly #server: PreviewServer;
  readonly #browser: Browser;

  private constructor(folder: string, server: PreviewServer, browser: Browser) {
    this.#folder = folder;
    this.#server = server;
    this.#browser = browser;
  }

  static async open(): Promise<FusedSite> {
    const folder = mkdtempSync(join(tmpdir(), 'warmbright-fused-'));
    const common = {
      root: ROOT,
      configFile: false,
      publicDir: false,
      base: './',
      logLevel: 'warn',
    } as const;
    await build({ ...common, build: { outDir: folder, target: 'es2022', emptyOutDir: true } });
    const server = await preview({
      ...common,
      build: { outDir: folder },
      preview: { host: '127.0.0.1', port: 4773 },
    });
    const { path, args } = await findChromium();
    const browser = await puppeteer.launch({
      executablePath: path,
      args,
      protocolTimeout: 300_000,
    });
    return new FusedSite(folder, server, browser);
  }

  /** A fresh page with an engine of its own. */
  async start(profile: ProfileName): Promise<RemoteEngine> {
    const page = await this.#browser.newPage();
    await page.goto(this.#server.resolvedUrls?.local[0] ?? '');
    const name = await page.evaluate((which) => window.fused.start(which), profile);
    return new RemoteEngine(page, { name, device: profile });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** An engine in a page. */
export class RemoteEngine implements Engine {
  readonly page: Page;
  readonly description: Engine['description'];

  constructor(page: Page, description: Engine['description']) {
    this.page = page;
    this.description = description;
  }

  async load(...[spec, state, examples, settings]: Parameters<Engine['load']>): Promise<void> {
    await this.page.evaluate(
      (...given) => window.fused.load(...given),
      spec,
      packState(state),
      packExamples(examples),
      settings,
    );
  }

  async trainEpoch(plan: EpochPlan): Promise<EpochLosses> {
    const { reconstruction, contrastive, kl, total } = await this.timedEpoch(plan);
    return { reconstruction, contrastive, kl, total };
  }

  timedEpoch({ order, ...rest }: EpochPlan): Promise<EpochLosses & { readonly milliseconds: number }> {
    return this.page.evaluate(
      (...given) => window.fused.trainEpoch(...given),
      Array.from(order),
      rest,
    );
  }

  async encode(inputs: Float32Array): Promise<Float32Array> {
    return unpack(await this.page.evaluate((it) => window.fused.encode(it), pack(inputs)));
  }

  async decode(latents: Float32Array): Promise<Float32Array> {
    return unpack(await this.page.evaluate((it) => window.fused.decode(it), pack(latents)));
  }

  async state(): ReturnType<Engine['state']> {
    return unpackState(await this.page.evaluate(() => window.fused.state()));
  }

  dispose(): void {
    void this.page.close();
  }
}
