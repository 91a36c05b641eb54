/** The model that the page shows, and that is exported and shared. */
import { placeWords, wantsPlaces } from '../../../src/analysis/place-words';
import { InputError } from '../../../src/base/input-error';
import type { Model } from '../../../src/model/model';
import { dataAsTrained } from '../../../src/training/rows/as-chosen';
import { copyOfMap } from '../copy-map';
import type { Emit } from '../emit';
import type { EventOf } from '../messages';
import { mapSettings } from '../row-settings';
import { renamed } from '../saved-run';
import type { DataService } from './data-service';

type Source = EventOf<'model'>['source'];

/** What comes from outside the tab. */
type OpenedSource = Exclude<Source, 'training' | 'run'>;

interface Shown {
  readonly source: Source;
  readonly model: Model;
  /** What people set, row by row of the map; not in what is exported and shared. */
  readonly settings: Float32Array | null;
  /** Of the run it comes from; null for files and links. */
  readonly runId: string | null;
}

export class ShownModel {
  readonly #emit: Emit;
  readonly #data: DataService;
  #shown: Shown | null = null;

  constructor(emit: Emit, data: DataService) {
    this.#emit = emit;
    this.#data = data;
  }

  /** Whether a model is shown. */
  get any(): boolean {
    return this.#shown !== null;
  }

  /** @throws InputError where there is none */
  get model(): Model {
    if (this.#shown === null) throw new InputError('There is no model yet: train or open one.');
    return this.#shown.model;
  }

  /** Shows what a run in training has learnt so far. */
  showTraining(model: Model, settings: Float32Array, runId: string | null): void {
    this.#show({ source: 'training', model, settings, runId });
  }

  /** Shows a model that comes from outside. */
  showOpened(source: OpenedSource, model: Model): void {
    this.#show(this.#withSettings(source, this.#placed(model), null));
  }

  showSaved(model: Model, runId: string): void {
    this.#show(this.#withSettings('run', model, runId));
  }

  /** Shows a run's model again, if that is what is shown. */
  showAgain(runId: string): void {
    if (this.#shown?.runId === runId) this.#show({ ...this.#shown, source: 'run' });
  }

  /**
   * Shows an opened model again where the data set that is now loaded says more of it: where its
   * words lie, or what its rows' settings are.
   */
  dataLoaded(): void {
    if (this.#shown === null) return;
    const { source, model, settings, runId } = this.#shown;
    const after = this.#withSettings(source, this.#placed(model), runId);
    const learnt = runId === null && settings === null && after.settings !== null;
    if (learnt || wantsPlaces(model)) this.#show(after);
  }

  rename(runId: string, name: string): void {
    if (this.#shown?.runId !== runId) return;
    this.#shown = { ...this.#shown, model: renamed(this.#shown.model, name) };
  }

  /** A model whose file does not say where its words lie gets that from the loaded data. */
  #placed(model: Model): Model {
    const data = this.#data.current;
    if (!wantsPlaces(model) || data === null) return model;
    return placeWords(model, dataAsTrained(model.document, data));
  }

  #withSettings(source: Source, model: Model, runId: string | null): Shown {
    return { source, model, settings: mapSettings(model, this.#data.current), runId };
  }

  /** The page gets copies of the arrays. */
  #show(shown: Shown): void {
    this.#shown = shown;
    const { source, model } = shown;
    const weights = model.weights.slice();
    const map = model.map === null ? null : copyOfMap(model.map);
    const settings = shown.settings?.slice() ?? null;
    const arrays = [
      weights,
      ...(settings === null ? [] : [settings]),
      ...(map === null ? [] : Object.values(map)),
    ];
    this.#emit(
      { type: 'model', source, document: model.document, weights, map, settings },
      arrays.map(({ buffer }) => buffer),
    );
  }
}
