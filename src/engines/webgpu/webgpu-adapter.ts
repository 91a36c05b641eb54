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

export function hasWebGpu(): boolean {
  return typeof navigator !== 'undefined' && 'gpu' in navigator;
}

/** @returns the adapter, or why there is none: half a sentence that follows "because" */
export async function findAdapter(): Promise<FoundAdapter | string> {
  if (!hasWebGpu()) return 'there is no WebGPU here';
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

/** What the engines need more of than every device gives. */
const LIMITS = [
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

interface Lent {
  readonly device: Promise<GPUDevice>;
  borrowers: number;
}

/** The devices in use in this thread, by their adapters' names. */
const lent = new Map<string, Lent>();

export interface BorrowedDevice {
  readonly device: GPUDevice;
  /** To be called once. The device goes when nobody uses it any more. */
  readonly giveBack: () => void;
}

/**
 * The thread's one device on the adapter: made for the first who asks, and made anew after it was
 * lost or given back by all.
 */
export async function borrowDevice({ adapter, name }: FoundAdapter): Promise<BorrowedDevice> {
  const mine = lent.get(name) ?? { device: requestDevice(adapter), borrowers: 0 };
  lent.set(name, mine);
  // Counted before it is there, so that nobody takes it away meanwhile.
  mine.borrowers += 1;
  const forget = (): void => {
    if (lent.get(name) === mine) lent.delete(name);
  };
  let device: GPUDevice;
  try {
    device = await mine.device;
  } catch (error) {
    forget();
    throw error;
  }
  void device.lost.then(forget);
  return {
    device,
    giveBack: () => {
      mine.borrowers -= 1;
      if (mine.borrowers > 0) return;
      forget();
      device.destroy();
    },
  };
}

function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { limits } = adapter;
  return adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, limits[limit]])),
  });
}
