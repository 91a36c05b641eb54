/** What docs/exports.md tells people to type is run as it stands there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { EQ_PARAMETERS } from '../eq/parameters';
import { encodeSettings } from '../model/encode-settings';
import { decodeRows } from '../model/inference';
import type { Model } from '../model/model';
import { writeModelFile } from '../model/model-file';
import { denormalise, denormaliseFreely } from '../model/normaliser';
import { hasPythonModules } from '../testing/python';
import { sampleModel } from '../testing/sample-model';
import { exportModel } from './model-exports';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCS = readFileSync(join(ROOT, 'docs/exports.md'), 'utf8');
const DEADLINE_MS = 120_000;

/** The first code of a language that a text follows, as far as it goes. */
function snippetAfter(text: string, language: 'js' | 'python'): string {
  const [, after = ''] = DOCS.split(text);
  const [, code] = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(after) ?? [];
  if (code === undefined) throw new Error(`docs/exports.md has no ${language} after "${text}".`);
  return code;
}

// Where Node finds the packages that a snippet imports.
const cache = join(ROOT, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'snippets-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(command: string, name: string, code: string): string {
  writeFileSync(join(folder, name), code);
  return execFileSync(command, [name], {
    cwd: folder,
    encoding: 'utf8',
    timeout: DEADLINE_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function unpack(model: Model, format: 'onnx' | 'tfjs'): Promise<void> {
  for (const [name, content] of Object.entries(unzipSync(await exportModel(model, format)))) {
    writeFileSync(join(folder, name), content);
  }
}

const model = sampleModel();
const { spec, normaliser, words } = model.document;
/** The setting that the snippets ask about. */
const SETTING = [3, 150, 0, 560, 0.71, 0, 1000, 0.71, 0, 3300, 0.71, -2, 8200];
const latent = encodeSettings(model, [SETTING]);
const back = decodeRows(spec, model.weights, latent);

/** Within a share of each parameter's range. */
function expectSetting(actual: unknown, expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(EQ_PARAMETERS.length);
  const values = actual as readonly number[];
  EQ_PARAMETERS.forEach(({ min, max }, i) => {
    const difference = Math.abs((values[i] ?? Number.NaN) - (expected[i] ?? Number.NaN));
    expect(difference / (max - min)).toBeLessThan(tolerance);
  });
}

const PYTHON = '/usr/bin/python3';
const TORCH = hasPythonModules(PYTHON, 'numpy', 'torch');
/** Debian 12 has no ONNX Runtime, so that it is mostly in an environment of its own. */
const ONNX_PYTHON = process.env.ONNX_PYTHON ?? PYTHON;
const ONNX_RUNTIME = hasPythonModules(ONNX_PYTHON, 'numpy', 'onnxruntime');

describe('the snippets of docs/exports.md', () => {
  it('ONNX Runtime in JavaScript gives the setting that we give', async () => {
    await unpack(model, 'onnx');
    const code = snippetAfter('ONNX Runtime in JavaScript', 'js');
    const answer: unknown = JSON.parse(run(process.execPath, 'onnx.mjs', code));
    expectSetting(answer, denormalise(back, normaliser, 0), 1e-5);
  });

  it.skipIf(!ONNX_RUNTIME)(
    `ONNX Runtime in Python gives each word’s setting${ONNX_RUNTIME ? '' : ' (needs a Python with onnxruntime, which ONNX_PYTHON may name)'}`,
    async () => {
      await unpack(model, 'onnx');
      const code = snippetAfter('ONNX Runtime in Python', 'python');
      const lines = run(ONNX_PYTHON, 'onnx-words.py', code).trim().split('\n');
      expect(lines).toHaveLength(words.length);
      words.forEach(({ word, centroid }, i) => {
        const [before, setting = ''] = lines[i]?.split(' [') ?? [];
        expect(before).toBe(word);
        const decoded = decodeRows(spec, model.weights, Float32Array.from(centroid ?? []));
        expectSetting(JSON.parse(`[${setting}`), denormalise(decoded, normaliser, 0), 1e-5);
      });
    },
  );

  it('TensorFlow.js gives the latent and the numbers that we give', async () => {
    await unpack(model, 'tfjs');
    const code = snippetAfter('## TensorFlow.js', 'js');
    const answer = JSON.parse(run(process.execPath, 'layers.mjs', code)) as Record<
      'latent' | 'back',
      Readonly<Record<string, number>>
    >;
    const [theirLatent, theirs] = [Object.values(answer.latent), Object.values(answer.back)];
    expect(theirLatent).toHaveLength(latent.length);
    theirLatent.forEach((value, i) => {
      expect(value).toBeCloseTo(latent[i] ?? Number.NaN, 5);
    });
    expect(theirs).toHaveLength(back.length);
    theirs.forEach((value, i) => {
      expect(value).toBeCloseTo(back[i] ?? Number.NaN, 5);
    });
  });

  it.skipIf(!TORCH)(
    `PyTorch gives each word’s setting${TORCH ? '' : ' (needs python3 with torch)'}`,
    () => {
      writeFileSync(join(folder, 'model.safetensors'), writeModelFile(model));
      const lines = run(PYTHON, 'words.py', snippetAfter('## PyTorch', 'python'))
        .trim()
        .split('\n');
      const answers = lines.map((line) => JSON.parse(line) as { word: string; setting: unknown });
      expect(answers.map(({ word }) => word)).toEqual(words.map(({ word }) => word));
      answers.forEach(({ setting }, i) => {
        const place = Float32Array.from(words[i]?.centroid ?? []);
        const decoded = decodeRows(spec, model.weights, place);
        expectSetting(setting, denormaliseFreely(decoded, normaliser), 1e-5);
      });
    },
  );
});
