/** Counts what a peer asks of the browser: dispatches on the GPU, GPU buffers, WebAssembly memory. */

let dispatches = 0;
let gpuBytes = 0;
let peakGpuBytes = 0;
const memories: WebAssembly.Memory[] = [];

/** To be called before the peer's code is loaded. */
export function startCounting(): void {
  countMemories();
  if (!('gpu' in navigator)) return;
  const dispatch = Reflect.get(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...given) {
    dispatches += 1;
    dispatch.apply(this, given);
  };
  const create = Reflect.get(GPUDevice.prototype, 'createBuffer');
  GPUDevice.prototype.createBuffer = function (...given) {
    const buffer = create.apply(this, given);
    gpuBytes += buffer.size;
    peakGpuBytes = Math.max(peakGpuBytes, gpuBytes);
    return buffer;
  };
  const destroyed = new WeakSet<GPUBuffer>();
  const destroy = Reflect.get(GPUBuffer.prototype, 'destroy');
  GPUBuffer.prototype.destroy = function () {
    if (!destroyed.has(this)) gpuBytes -= this.size;
    destroyed.add(this);
    destroy.apply(this);
  };
}

export function dispatchCount(): number {
  return dispatches;
}

/** Most bytes of GPU buffers at a time, and the WebAssembly memories as they are. */
export function bytesInUse(): number {
  const wasm = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  return peakGpuBytes + wasm;
}

/** A memory grows and never shrinks, so its size is its peak. */
function countMemories(): void {
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct: (constructor, [descriptor]: [WebAssembly.MemoryDescriptor]) => {
      const memory = new constructor(descriptor);
      memories.push(memory);
      return memory;
    },
  });
  WebAssembly.instantiate = notingExports(WebAssembly.instantiate);
  WebAssembly.instantiateStreaming = notingExports(WebAssembly.instantiateStreaming);
}

/** A module may also bring its memory along. */
function notingExports<F extends (...given: never) => Promise<unknown>>(instantiate: F): F {
  return new Proxy(instantiate, {
    apply: async (target, self, given: Parameters<F>) => {
      const started: unknown = await Reflect.apply(target, self, given);
      for (const memory of exportedMemories(started)) {
        if (!memories.includes(memory)) memories.push(memory);
      }
      return started;
    },
  });
}

/** @param started an instance, or a module with its instance */
function exportedMemories(started: unknown): WebAssembly.Memory[] {
  const instance: unknown =
    started instanceof WebAssembly.Instance ? started : Reflect.get(Object(started), 'instance');
  if (!(instance instanceof WebAssembly.Instance)) return [];
  const values: unknown[] = Object.values(instance.exports);
  return values.filter((value) => value instanceof WebAssembly.Memory);
}
