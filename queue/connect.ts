/** The way to the queue: a Redis, and which of its queues a sweep's runs stand in. */
import { Redis } from 'ioredis';
import { InputError } from '../src/base/input-error';
import { within } from '../server/within';

const FIRST_ANSWER_MS = 10_000;

/**
 * A connection that comes back by itself when it breaks.
 *
 * @param address redis://[user:password@]host[:port][/db], or rediss:// for TLS
 * @throws InputError where that is no such address, or nothing answers there
 */
export async function connect(address: string): Promise<Redis> {
  const url = parsed(address);
  const redis = new Redis(address, { maxRetriesPerRequest: null });
  let last = '';
  redis.on('error', (error) => {
    last = ` (${error.message})`;
  });
  try {
    await within(FIRST_ANSWER_MS, 'It', redis.ping());
  } catch (error) {
    redis.disconnect();
    const why = last === '' ? ` (${error instanceof Error ? error.message : String(error)})` : last;
    throw new InputError(
      `The queue at ${url.protocol}//${url.host} does not answer${why}: start a Redis there, or name another.`,
    );
  }
  return redis;
}

/** The address may hold a password, so nothing of it is quoted where it cannot be read. */
function parsed(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === '') {
    throw new InputError("Option '--queue' takes an address such as redis://localhost:6379.");
  }
  return url;
}

/** How long the queue remembers runs that are over, so that a sweep can be followed again. */
export const REMEMBERED_S = 7 * 86_400;

/** Whether somebody has cancelled a sweep, for the workers that are training its runs. */
export class Cancelled {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async set(sweep: string): Promise<void> {
    await this.#redis.set(keyOf(sweep), '1', 'EX', REMEMBERED_S);
  }

  async clear(sweep: string): Promise<void> {
    await this.#redis.del(keyOf(sweep));
  }

  async has(sweep: string): Promise<boolean> {
    return (await this.#redis.exists(keyOf(sweep))) === 1;
  }
}

function keyOf(sweep: string): string {
  return `warmbright:cancelled:${sweep}`;
}

/**
 * Workers that have a data file of their own take the runs on that file, the others those whose rows
 * lie in the store.
 *
 * @param data hash of the data set where workers have it themselves, else null
 */
export function queueName(data: string | null): string {
  return data === null ? 'warmbright' : `warmbright-${data}`;
}
