/** Ports for programs that take only one that is named to them. For tests only, in Node. */
import { createServer } from 'node:net';
import { once } from 'node:events';

/**
 * Below those that systems give to clients and to servers that ask for any (32768 on Linux, 49152
 * elsewhere), since such a one may be given away between our look and the program's start.
 */
const [FIRST, COUNT] = [20_000, 12_000];

// Processes that look at the same time begin at different places.
let next = (process.pid * 97) % COUNT;

/** A port of this machine that nobody listens on. @throws Error where there is none */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < COUNT; tries++) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free.');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
