import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exportModel } from '../../src/exports/model-exports';
import { readModelFile, writeModelFile } from '../../src/model/model-file';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { writeCheckpoint } from '../../src/training/checkpoint';
import { callCli } from '../run-cli';

const SAMPLE = fileURLToPath(new URL('../../public/sample.csv', import.meta.url));
const folder = temporaryFolder();
const train = ['train', '--data', SAMPLE, '--engine', 'wasm'];
const small = ['--words', 'warm,bright', '--set', 'hidden=8', '--set', 'latent=2'];
const none = ['--epochs', '1', '--set', 'learningRate=0.000001'];

const before = folder.at('before');
await callCli(...train, ...small, '--epochs', '2', '--out', before);
const file = join(before, 'model.safetensors');
const model = readModelFile(readFileSync(file));

describe('train --from', () => {
  it('begins with a file’s weights, by its recipe and words', async () => {
    const out = folder.at('after');
    const { status, stderr } = await callCli(
      ...[...train, '--from', file, '--epochs', '1', '--out', out],
    );
    expect(status).toBe(0);
    expect(stderr).toContain(
      `Beginning with the weights of ${file}; the optimiser begins anew, since the file has no moments of it.\n`,
    );
    expect(stderr).not.toContain('may have been trained on rows');
    const after = readModelFile(readFileSync(join(out, 'model.safetensors')));
    expect(after.document.words.map(({ word }) => word)).toEqual(['bright', 'warm']);
    expect(after.document.normaliser).toEqual(model.document.normaliser);
    expect(after.document.run).toMatchObject({
      epochs: 1,
      recipe: { ...model.document.run?.recipe, epochs: 1 },
    });
  });

  it('takes an ONNX zip, and a checkpoint with its moments', async () => {
    const zip = folder.write('model.zip', await exportModel(model, 'onnx'));
    const out = folder.at('by-zip');
    const byZip = await callCli(
      ...[...train, ...small, ...none, '--from', zip, '--out', out, '--seed', '3'],
    );
    expect(byZip.status).toBe(0);
    expect(byZip.stderr).toContain(
      'The model may have been trained on rows that this run holds out',
    );
    // Hardly trained, and by another seed, yet near what was begun with.
    const { weights } = readModelFile(readFileSync(join(out, 'model.safetensors')));
    const total = weights.length;
    expect(total).toBe(model.weights.length);
    weights.forEach((weight, i) => {
      expect(Math.abs(weight - (model.weights[i] ?? Number.NaN))).toBeLessThan(1e-3);
    });
    const moments = { firstMoment: new Float32Array(total), secondMoment: new Float32Array(total) };
    const plateau = { learningRate: 1e-3, best: null, badEpochs: 0 };
    const checkpoint = writeCheckpoint(model, {
      ...{ epoch: 0, step: 12, plateau, history: [], bestWeights: null },
      ...moments,
    });
    const path = folder.write('a-checkpoint.safetensors', checkpoint);
    const byCheckpoint = await callCli(
      ...[...train, '--from', path, '--epochs', '1', '--out', folder.at('by-checkpoint')],
    );
    expect(byCheckpoint.stderr).toContain('the optimiser goes on with its moments after 12 steps.');
  });

  it('says what does not fit, and writes over no file that it reads', async () => {
    const cut = folder.write('cut.safetensors', writeModelFile(model).subarray(0, 99));
    const cases: [string[], string][] = [
      [['--out', folder.at('x'), '--from', cut], `${cut}: This is no safetensors file`],
      [
        ['--out', folder.at('x'), '--from', file, ...small, '--set', 'latent=3'],
        `${file}: The run cannot begin with this model, which is of another shape: latent is 2 in the model and 3 here.`,
      ],
      [['--out', before, '--from', file], 'It names the file that is read'],
      [['--out', before, '--from', file, '--resume'], "Option '--from' begins a single run"],
      [['--from', file, '--folds', '3'], "Option '--from' begins a single run"],
      [['--from', file, '--engine', 'webgpu'], "Option '--from' begins a single run"],
    ];
    for (const [args, sentence] of cases) {
      const { status, stderr } = await callCli(...train, ...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
    }
    expect(readModelFile(readFileSync(file))).toEqual(model);
  });
});
