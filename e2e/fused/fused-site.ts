/** Builds and serves the page of the fused engine, and opens it in a browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { build, preview, type PreviewServer } from 'vite';
import { findChromium } from '../../scripts/find-chromium.mjs';
import type { Engine, EpochPlan, EpochResult } from '../../src/engines/engine';
import type { ProfileName } from '../../src/engines/fused/webgpu/profiles';
import type { PackedResult } from './page';
import { pack, packExamples, packState, unpack, unpackState, type Packed } from './packed';

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
    const [engine] = await this.startGroup(profile, 1);
    if (engine === undefined) throw new Error('There is no engine.');
    return engine;
  }

  /**
   * A fresh page with engines that train at once.
   *
   * @param most bytes that a buffer may have, where it is to be less than the device's own limit
   */
  async startGroup(
    profile: ProfileName,
    count: number,
    most: number | null = null,
  ): Promise<RemoteEngine[]> {
    const page = await this.#browser.newPage();
    await page.goto(this.#server.resolvedUrls?.local[0] ?? '');
    const name = await page.evaluate(
      (...given) => window.fused.start(...given),
      profile,
      count,
      most,
    );
    return Array.from(
      { length: count },
      (_, number) => new RemoteEngine(page, number, { name, device: profile }),
    );
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
  readonly #number: number;

  constructor(page: Page, number: number, description: Engine['description']) {
    this.page = page;
    this.#number = number;
    this.description = description;
  }

  async load(
    ...[spec, state, examples, settings, watched = new Float32Array(0)]: Parameters<Engine['load']>
  ): Promise<void> {
    await this.page.evaluate(
      (...given) => window.fused.load(...given),
      this.#number,
      spec,
      packState(state),
      packExamples(examples),
      settings,
      pack(watched),
    );
  }

  async trainEpoch(plan: EpochPlan): Promise<EpochResult> {
    const { reconstruction, contrastive, total, latents } = await this.timedEpoch(plan);
    return { reconstruction, contrastive, total, latents: unpack(latents) };
  }

  timedEpoch({ order, learningRate, contrastiveWeight }: EpochPlan): Promise<PackedResult> {
    return this.page.evaluate(
      (...given) => window.fused.trainEpoch(...given),
      this.#number,
      Array.from(order),
      learningRate,
      contrastiveWeight,
    );
  }

  async encode(inputs: Float32Array): Promise<Float32Array> {
    const encode = (number: number, it: Packed): Promise<Packed> => window.fused.encode(number, it);
    return unpack(await this.page.evaluate(encode, this.#number, pack(inputs)));
  }

  async decode(latents: Float32Array): Promise<Float32Array> {
    const decode = (number: number, it: Packed): Promise<Packed> => window.fused.decode(number, it);
    return unpack(await this.page.evaluate(decode, this.#number, pack(latents)));
  }

  async state(): ReturnType<Engine['state']> {
    return unpackState(
      await this.page.evaluate((number) => window.fused.state(number), this.#number),
    );
  }

  /** Takes it out of its group; its page goes with the browser. */
  dispose(): void {
    void this.page.evaluate((number) => {
      window.fused.dispose(number);
    }, this.#number);
  }
}
