/**
 * Where a run's rows lie: their latents, and the axes of the map that shows them. The axes turn
 * towards the newest epoch's after each epoch, drawn or not, so that the map does not depend on how
 * often it was drawn.
 */
import { fitProjection, type Projection } from '../analysis/projection';
import { rowsWhere } from '../math/pick-rows';
import type { RunPlan } from './run-plan';

/** All rows as they lie after an epoch. */
export interface PlacedRows {
  /** Dropout off, [rows, latent]. */
  readonly latents: Float32Array;
  readonly projection: Projection;
}

/** What a map begins with. */
export interface MapStart {
  /** Latents by the weights that the run begins with, whenever asked; [rows, latent]. */
  readonly firstLatents: () => Promise<Float32Array>;
  /** The map as it was when the run was last saved; null for a new run. */
  readonly projection: Projection | null;
}

export class RunMap {
  readonly #plan: RunPlan;
  readonly #firstLatents: MapStart['firstLatents'];
  /** null before the first epoch that was followed, until they are needed. */
  #latents: Float32Array | null = null;
  /** null until the rows of a new run are placed on its map. */
  #projection: Projection | null;

  constructor(plan: RunPlan, { firstLatents, projection }: MapStart) {
    this.#plan = plan;
    this.#firstLatents = firstLatents;
    this.#projection = projection;
  }

  /** The rows as they were placed last: by the weights that the run begins with, before any epoch. */
  async placed(): Promise<PlacedRows> {
    const latents = (this.#latents ??= await this.#firstLatents());
    const projection = (this.#projection ??= fitMap(this.#plan, latents, null));
    return { latents, projection };
  }

  /** Places the rows by the latents of a newer epoch, and turns the axes towards theirs. */
  async turnTo(latents: Float32Array): Promise<PlacedRows> {
    // The first map may not have been needed before; all later ones turn towards it.
    const before = this.#projection ?? fitMap(this.#plan, await this.#firstLatents(), null);
    const projection = fitMap(this.#plan, latents, before);
    this.#latents = latents;
    this.#projection = projection;
    return { latents, projection };
  }
}

/** The map's axes: those of the training rows. */
function fitMap(
  { recipe, set }: RunPlan,
  latents: Float32Array,
  previous: Projection | null,
): Projection {
  return fitProjection(latents, recipe.latent, previous, rowsWhere(set.heldOut, 0));
}
