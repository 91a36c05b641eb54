/** A model's quality figures, on rows it has not learnt from where there are any. */
import { PARAMETER_COUNT } from '../eq/parameters';
import type { Scoreboard } from '../model/model';
import { daviesBouldin } from './davies-bouldin';
import { pickRows } from './pick-rows';
import { silhouette } from './silhouette';

interface Measured {
  /** [rows, latent] */
  readonly latents: Float32Array;
  /** Normalised parameters that went in, [rows, 13]. */
  readonly inputs: Float32Array;
  /** Normalised parameters that came out, dropout off, [rows, 13]. */
  readonly reconstruction: Float32Array;
  /** Index of each row's word, [rows]. */
  readonly labels: ArrayLike<number>;
  /** [rows], 1 where held out. */
  readonly heldOut: ArrayLike<number>;
}

/** The figures on the held-out rows; on all rows, and said so, when none is held out. */
export function scoreboard(measured: Measured): Scoreboard {
  const { latents, inputs, reconstruction, labels, heldOut } = measured;
  const all = Array.from(labels, (_, row) => row);
  const held = all.filter((row) => heldOut[row] === 1);
  const rows = held.length > 0 ? held : all;
  const dimensions = latents.length / labels.length;
  const points = pickRows(latents, dimensions, rows);
  const words = rows.map((row) => labels[row] ?? 0);
  return {
    on: held.length > 0 ? 'held-out rows' : 'training rows',
    rows: rows.length,
    silhouette: silhouette(points, dimensions, words),
    daviesBouldin: daviesBouldin(points, dimensions, words),
    reconstruction: meanSquaredError(
      pickRows(inputs, PARAMETER_COUNT, rows),
      pickRows(reconstruction, PARAMETER_COUNT, rows),
    ),
  };
}

function meanSquaredError(a: Float32Array, b: Float32Array): number {
  const sum = a.reduce((total, value, i) => total + (value - (b[i] ?? 0)) ** 2, 0);
  return sum / a.length;
}
