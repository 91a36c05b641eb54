/** Runs the command line. For tests only. */
import { spawnSync } from 'node:child_process';
import { nodeArguments, ROOT } from './child-cli';
import { main } from './main';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As people do, in a process of its own, which takes a while to start. */
export function runCli(...args: readonly string[]): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, nodeArguments(args), {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** In this process. */
export async function callCli(...args: readonly string[]): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const status = await main(args, {
    print: (text) => {
      stdout += text;
    },
    note: (line) => {
      stderr += `${line}\n`;
    },
  });
  return { status, stdout, stderr };
}
