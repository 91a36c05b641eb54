/** Making, filling and reading GPU buffers. */

/** At least 4 bytes, and a multiple of 4. */
export function bufferOf(device: GPUDevice, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
  return device.createBuffer({ size: Math.max(4, Math.ceil(bytes / 4) * 4), usage });
}

/** A buffer that shaders only read. */
export function filledBuffer(
  device: GPUDevice,
  data: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | ArrayBuffer,
  usage: GPUBufferUsageFlags = GPUBufferUsage.STORAGE,
): GPUBuffer {
  const buffer = bufferOf(device, data.byteLength, usage | GPUBufferUsage.COPY_DST);
  device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}

/** Floats of a buffer, from number `start` on. */
export interface Part {
  readonly buffer: GPUBuffer;
  readonly start: number;
  readonly floats: number;
}

/** Submits what was encoded, and reads parts of buffers in one go once it is done. */
export async function readParts(
  device: GPUDevice,
  encoder: GPUCommandEncoder,
  parts: readonly Part[],
): Promise<Float32Array[]> {
  const total = parts.reduce((sum, { floats }) => sum + floats, 0);
  const staging = bufferOf(device, total * 4, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  try {
    let at = 0;
    const places = parts.map(({ buffer, start, floats }) => {
      const place = at;
      encoder.copyBufferToBuffer(buffer, start * 4, staging, place * 4, floats * 4);
      at += floats;
      return { place, end: at };
    });
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const all = new Float32Array(staging.getMappedRange(0, total * 4));
    return places.map(({ place, end }) => all.slice(place, end));
  } finally {
    staging.destroy();
  }
}
