/** A peer in a process of its own: a line of JSON there, a line of JSON back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Line } from './peer';

/** How many lines of a process that failed are told. */
const TOLD = 3;

export function processLine(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Line {
  const child = spawn(program, args, { env: { ...process.env, ...env } });
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    complaints.push(line);
  });
  let gone: Error | null = null;
  let settle: { resolve: (answer: unknown) => void; reject: (error: Error) => void } | null = null;
  const fail = (message: string): void => {
    gone = new Error(message);
    settle?.reject(gone);
  };
  child.on('error', (error) => {
    fail(error.message);
  });
  child.on('close', (code) => {
    const words = complaints.slice(-TOLD).join(' ');
    fail(`The process ended (${String(code)}): ${words}`);
  });
  // Writing to a process that is gone is told by its end.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    try {
      settle?.resolve(JSON.parse(line));
    } catch {
      settle?.reject(new Error(`The process says "${line.slice(0, 80)}", which is no JSON.`));
    }
  });
  return {
    ask: (command) =>
      new Promise((resolve, reject) => {
        if (gone !== null) {
          reject(gone);
          return;
        }
        settle = { resolve, reject };
        child.stdin.write(`${JSON.stringify(command)}\n`);
      }),
    close: async () => {
      if (gone !== null) return;
      const closed = once(child, 'close');
      child.stdin.end();
      await closed;
    },
  };
}
