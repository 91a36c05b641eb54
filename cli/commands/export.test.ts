import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { onnxFiles } from '../../src/exports/onnx/onnx-files';
import { readModelFile, writeModelFile } from '../../src/model/model-file';
import { sampleModel } from '../../src/testing/sample-model';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { callCli } from '../run-cli';

const folder = temporaryFolder();

async function exported(format: string) {
  const model = folder.write('model.safetensors', writeModelFile(sampleModel()));
  const out = folder.at(`${format}.zip`);
  const result = await callCli('export', '--model', model, '--format', format, '--out', out);
  return { ...result, model, out };
}

describe('export', () => {
  it('writes the ONNX files', async () => {
    const { status, stdout, out } = await exported('onnx');
    expect(status).toBe(0);
    const { encoder, decoder } = onnxFiles(sampleModel());
    const bytes = readFileSync(out);
    expect(unzipSync(bytes)).toEqual({ 'encoder.onnx': encoder, 'decoder.onnx': decoder });
    expect(stdout).toBe(`${out}: ${String(bytes.length)} bytes\n`);
  });

  it('writes the files for TensorFlow.js', async () => {
    const { out } = await exported('tfjs');
    expect(Object.keys(unzipSync(readFileSync(out)))).toEqual(['model.json', 'weights.bin']);
  });

  it('writes the whole study, with a card that names recipe, split, figures and licence', async () => {
    const { out } = await exported('study');
    const files = unzipSync(readFileSync(out));
    expect(Object.keys(files)).toEqual([
      'README.md',
      'model.safetensors',
      'recipe.json',
      'encoder.onnx',
      'decoder.onnx',
    ]);
    const model = sampleModel();
    expect(readModelFile(files['model.safetensors'] ?? new Uint8Array())).toEqual(model);
    const { run } = model.document;
    const recipe: unknown = JSON.parse(strFromU8(files['recipe.json'] ?? new Uint8Array()));
    expect(recipe).toEqual(run?.recipe);
    const card = strFromU8(files['README.md'] ?? new Uint8Array());
    for (const text of [
      run?.splitHash,
      run?.dataSha256,
      `seed ${String(run?.recipe.seed)}`,
      'Silhouette',
      '| wärm | 2 |',
      'MIT',
      'decoder.onnx',
      'Cite',
    ]) {
      expect(card).toContain(text);
    }
  });

  it('takes a model out of its own zips', async () => {
    const { out } = await exported('onnx');
    const again = folder.at('again.zip');
    const { status } = await callCli(
      ...['export', '--model', out, '--format', 'onnx', '--out', again],
    );
    expect(status).toBe(0);
    expect(readFileSync(again)).toEqual(readFileSync(out));
    const other = folder.write('other.zip', zipSync({ 'notes.txt': new Uint8Array(3) }));
    const refused = await callCli('export', '--model', other, '--format', 'onnx', '--out', again);
    expect([refused.status, refused.stderr]).toEqual([
      2,
      `warmbright: ${other}: This zip holds no model that can be opened. What opens is a model file (safetensors), and of zips those that this program saves: the whole study, and the exports for ONNX Runtime and TensorFlow.js.\n`,
    ]);
  });

  it('says which formats there are', async () => {
    const { status, stderr } = await exported('pickle');
    expect(status).toBe(2);
    expect(stderr).toBe(
      `warmbright: Option '--format' is one of onnx, tfjs, study, link, not "pickle".\n`,
    );
  });

  it('does not write over the model', async () => {
    const { model } = await exported('onnx');
    const { status, stderr } = await callCli(
      ...['export', '--model', model, '--format', 'onnx', '--out', model],
    );
    expect(status).toBe(2);
    expect(stderr).toContain('It names the file that is read');
    expect(readModelFile(readFileSync(model))).toEqual(sampleModel());
  });
});
