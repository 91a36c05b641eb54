/** The command line in a process that tests watch and end. For tests only. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What Node is given to run the command line with these arguments, in {@link ROOT}. */
export function nodeArguments(args: readonly string[]): string[] {
  return ['scripts/cli.mjs', ...args];
}

/** After it a test gives up: far above what any of them takes on a busy machine. */
export const DEADLINE_MS = 240_000;

interface EndedCli {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

export interface ChildCli {
  readonly process: ChildProcess;
  /** Resolves when a pattern stands in what was written to standard error; rejects where it ends. */
  readonly saw: (pattern: RegExp) => Promise<void>;
  readonly ended: Promise<EndedCli>;
}

/** @param stdout where standard output goes: a file's number, or nowhere */
export function startCli(args: readonly string[], stdout: number | 'ignore' = 'ignore'): ChildCli {
  const child = spawn(process.execPath, nodeArguments(args), {
    cwd: ROOT,
    stdio: ['ignore', stdout, 'pipe'],
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]): EndedCli => {
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, stderr };
  });
  const saw = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(stderr)) resolve();
      };
      child.stderr?.on('data', look);
      look();
      void ended.then(() => {
        reject(new Error(`It ended without ${String(pattern)}: ${stderr}`));
      });
    });
  return { process: child, saw, ended };
}
