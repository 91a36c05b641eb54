/**
 * Whole numbers of 16 bits as tensors of bytes: all their high bytes, then all their low ones. Small
 * numbers have few different high bytes, which deflate makes next to nothing of once they lie side
 * by side. So that numbers a little below 0 are small, too, 0, −1, 1, −2, 2 … are kept as 0, 1, 2,
 * 3, 4 …
 */
import { takeTensor, type Tensor, type TensorFile } from './safetensors';

/** @param numbers from −32,768 to 32,767, of the shape */
export function toPlanes(numbers: Int16Array, shape: readonly number[]): Tensor {
  const data = new Uint8Array(2 * numbers.length);
  numbers.forEach((number, i) => {
    const kept = number < 0 ? -2 * number - 1 : 2 * number;
    data[i] = kept >> 8;
    data[numbers.length + i] = kept & 0xff;
  });
  return { dtype: 'U8', shape: [2, ...shape], data };
}

/** @throws InputError where the file has no such tensor for that shape */
export function takePlanes(file: TensorFile, name: string, shape: readonly number[]): Int16Array {
  const data = takeTensor(file, name, 'U8', [2, ...shape]);
  const count = data.length / 2;
  const numbers = new Int16Array(count);
  for (let i = 0; i < count; i++) {
    const kept = 256 * (data[i] ?? 0) + (data[count + i] ?? 0);
    numbers[i] = kept % 2 === 0 ? kept / 2 : -(kept + 1) / 2;
  }
  return numbers;
}
