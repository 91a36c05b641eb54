/** Model files and share links: opened, and made of the model that is shown. */
import type { ModelLink } from '../../../src/model-link/model-link';
import { readingFile } from '../../../src/base/input-error';
import { readModelFile } from '../../../src/model/model-file';
import { openLink } from '../../../src/share/link';
import { macrotask } from '../../shared/macrotask';
import type { Model } from '../../../src/model/model';
import type { Emit } from '../emit';
import type { EngineRoom } from '../engine-room';
import { modelFile, zipFile } from '../export-file';
import type { CommandOf } from '../messages';
import type { DataService } from './data-service';
import type { RunService } from './run-service';
import type { ShownModel } from './shown-model';

interface ModelServices {
  readonly emit: Emit;
  readonly engines: EngineRoom;
  readonly shown: ShownModel;
  readonly runs: RunService;
  readonly data: DataService;
}

export class ModelService {
  readonly #services: ModelServices;
  #linksAsked = 0;

  constructor(services: ModelServices) {
    this.#services = services;
  }

  async openFile({ bytes, name }: CommandOf<'open-model'>): Promise<void> {
    const { openModel } = await import('../../../src/imports/open-model');
    await this.#show('file', await readingFile(name, () => openModel(new Uint8Array(bytes))));
  }

  /** Shows the ready-made model instead of whatever is shown. */
  async showReadyMade({ bytes }: CommandOf<'show-ready-made'>): Promise<void> {
    const { unpackModel } = await import('../../../src/ready/packed-model');
    await this.#show('ready-made', await unpackModel(new Uint8Array(bytes)));
  }

  async openLink({ fragment }: CommandOf<'open-link'>): Promise<void> {
    await this.#show('link', await openLink(fragment));
  }

  /** Opens what a share server gave for a link, as a link that holds all of it. */
  async openShared({ bytes }: CommandOf<'open-shared'>): Promise<void> {
    await this.#show('link', readModelFile(new Uint8Array(bytes)));
  }

  /** Takes up the ready-made model, which the page shows, unless another is shown by now: that came later. */
  async openReadyMade({ bytes }: CommandOf<'open-ready-made'>): Promise<void> {
    const { shown, runs } = this.#services;
    if (shown.any || runs.active) return;
    const { unpackModel } = await import('../../../src/ready/packed-model');
    shown.takeUp('ready-made', await unpackModel(new Uint8Array(bytes)));
  }

  async export({ what }: CommandOf<'export'>): Promise<void> {
    const { emit, engines, shown } = this.#services;
    const { model } = shown;
    if (what === 'tfjs') await engines.engine();
    const file = what === 'model' ? modelFile(model) : await zipFile(model, what, shown.data);
    emit(file, [file.bytes]);
  }

  /** @throws InputError where there is no model, no data, or no row of its words */
  async evaluate(): Promise<void> {
    const { emit, shown, data } = this.#services;
    const { model } = shown;
    const [{ evaluateOn }, { dataAsTrained }] = await Promise.all([
      import('../../../src/training/evaluate-model'),
      import('../../../src/training/rows/as-chosen'),
    ]);
    const { scoreboard, note } = await evaluateOn(
      model,
      dataAsTrained(model.document, data.loaded()),
    );
    emit({ type: 'evaluated', scoreboard, note });
  }

  async makeSharedFile(): Promise<void> {
    const { emit, shown } = this.#services;
    const { model } = shown;
    const [{ sharedFile }, { trainedOn }] = await Promise.all([
      import('../../../src/model-link/shared-file'),
      shown.knownRows(),
    ]);
    const bytes = sharedFile(model, trainedOn).buffer;
    emit({ type: 'shared-file', bytes }, [bytes]);
  }

  /**
   * Takes seconds, and so is done beside other commands. Nothing comes of it where another model has
   * come in place of the one that is shown, or another link is asked for.
   */
  async share({ bits }: CommandOf<'share'>): Promise<void> {
    const { emit, shown } = this.#services;
    const { model, subject } = shown;
    this.#linksAsked++;
    const asked = this.#linksAsked;
    const isWanted = (): boolean => asked === this.#linksAsked && subject === shown.subject;
    try {
      const link = await this.#link(model, bits, async () => {
        await macrotask();
        if (!isWanted()) throw new Error('Nobody wants this link any more.');
      });
      if (isWanted()) emit({ type: 'link', ...link });
    } catch (error) {
      if (isWanted()) throw error;
    }
  }

  async #link(
    model: Model,
    bits: number | undefined,
    pause: () => Promise<void>,
  ): Promise<ModelLink> {
    const { shown } = this.#services;
    const [{ modelLink }, known] = await Promise.all([
      import('../../../src/model-link/model-link'),
      shown.knownRows(),
    ]);
    return modelLink(model, { ...known, ...(bits !== undefined && { bits }), pause });
  }

  async #show(source: 'file' | 'link' | 'ready-made', model: Model): Promise<void> {
    const { emit, shown, runs } = this.#services;
    await runs.close();
    shown.showOpened(source, model);
    emit({ type: 'phase', phase: 'idle' });
  }
}
