/** WebGPU in Node, as a browser offers it. A workspace of its own, since few need its package. */
import { create, globals } from 'webgpu';

/**
 * Puts WebGPU's classes and `navigator.gpu` where a browser has them.
 *
 * The process must stay until nobody uses a device any more: Dawn is not unloaded.
 */
export function offerWebGpu(): void {
  Object.assign(globalThis, globals);
  // Node 20 has no navigator; later ones have one that cannot be assigned to.
  Object.defineProperty(globalThis, 'navigator', {
    value: { gpu: create([]) },
    configurable: true,
  });
}
