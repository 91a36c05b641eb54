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

/** The first `floats` of a buffer, once the work before is done. */
export async function readFloats(
  device: GPUDevice,
  from: GPUBuffer,
  floats: number,
  encoder = device.createCommandEncoder(),
): Promise<Float32Array> {
  const bytes = floats * 4;
  const staging = bufferOf(device, bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  try {
    encoder.copyBufferToBuffer(from, 0, staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return new Float32Array(staging.getMappedRange(0, bytes).slice(0));
  } finally {
    staging.destroy();
  }
}
