/** `warmbright export`: a model file as what other tools open. */
import { readFileSync } from 'node:fs';
import {
  EXPORT_FORMATS,
  exportModel,
  type ExportFormatName,
} from '../../src/exports/model-exports';
import { InputError } from '../../src/base/input-error';
import { DATA_HELP, DATA_OPTIONS } from '../options/data-options';
import { naming, readData, readModel } from '../options/files';
import { needed, readOptions } from '../options/options';
import type { Output } from '../output';
import { checkOutput, writeWhole } from '../output-file';
import { exportLink, refuseLinkOptions } from './export-link';

const HELP = `npm run cli -- export --model FILE --format NAME --out FILE

Writes a model as a zip that other tools open; docs/exports.md says how. A link is printed instead;
docs/sharing.md says what it carries.

  --model FILE    a model file (safetensors)
  --format NAME   onnx    encoder.onnx and decoder.onnx, for ONNX Runtime
                  tfjs    model.json and weights.bin, for TensorFlow.js
                  study   a card in plain words, the model file, its recipe and the ONNX files
                  link    a link that holds the model
  --out FILE      the zip

Of studies, which hold a script that trains the model again in PyTorch where the data are given:
  --data FILE     what the model was trained on (CSV)

Of links:
  --bits N        bits that each weight is rounded to, from 2 to 16; without it as few as keep the
                  response error within 0.05 dB and words within 0.1 dB
  --eq WORD       a short link to what that word does, instead of one to the model
  --page ADDRESS  of the page that opens it, which is printed before the link's own part
  --data FILE     rows to measure it on (CSV), such as those that the model was trained on
${DATA_HELP}`;

const TRAIN_TEMPLATE = new URL('../../src/exports/pytorch/train.py', import.meta.url);

/** Printed, as no zip is. */
const LINK = 'link';

export async function exportCommand(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    {
      model: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string' },
      bits: { type: 'string' },
      eq: { type: 'string' },
      page: { type: 'string' },
      data: { type: 'string' },
      ...DATA_OPTIONS,
    },
    output,
  );
  if (options === null) return;
  const path = needed('--model', options.model);
  const named = needed('--format', options.format);
  if (named === LINK) {
    if (options.out !== undefined) {
      throw new InputError("A link is printed: leave '--out' out, or send the output to a file.");
    }
    await exportLink({ path, model: await readModel(path) }, options, output);
    return;
  }
  const format = formatOf(named);
  refuseLinkOptions(options, format);
  const out = needed('--out', options.out);
  const inputs = [path, ...(options.data === undefined ? [] : [options.data])];
  checkOutput(out, inputs);
  const model = await readModel(path);
  const trained =
    options.data === undefined
      ? null
      : {
          data: await readData(options.data, options, output),
          template: readFileSync(TRAIN_TEMPLATE, 'utf8'),
        };
  const bytes = await naming(path, () => exportModel(model, format, trained));
  await writeWhole(out, inputs, bytes);
  output.print(`${out}: ${String(bytes.length)} bytes\n`);
}

function formatOf(name: string): ExportFormatName {
  if (isFormat(name)) return name;
  throw new InputError(
    `Option '--format' is one of ${[...Object.keys(EXPORT_FORMATS), LINK].join(', ')}, not "${name}".`,
  );
}

function isFormat(name: string): name is ExportFormatName {
  return Object.hasOwn(EXPORT_FORMATS, name);
}
