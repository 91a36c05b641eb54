/** `warmbright export`: a model file as what other tools open. */
import {
  EXPORT_FORMATS,
  exportModel,
  type ExportFormatName,
} from '../../src/exports/model-exports';
import { InputError } from '../../src/base/input-error';
import { naming, readModel } from '../options/files';
import { needed, readOptions } from '../options/options';
import type { Output } from '../output';
import { checkOutput, writeWhole } from '../output-file';

const HELP = `npm run cli -- export --model FILE --format NAME --out FILE

Writes a model as a zip that other tools open; docs/exports.md says how.

  --model FILE    a model file (safetensors)
  --format NAME   onnx    encoder.onnx and decoder.onnx, for ONNX Runtime
                  tfjs    model.json and weights.bin, for TensorFlow.js
                  study   a card in plain words, the model file, its recipe and the ONNX files
  --out FILE      the zip
`;

export async function exportCommand(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    { model: { type: 'string' }, format: { type: 'string' }, out: { type: 'string' } },
    output,
  );
  if (options === null) return;
  const path = needed('--model', options.model);
  const format = formatOf(needed('--format', options.format));
  const out = needed('--out', options.out);
  checkOutput(out, [path]);
  const model = await readModel(path);
  const bytes = await naming(path, () => exportModel(model, format));
  await writeWhole(out, [path], bytes);
  output.print(`${out}: ${String(bytes.length)} bytes\n`);
}

function formatOf(name: string): ExportFormatName {
  if (isFormat(name)) return name;
  throw new InputError(
    `Option '--format' is one of ${Object.keys(EXPORT_FORMATS).join(', ')}, not "${name}".`,
  );
}

function isFormat(name: string): name is ExportFormatName {
  return Object.hasOwn(EXPORT_FORMATS, name);
}
