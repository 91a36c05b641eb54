/** Model files for tests of the server. */
import { writeModelFile } from '../../src/model/model-file';
import { sampleModel } from '../../src/testing/sample-model';

/** A small model file; another number, another file. */
export function modelBytes(number = 0, words?: readonly [string, string]): Uint8Array<ArrayBuffer> {
  const model = sampleModel(words);
  model.weights[0] = number / 1024;
  return writeModelFile(model);
}

/** Sends a model file to a server. */
export function upload(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${url}api/models`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', ...headers },
    body,
  });
}
