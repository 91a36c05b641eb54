/** `warmbright render`: a WAV file through a word's setting, or a preset's. */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { renderSound, type RenderOutcome, type WavTarget } from '../../src/audio/render';
import type { Sound } from '../../src/audio/sound';
import { openWav, type ByteSource } from '../../src/audio/wav-reader';
import { WAV_FORMATS, type WavFormat } from '../../src/audio/wav-writer';
import { InputError } from '../../src/base/input-error';
import type { NamedSetting } from '../../src/eq/named-setting';
import {
  chooseSetting,
  joinedNumbers,
  SETTING_HELP,
  SETTING_OPTIONS,
} from '../options/choose-setting';
import { naming, readError } from '../options/files';
import { needed, readOptions } from '../options/options';
import { presetFilters, type NamedFilters } from '../options/preset-filters';
import type { Output } from '../output';
import { checkOutput, writeOutput, type OutputTarget } from '../output-file';

const HELP = `npm run cli -- render --in FILE --out FILE (--preset FILE | --model FILE --word WORD)

Puts a WAV file through an equaliser setting into another, of the same rate, channels and speakers,
piece by piece. Files of any length are read, and up to 4 GB written.

  --in FILE         the WAV file to be read
  --out FILE        the WAV file to be written
  --bits NUMBER     16 (dithered), 24 (default) or 32 (float)
  --match           make the result as loud as the original (BS.1770), without clipping
  --preset FILE     take the filters of a preset in place of a model's setting: all that the file
                    has, and a GraphicEQ's own curve, without its preamp
${SETTING_HELP}`;

/** Runs the command; what came of it goes to standard error. */
export async function render(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    joinedNumbers(args),
    HELP,
    {
      in: { type: 'string' },
      out: { type: 'string' },
      bits: { type: 'string', default: '24' },
      match: { type: 'boolean', default: false },
      preset: { type: 'string' },
      ...SETTING_OPTIONS,
    },
    output,
  );
  if (options === null) return;
  const from = needed('--in', options.in);
  const to = needed('--out', options.out);
  const format = formatOf(options.bits);
  const { preset } = options;
  if (preset !== undefined && options.model !== undefined) {
    throw new InputError("Give either '--preset' or '--model'; --help lists the options.");
  }
  const inputs = [from, preset, options.model, options.data].filter((path) => path !== undefined);
  checkOutput(to, inputs);
  const named =
    preset === undefined
      ? settingFilters(await chooseSetting(options, output))
      : await presetFilters(preset, output);
  const start = performance.now();
  const input = await naming(from, () => opened(from));
  try {
    const sound = await naming(from, async () => openWav(await fileBytes(input)));
    const through = named.at(sound.sampleRateHz);
    const outcome = await writeOutput(to, inputs, (target) =>
      naming(from, () =>
        renderSound(
          sound,
          { setting: through, format, match: options.match },
          wavTarget(target),
          breathe,
        ),
      ),
    );
    const seconds = (performance.now() - start) / 1000;
    output.note(summary(named.name, to, sound, outcome, seconds));
    if (outcome.note !== null) output.note(outcome.note);
  } finally {
    await input.close();
  }
}

function settingFilters({ name, setting }: NamedSetting): NamedFilters {
  return { name, at: () => setting };
}

/** @throws InputError for other numbers of bits */
function formatOf(bits: string): WavFormat {
  const format = WAV_FORMATS.find((known) => Number.parseInt(known, 10) === Number(bits));
  if (format === undefined) {
    throw new InputError(`Option '--bits' takes 16, 24 or 32, not "${bits}".`);
  }
  return format;
}

async function opened(path: string): Promise<FileHandle> {
  try {
    // To open a pipe would wait for whoever writes to it.
    if (!(await stat(path)).isFile()) throw new InputError('It is not a file.');
    return await open(path);
  } catch (error) {
    throw readError(error);
  }
}

async function fileBytes(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    size,
    read: async (from, to) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      return bytes.subarray(0, bytesRead);
    },
  };
}

/** Lets signals in between two pieces. */
async function breathe(): Promise<void> {
  await setImmediate();
}

/** The file's head comes once more at the end, which a pipe takes only where it is the same. */
function wavTarget({ write }: OutputTarget): WavTarget {
  let at = 0;
  let first: Uint8Array | null = null;
  return {
    begin: async (header) => {
      if (first !== null && Buffer.from(first).equals(header)) return;
      await write(header, 0);
      first ??= header;
      at = Math.max(at, header.length);
    },
    write: async (bytes) => {
      await write(bytes, at);
      at += bytes.length;
    },
  };
}

/** What was done: a line. */
function summary(
  name: string,
  path: string,
  { sampleRateHz, channels }: Sound,
  { frames, gainDb }: RenderOutcome,
  seconds: number,
): string {
  const long = frames / sampleRateHz;
  const count = `${String(channels)} ${channels === 1 ? 'channel' : 'channels'}`;
  const gain = gainDb === 0 ? '' : `, ${gainDb.toFixed(1)} dB to match the loudness`;
  return `${path}: ${long.toFixed(1)} s through ${name}, ${count} at ${String(sampleRateHz)} Hz${gain}; written in ${seconds.toFixed(1)} s.`;
}
