/** The fused engine on an adapter. Importing this needs a bundler: the kernels are text files. */
import type { Engine } from '../engine';
import { agreesWithFloat64 } from '../reference/self-check';
import { borrowDevice, type FoundAdapter } from './webgpu-adapter';
import { webGpuEngines } from './engine-group';

/**
 * @returns engines that train in the same dispatches, as many as asked for
 * @throws Error when the adapter gives no device, does not take the kernels, or computes something
 *   else than it should: drivers differ, and a wrong number must not be trained on
 */
export async function startFusedWebGpu(found: FoundAdapter, count: number): Promise<Engine[]> {
  const { device, giveBack } = await borrowDevice(found);
  const profile = found.software ? 'software' : 'hardware';
  const engines = webGpuEngines({ device, name: found.name, profile, stop: giveBack }, count);
  try {
    const agree = await Promise.all(engines.map((engine) => agreesWithFloat64(engine)));
    if (!agree.includes(false)) return engines;
  } catch (error) {
    for (const engine of engines) engine.dispose();
    throw error;
  }
  for (const engine of engines) engine.dispose();
  throw new Error(`${found.name} computes something else than it should.`);
}
