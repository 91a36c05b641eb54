/** Runs a graph as others do. A workspace of its own, so that `npm start` need not install it. */
import * as ort from 'onnxruntime-web';

/**
 * @param input   name of the graph's input
 * @param width   of a row of it
 * @param numbers [rows, width]
 * @returns what gives an output by its name
 */
export async function runOnnx(
  bytes: Uint8Array,
  input: string,
  width: number,
  numbers: ArrayLike<number>,
): Promise<(name: string) => Float32Array> {
  const session = await ort.InferenceSession.create(bytes);
  const rows = numbers.length / width;
  const outputs = await session.run({
    [input]: new ort.Tensor('float32', Float32Array.from(numbers), [rows, width]),
  });
  return (name) => {
    const data = outputs[name]?.data;
    if (!(data instanceof Float32Array)) throw new Error(`There is no output ${name}.`);
    return data;
  };
}
