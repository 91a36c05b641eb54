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
    const page = await this.#lab.openPage(this.#context);
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

  close(): Promise<void> {
    return this.#lab.close();
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
    void this.page.evaluate((number) => {
      window.fused.dispose(number);
    }, this.#number);
  }
}
