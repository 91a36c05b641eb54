/** Finding a GPU, and telling a real one from a program that pretends to be one. */

export interface FoundAdapter {
  readonly adapter: GPUAdapter;
  /** For people: what the browser says of it. */
  readonly name: string;
  /** Computes on the CPU: correct, and far slower than WebAssembly. */
  readonly software: boolean;
}

/** Names of the software renderers that browsers fall back to. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b|software/i;

/** @returns the adapter, or why there is none: half a sentence that follows "because" */
export async function findAdapter(): Promise<FoundAdapter | string> {
  if (typeof navigator === 'undefined' || !('gpu' in navigator)) return 'there is no WebGPU here';
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return 'WebGPU offers no adapter here';
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const says = [vendor, architecture, device, description];
  const words = description || says.filter((word) => word !== '').join(' ');
  return {
    adapter,
    name: words || 'an adapter without a name',
    software: isFallbackAdapter || SOFTWARE.test(says.join(' ')),
  };
}
