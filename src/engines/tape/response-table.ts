/** Constants of the response loss; see the tape's op. */
import { SHELF_Q } from '../../eq/parameters';
import { GRID_FREQUENCIES, GRID_RATE_HZ } from '../../eq/response-grid';

/** cot²(π F / fs) of the grid's frequencies F, [64] */
export const GRID_COTANGENTS = GRID_FREQUENCIES.map(
  (hz) => Math.tan((Math.PI * hz) / GRID_RATE_HZ) ** -2,
);

/** κ */
export const SHELF_CROSS = 1 / SHELF_Q ** 2 - 2;
