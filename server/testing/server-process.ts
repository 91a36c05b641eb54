/** A real server process for tests, with a page and a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TemporaryFolder } from '../../src/testing/temporary-folder';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Far above what a start takes, on a machine that does other things too. */
const START_MS = 60_000;
const END_MS = 20_000;

export interface ServerProcess {
  /** With a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** What it has said of faults. */
  readonly faults: () => string;
  /** Ends it as an operator does, or at once (`SIGKILL`), and waits until it is gone. */
  readonly end: (signal?: NodeJS.Signals) => Promise<void>;
}

/** Limits that no test reaches by chance. */
const GENEROUS = { UPLOADS_PER_HOUR: '1000000', REQUESTS_PER_MINUTE: '1000000' };

/** A folder with a page as small as one can be. @returns its path */
export function makePage(folder: TemporaryFolder): string {
  mkdirSync(folder.at('page/assets'), { recursive: true });
  folder.write('page/index.html', '<!doctype html><title>Warmbright</title>');
  folder.write('page/assets/main-1a2b.js', 'export {};');
  folder.write('secret.txt', 'not of the page');
  return folder.at('page');
}

/**
 * @param program for Node; usually the server's sources
 * @throws Error with what the process said, where it does not start
 */
export async function startServer(
  environment: Readonly<Record<string, string>>,
  program: readonly string[] = ['--import', 'tsx', 'server/main.ts'],
): Promise<ServerProcess> {
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...GENEROUS, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let faults = '';
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  child.stderr.setEncoding('utf8').on('data', (text: string) => (faults += text));
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (): void => {
      reject(new Error(`The server did not start: ${faults}${said}`));
    };
    const late = setTimeout(fail, START_MS);
    child.once('close', fail);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /http:\/\/\S+\//.exec(said)?.[0];
      if (address === undefined) return;
      clearTimeout(late);
      child.removeListener('close', fail);
      resolve(address);
    });
  });
  const end = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    const kill = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(kill);
  };
  return { url, port: Number(new URL(url).port), process: child, faults: () => faults, end };
}
