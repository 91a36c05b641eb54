/** Python with PyTorch, where the machine has it. For tests only, in Node. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port';
import { hasPythonModules } from './python';

/** The interpreter that Debian's python3-torch belongs to. */
const PYTHON = '/usr/bin/python3';

/** After it a script is killed: far above what any takes on a busy machine. */
export const TORCH_DEADLINE_MS = 240_000;

export function hasTorch(): boolean {
  return hasPythonModules(PYTHON, 'torch');
}

/**
 * Runs Python and waits for its end.
 *
 * @returns what it printed
 * @throws Error with what it wrote to standard error, where it failed or took longer than the deadline
 */
export async function runPython(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(PYTHON, ['-B', ...args], {
    env: { ...process.env, OMP_NUM_THREADS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TORCH_DEADLINE_MS,
    killSignal: 'SIGKILL',
  });
  let [printed, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Python ended with ${String(code)}: ${errors}`);
  return printed;
}

/**
 * Runs a script in several processes that train together, with the variables that torchrun sets: the
 * torchrun of Debian's PyTorch 1.13 does not start with its Python 3.11.
 */
export async function runTogether(processes: number, args: readonly string[]): Promise<void> {
  const port = await freePort();
  const common = {
    WORLD_SIZE: String(processes),
    MASTER_ADDR: '127.0.0.1',
    MASTER_PORT: String(port),
  };
  const ranks = Array.from({ length: processes }, (_, rank) => String(rank));
  await Promise.all(
    ranks.map((rank) => runPython(args, { ...common, RANK: rank, LOCAL_RANK: rank })),
  );
}
