/** Opens the page of the fused engine. */
import type { BrowserContext, Page } from 'puppeteer';
import type { Engine, EpochPlan, EpochResult } from '../../../src/engines/engine';
import type { ProfileName } from '../../../src/engines/webgpu/profiles';
import { Lab } from '../lab';
import type { PackedResult } from './page';
import { pack, packExamples, packState, unpack, unpackState, type Packed } from './packed';

export class FusedSite {
  readonly #lab: Lab;
  readonly #context: BrowserContext;

  private constructor(lab: Lab, context: BrowserContext) {
    this.#lab = lab;
    this.#context = context;
  }

  static async open(): Promise<FusedSite> {
    const lab = await Lab.open('fused');
    return new FusedSite(lab, await lab.newContext());
  }

  /** A fresh page with a device of its own, for engines of one profile. */
  async newDevice(profile: ProfileName): Promise<FusedDevice> {
    return new FusedDevice(await this.#lab.openPage(this.#context), profile);
  }

  close(): Promise<void> {
    return this.#lab.close();
  }
}

/**
 * A GPU device in a page. Its engines share what is compiled for it, of which each part takes seconds
 * where the GPU is a program.
 */
export class FusedDevice {
  readonly page: Page;
  readonly #profile: ProfileName;

  constructor(page: Page, profile: ProfileName) {
    this.page = page;
    this.#profile = profile;
  }

  /** An engine that trains without others. */
  async start(): Promise<RemoteEngine> {
    const [engine] = await this.startGroup(1);
    if (engine === undefined) throw new Error('There is no engine.');
    return engine;
  }

  /** Engines that train at once. */
  async startGroup(count: number): Promise<RemoteEngine[]> {
    const { first, name } = await this.page.evaluate(
      (...given) => window.fused.start(...given),
      this.#profile,
      count,
    );
    const description = { name, device: this.#profile };
    return Array.from(
      { length: count },
      (_, i) => new RemoteEngine(this.page, first + i, description),
    );
  }

  /** Does something while engines are loaded as if a buffer could have no more bytes than that. */
  async withBuffersOf<T>(most: number, work: () => Promise<T>): Promise<T> {
    const limit = (bytes: number | null): Promise<void> =>
      this.page.evaluate((it) => {
        window.fused.limitBuffers(it);
      }, bytes);
    await limit(most);
    try {
      return await work();
    } finally {
      await limit(null);
    }
  }

  /** Takes the device away, for good. */
  lose(): Promise<void> {
    return this.page.evaluate(() => {
      window.fused.lose();
    });
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
    const { latents, reconstruction, contrastive, kl, total } = await this.timedEpoch(plan);
    return { reconstruction, contrastive, kl, total, latents: unpack(latents) };
  }

  timedEpoch({ order, ...rest }: EpochPlan): Promise<PackedResult> {
    return this.page.evaluate(
      (...given) => window.fused.trainEpoch(...given),
      this.#number,
      Array.from(order),
      rest,
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
    this.page
      .evaluate((number) => {
        window.fused.dispose(number);
      }, this.#number)
      // Nobody waits for this, so the page may be closed before it answers: the engine is gone then.
      .catch(() => undefined);
  }
}
