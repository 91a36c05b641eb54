/** The fused engine on an adapter. Importing this needs a bundler: the kernels are text files. */
import type { Engine } from '../../engine';
import { agreesWithFloat64 } from '../../reference/self-check';
import type { FoundAdapter } from '../../webgpu-adapter';
import { WebGpuFusedEngine } from './webgpu-fused-engine';

/**
 * @throws Error when the adapter gives no device, does not take the kernels, or computes something
 *   else than it should: drivers differ, and a wrong number must not be trained on
 */
export async function startFusedWebGpu(found: FoundAdapter): Promise<Engine> {
  const { adapter, name, software } = found;
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
  });
  const engine = new WebGpuFusedEngine({
    device,
    name,
    profile: software ? 'software' : 'hardware',
    stop: () => {
      device.destroy();
    },
  });
  try {
    if (await agreesWithFloat64(engine)) return engine;
  } catch (error) {
    engine.dispose();
    throw error;
  }
  engine.dispose();
  throw new Error(`${name} computes something else than it should.`);
}
