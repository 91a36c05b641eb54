import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WavEncoder, wavHeader } from '../src/audio/wav-writer';
import { readSafetensors } from '../src/model/safetensors';
import { sampleModel } from '../src/testing/sample-model';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { writeModelFile } from '../src/model/model-file';
import { DEADLINE_MS, startCli } from './child-cli';
import { checkFolder, OutputError, writeOutput, writeWhole } from './output-file';
import { callCli } from './run-cli';

/** Only there is a device that is always full. */
const LINUX = process.platform === 'linux';
const folder = temporaryFolder();
const parts = (path = folder.path): string[] =>
  readdirSync(path).filter((name) => name.endsWith('.part'));

const model = folder.write('model.safetensors', writeModelFile(sampleModel()));
const ofModel = ['--model', model, '--word', 'bright'];
const shape = { format: '16', sampleRateHz: 8000, channels: 1 } as const;
const sound = Buffer.concat([
  wavHeader(shape, 1000),
  new WavEncoder(shape).encode([new Float32Array(1000).fill(0.1)]),
]);
const inWav = folder.write('in.wav', sound);

const render = (to: string, from = inWav): ReturnType<typeof callCli> =>
  callCli('render', '--in', from, '--out', to, ...ofModel);

describe('a file that a command writes', () => {
  it('stands when it is whole, and the one before stands until then', async () => {
    const path = folder.write('kept.txt', 'before');
    chmodSync(path, 0o640);
    await writeOutput(path, [], async ({ write }) => {
      await write(Buffer.from('whole'), 4);
      expect(readFileSync(path, 'utf8')).toBe('before');
      await write(Buffer.from('the '), 0);
    });
    expect(readFileSync(path, 'utf8')).toBe('the whole');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    await expect(
      writeOutput(path, [], async ({ write }) => {
        await write(Buffer.from('half'), 0);
        throw new Error('no more');
      }),
    ).rejects.toThrow('no more');
    expect(readFileSync(path, 'utf8')).toBe('the whole');
    expect(parts()).toEqual([]);
  });

  it('is the whole file of one writer where there are two', async () => {
    const path = folder.at('two.bin');
    const write = (value: number): Promise<void> =>
      writeOutput(path, [], async (target) => {
        for (let at = 0; at < 64; at++) {
          await target.write(Uint8Array.of(value), at);
          await new Promise(setImmediate);
        }
      });
    await Promise.all([write(1), write(2)]);
    expect(new Set(readFileSync(path)).size).toBe(1);
    expect(statSync(path).size).toBe(64);
    expect(parts()).toEqual([]);
  });

  it('is written where a symbolic link leads, which stays', async () => {
    const [file, link, loose] = [
      folder.write('real.txt', 'x'),
      folder.at('link'),
      folder.at('loose'),
    ];
    symlinkSync('real.txt', link);
    symlinkSync('new.txt', loose);
    await writeWhole(link, [], 'through');
    await writeWhole(loose, [], 'new');
    expect(readFileSync(file, 'utf8')).toBe('through');
    expect(readFileSync(folder.at('new.txt'), 'utf8')).toBe('new');
    expect([link, loose].map((path) => readlinkSync(path))).toEqual(['real.txt', 'new.txt']);
  });

  it('is refused in a sentence where it cannot be written', async () => {
    const loop = folder.at('loop');
    symlinkSync('loop', loop);
    const cases: [string, string][] = [
      [folder.path, 'it is a folder.'],
      [folder.at('no/such/file'), 'the folder that it should be in is not there.'],
      [join(inWav, 'below'), 'a part of its path is a file, not a folder.'],
      [folder.at('x'.repeat(300)), 'its name is too long.'],
      [loop, 'it is a symbolic link that leads nowhere.'],
    ];
    for (const [path, sentence] of cases) {
      await expect(writeWhole(path, [], 'text')).rejects.toThrow(OutputError);
      await expect(writeWhole(path, [], 'text')).rejects.toThrow(
        `${path}: The file cannot be written: ${sentence}`,
      );
    }
    expect(() => {
      checkFolder(folder.at('nowhere'));
    }).toThrow(OutputError);
  });

  // Whoever runs as root may write anywhere.
  it.skipIf(process.getuid?.() === 0)('is refused where it may not be written', async () => {
    const locked = folder.write('locked.txt', 'mine');
    chmodSync(locked, 0o444);
    await expect(writeWhole(locked, [], 'text')).rejects.toThrow('writing is not allowed there.');
    const closed = folder.at('closed');
    mkdirSync(closed, { mode: 0o555 });
    await expect(writeWhole(join(closed, 'a'), [], 'x')).rejects.toThrow(
      'writing is not allowed there.',
    );
    expect(() => {
      checkFolder(closed);
    }).toThrow(`${closed}: The file cannot be written: writing is not allowed there.`);
    expect(readFileSync(locked, 'utf8')).toBe('mine');
  });
});

describe('render and generate', () => {
  it('write no file that they read, by whatever name', async () => {
    const [hard, soft] = [folder.at('hard.wav'), folder.at('soft.wav')];
    linkSync(inWav, hard);
    symlinkSync(inWav, soft);
    for (const to of [
      inWav,
      hard,
      soft,
      model,
      `${folder.path}/../${folder.path.split('/').at(-1) ?? ''}/in.wav`,
    ]) {
      const { status, stderr } = await render(to);
      expect([status, stderr]).toEqual([2, expect.stringContaining('the file that is read')]);
    }
    const { status } = await callCli('generate', ...ofModel, '--format', 'apo', '--out', model);
    expect(status).toBe(2);
    expect(readFileSync(inWav)).toEqual(sound);
    expect(readSafetensors(readFileSync(model)).metadata.size).toBe(1);
  });

  it('read a file whose name ends as that of a temporary file may', async () => {
    const from = folder.write('out.wav.part', sound);
    expect((await render(folder.at('out.wav'), from)).status).toBe(0);
    expect(readFileSync(from)).toEqual(sound);
  });

  it.skipIf(!LINUX)('write through devices, and say where there is no room', async () => {
    expect(await render('/dev/null')).toMatchObject({ status: 0 });
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
    const { status, stderr } = await render('/dev/full');
    expect([status, stderr]).toEqual([
      2,
      'warmbright: /dev/full: The file cannot be written: there is no room left.\n',
    ]);
    expect(lstatSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  it('write into a pipe what they write into a file', async () => {
    const fifo = folder.at('fifo');
    execFileSync('mkfifo', [fifo]);
    const [bytes, { status }] = await Promise.all([readFile(fifo), render(fifo)]);
    expect(status).toBe(0);
    await render(folder.at('file.wav'));
    expect(bytes).toEqual(readFileSync(folder.at('file.wav')));
    expect(lstatSync(fifo).isFIFO()).toBe(true);
  });

  it.skipIf(!LINUX)(
    'say it where nobody reads, or standard output has no room',
    async () => {
      const fifo = folder.at('left');
      execFileSync('mkfifo', [fifo]);
      const long = folder.write(
        'long.wav',
        Buffer.concat([wavHeader(shape, 1e6), Buffer.alloc(2e6)]),
      );
      const { process: child, ended } = startCli([
        'render',
        '--in',
        long,
        '--out',
        fifo,
        ...ofModel,
      ]);
      // Opening it waits for the writer; closing it leaves the writer without a reader.
      execFileSync('head', ['-c', '10', fifo], { timeout: DEADLINE_MS });
      expect(await ended).toMatchObject({
        code: 2,
        stderr: `warmbright: ${fifo}: The file cannot be written: whoever read it has stopped.\n`,
      });
      expect(child.killed).toBe(false);
      const full = openSync('/dev/full', 'w');
      const { ended: second } = startCli(['--help'], full);
      closeSync(full);
      expect(await second).toMatchObject({
        code: 2,
        stderr: 'warmbright: standard output: The file cannot be written: there is no room left.\n',
      });
    },
    2 * DEADLINE_MS,
  );
});

describe('a signal', () => {
  /** An hour of silence in 8 channels, as a file with a hole, takes long enough to be interrupted. */
  const long = folder.at('hour.wav');
  const wide = { format: '16', sampleRateHz: 48_000, channels: 8 } as const;
  folder.write('hour.wav', wavHeader(wide, 3600 * 48_000));
  truncateSync(long, wavHeader(wide, 0).length + 3600 * 48_000 * 16);

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s leaves nothing of a file that is not whole, and the one before',
    async (signal) => {
      const at = folder.at(signal);
      mkdirSync(at);
      const target = folder.write(`${signal}/out.wav`, 'before');
      const { process: child, ended } = startCli([
        'render',
        '--in',
        long,
        '--out',
        target,
        ...ofModel,
      ]);
      const start = performance.now();
      while (parts(at).length === 0 && performance.now() - start < DEADLINE_MS) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(parts(at)).toHaveLength(1);
      child.kill(signal);
      expect(await ended).toMatchObject({ code: null, signal });
      expect(readdirSync(at)).toEqual(['out.wav']);
      expect(readFileSync(target, 'utf8')).toBe('before');
      expect(existsSync(inWav)).toBe(true);
    },
    2 * DEADLINE_MS,
  );
});
