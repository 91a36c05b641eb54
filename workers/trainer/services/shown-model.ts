/** The model that the page shows, and that is exported and shared. */
import { placeWords, wantsPlaces } from '../../../src/analysis/place-words';
import { InputError } from '../../../src/base/input-error';
import type { SafeData } from '../../../src/data/rows';
import { PARAMETER_COUNT } from '../../../src/eq/parameters';
import { mapApart } from '../../../src/explore/apart-map';
import { wordPull } from '../../../src/explore/draw-apart';
import { encodeSettings } from '../../../src/model/encode-settings';
import type { Model } from '../../../src/model/model';
import { dataAsTrained } from '../../../src/training/rows/as-chosen';
import { copyOfMap } from '../copy-map';
import { rowsFor, type KnownRows } from '../../../src/ready/known-rows';
import type { Emit } from '../emit';
import type { CommandOf, EventOf } from '../messages';
import { mapRows, type MapRows } from '../map-rows';
import { renamed } from '../saved-run';
import type { DataService } from './data-service';

type Source = EventOf<'model'>['source'];

/** What comes from outside the tab. */
type OpenedSource = Exclude<Source, 'training' | 'run'>;

interface Shown {
  readonly source: Source;
  readonly model: Model;
  /** What its map is of; not in what is exported and shared. */
  readonly rows: MapRows | null;
  /** Of the run it comes from; null for files and links. */
  readonly runId: string | null;
}

export class ShownModel {
  readonly #emit: Emit;
  readonly #data: DataService;
  #shown: Shown | null = null;
  /** The rows that the page has. */
  #sentRows: MapRows | null = null;
  /** Latents of the rows of the map that is shown, [rows, latent], once they were needed. */
  #latents: Float32Array | null = null;

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

  /** Tells one model from another: a run's stays the same while it learns. */
  get subject(): string | Model | null {
    return this.#shown?.runId ?? this.#shown?.model ?? null;
  }

  /** Shows what a run in training has learnt so far. */
  showTraining(model: Model, rows: MapRows, runId: string | null): void {
    this.#show({ source: 'training', model, rows, runId });
  }

  /** Shows a model that comes from outside. */
  showOpened(source: OpenedSource, model: Model): void {
    this.#show(this.#withRows(source, this.#placed(model), null));
  }

  /** Takes up a model that the page shows already. */
  takeUp(source: OpenedSource, model: Model): void {
    this.#shown = this.#withRows(source, this.#placed(model), null);
    this.#latents = null;
  }

  showSaved(model: Model, runId: string): void {
    this.#show(this.#withRows('run', model, runId));
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
    const { source, model, rows, runId } = this.#shown;
    const after = this.#withRows(source, this.#placed(model), runId);
    const learnt = runId === null && rows === null && after.rows !== null;
    if (learnt || wantsPlaces(model)) this.#show(after);
  }

  /** The loaded data; null where there are none. */
  get data(): SafeData | null {
    return this.#data.current;
  }

  /** What the loaded data tell of the shown model; see {@link rowsFor}. */
  async knownRows(): Promise<KnownRows> {
    if (this.#shown?.source === 'ready-made') {
      return { ...(await rowsFor(this.model, this.#data.current)), trainedOn: [] };
    }
    return await rowsFor(this.model, this.#data.current);
  }

  rename(runId: string, name: string): void {
    if (this.#shown?.runId !== runId) return;
    this.#shown = { ...this.#shown, model: renamed(this.#shown.model, name) };
  }

  /**
   * Draws the map with the words apart, or as it is again. Model and places stay what they are.
   *
   * @throws InputError where the model has no word head, or the rows of its map are not here
   */
  drawApart({ amount }: CommandOf<'draw-apart'>): void {
    const { map } = this.model;
    const pull = wordPull(this.model, amount);
    if (pull === null) {
      throw new InputError(
        'The words of this model cannot be drawn apart: it has no word head. Train one by a recipe that has, such as Warmbright.',
      );
    }
    const latents = this.#mapLatents();
    if (map === null || latents === null) {
      throw new InputError(
        'The words cannot be drawn apart without the rows of the map: load the data set that the model was trained on.',
      );
    }
    if (amount === 0) {
      this.#emit({ type: 'map-drawn', apart: null });
      return;
    }
    const apart = mapApart(map, latents, pull);
    const arrays = [apart.points, apart.origin, apart.axes];
    this.#emit(
      { type: 'map-drawn', apart },
      arrays.map(({ buffer }) => buffer),
    );
  }

  #mapLatents(): Float32Array | null {
    const { model, rows } = this.#shown ?? {};
    if (model === undefined || rows == null) return null;
    const { settings } = rows;
    this.#latents ??= encodeSettings(
      model,
      Array.from({ length: settings.length / PARAMETER_COUNT }, (_, row) => [
        ...settings.subarray(row * PARAMETER_COUNT, (row + 1) * PARAMETER_COUNT),
      ]),
    );
    return this.#latents;
  }

  /** A model whose file does not say where its words lie gets that from the loaded data. */
  #placed(model: Model): Model {
    const data = this.#data.current;
    if (!wantsPlaces(model) || data === null) return model;
    return placeWords(model, dataAsTrained(model.document, data));
  }

  #withRows(source: Source, model: Model, runId: string | null): Shown {
    return { source, model, rows: mapRows(model, this.#data.current), runId };
  }

  /** The page gets copies of the arrays. */
  #show(shown: Shown): void {
    this.#shown = shown;
    this.#latents = null;
    const { source, model } = shown;
    const weights = model.weights.slice();
    const map = model.map === null ? null : copyOfMap(model.map);
    // A hundred thousand rows are six megabytes, many times a second.
    const same = shown.rows !== null && shown.rows === this.#sentRows;
    this.#sentRows = shown.rows;
    const sent = same ? null : shown.rows;
    const settings = sent?.settings.slice() ?? null;
    const contributors = sent?.contributors.slice() ?? null;
    const arrays = [
      weights,
      ...[settings, contributors].filter((array) => array !== null),
      ...(map === null ? [] : Object.values(map)),
    ];
    const { document } = model;
    const rows = { settings, contributors, ...(same && { sameRows: true as const }) };
    this.#emit(
      { type: 'model', source, document, weights, map, ...rows },
      arrays.map(({ buffer }) => buffer),
    );
  }
}
