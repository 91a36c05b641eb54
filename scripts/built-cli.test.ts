import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { cacheOf, holdName } from './built-cli.mjs';

const BUILT_CLI = new URL('built-cli.mjs', import.meta.url).href;
const DEADLINE_MS = 240_000;

const temporary = temporaryFolder();
let count = 0;
/** A project of its own, as small as can be. */
let root = '';
let cache = '';

/** Gives a source another content, and a time of change that no other content had. */
function write(file: string, text: string, changed = 1_700_000_000 + count++): void {
  const path = join(root, file);
  writeFileSync(path, text);
  utimesSync(path, changed, changed);
}

beforeEach(() => {
  root = join(temporary.at(`project-${String(count++)}`), '/');
  ({ cache } = cacheOf(root));
  mkdirSync(join(root, 'cli', 'threads'), { recursive: true });
  write('tsconfig.json', '{}');
  for (const thread of ['sweep', 'wasm']) write(`cli/threads/${thread}-thread.ts`, 'export {};');
  write('cli/said.ts', "export const said: string = 'first';");
  write('cli/warmbright.ts', "import { said } from './said';\nconsole.log(said);");
});

/** A process that asks for the build and runs it, as `npm run cli` does. */
async function start(): Promise<{ folder: string; stdout: string; stderr: string }> {
  const program = `
    const { builtCli } = await import(${JSON.stringify(BUILT_CLI)});
    process.setSourceMapsEnabled(true);
    const folder = builtCli(${JSON.stringify(root)});
    console.log(folder);
    if (folder !== null) await import('file://' + folder + '/warmbright.js');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child, 'close');
  const [folder = '', ...rest] = stdout.split('\n');
  return { folder, stdout: rest.join('\n'), stderr };
}

function builds(): string[] {
  return readdirSync(cache).filter((name) => name.startsWith('build-'));
}

describe('the built command line', () => {
  it('is built once, and anew when a source has changed, also to an older one', async () => {
    const first = await start();
    expect(first).toMatchObject({ stdout: 'first\n', stderr: '' });
    expect(await start()).toEqual(first);
    write('cli/said.ts', "export const said: string = 'later';");
    const second = await start();
    expect(second).toMatchObject({ stdout: 'later\n', stderr: '' });
    expect(second.folder).not.toBe(first.folder);
    write('cli/said.ts', "export const said: string = 'older';", 1_000_000_000);
    expect(await start()).toMatchObject({ stdout: 'older\n' });
    write('package-lock.json', '{}');
    expect((await start()).folder).not.toBe(second.folder);
    expect(builds()).toHaveLength(4);
  });

  it('belongs to the folder it was built in', async () => {
    const first = await start();
    rmSync(join(root, 'cli', 'said.ts'));
    expect(await start()).toMatchObject({ folder: 'null', stdout: '', stderr: '' });
    write('cli/said.ts', "export const said: string = 'again';");
    expect(await start()).toMatchObject({ stdout: 'again\n' });
    expect(existsSync(first.folder)).toBe(true);
  });

  it('finds what lies beside its sources, and its errors point at them', async () => {
    write(
      'cli/said.ts',
      'interface Unseen { readonly lines: number }\n\nexport const said = import.meta.url;\n' +
        'export function fail(of: Unseen): never {\n  throw new Error(String(of.lines));\n}',
    );
    write(
      'cli/warmbright.ts',
      "import { fail, said } from './said';\nconsole.log(said);\nfail({ lines: 2 });",
    );
    const { stdout, stderr } = await start();
    const source = join(root, 'cli', 'said.ts');
    expect(stdout).toBe(`${pathToFileURL(source).href}\n`);
    expect(stderr).toContain(`${source}:5:`);
  });

  it('is whole for each of several that start at once', async () => {
    const started = await Promise.all([start(), start(), start()]);
    for (const { stdout, stderr } of started) expect([stdout, stderr]).toEqual(['first\n', '']);
    expect(started.map(({ folder }) => folder)).toContain((await start()).folder);
    // Nothing half made is left: each folder has its command line.
    for (const name of builds()) {
      expect(existsSync(join(cache, name, 'warmbright.js'))).toBe(true);
    }
  });

  it('is gone without where nothing can be written', async () => {
    writeFileSync(join(root, 'node_modules'), 'no folder');
    expect(await start()).toEqual({ folder: 'null', stdout: '', stderr: '' });
  });

  it('is gone without where it cannot be built', async () => {
    write('cli/said.ts', 'export const said = (;');
    expect(await start()).toEqual({ folder: 'null', stdout: '', stderr: '' });
    expect(builds()).toEqual([]);
  });

  it('is removed once it is old, unless somebody holds it', async () => {
    const [free, held, elsewhere, young] = ['a', 'b', 'c', 'd'].map((name) => `build-${name}`);
    for (const name of [free, held, elsewhere, young]) {
      mkdirSync(join(cache, name ?? ''), { recursive: true });
    }
    const ended = (await endedProcess()).toString();
    writeFileSync(join(cache, free ?? '', holdName(hostname(), Number(ended))), '');
    writeFileSync(join(cache, held ?? '', holdName(hostname(), process.pid)), '');
    writeFileSync(join(cache, elsewhere ?? '', holdName('another', 1)), '');
    const twoHoursAgo = Date.now() / 1000 - 7200;
    for (const name of [free, held, elsewhere]) {
      utimesSync(join(cache, name ?? ''), twoHoursAgo, twoHoursAgo);
    }
    const { folder } = await start();
    expect(builds().sort()).toEqual([held, elsewhere, young, basename(folder)].sort());
    expect(statSync(folder).isDirectory()).toBe(true);
  });
});

/** The number of a process that does not run any more. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid ?? 0;
}

it('lies where git does not look', () => {
  const repository = fileURLToPath(new URL('..', import.meta.url));
  expect(cacheOf(repository).cache).toBe(join(repository, 'node_modules', '.cache', 'cli'));
});
