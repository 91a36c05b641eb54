/** Arrays to give away. */
import type { ModelMap } from '../../src/model/model';

/** The map in buffers of its own, which can be transferred. */
export function copyOfMap({ points, labels, heldOut, schools, origin, axes }: ModelMap) {
  return {
    points: points.slice(),
    labels: labels.slice(),
    heldOut: heldOut.slice(),
    schools: schools.slice(),
    origin: origin.slice(),
    axes: axes.slice(),
  };
}
