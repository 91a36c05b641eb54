/** How often one client may ask. */
import { isIP, isIPv4 } from 'node:net';

/** Clients that are remembered at once; the longest unseen is forgotten first. */
const MOST_CLIENTS = 20_000;

interface Bucket {
  /** What is left to the client. */
  left: number;
  /** When that was so, ms. */
  at: number;
}

/** A token bucket for each client: a whole window's allowance at once, filled again over the window. */
export class RateLimit {
  readonly #allowance: number;
  readonly #windowMs: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(allowance: number, windowMs: number) {
    this.#allowance = allowance;
    this.#windowMs = windowMs;
  }

  /** Counts one request. @returns 0, or after how many seconds the client may ask again */
  take(client: string, now = Date.now()): number {
    const before = this.#buckets.get(client) ?? { left: this.#allowance, at: now };
    const filled = before.left + ((now - before.at) / this.#windowMs) * this.#allowance;
    const left = Math.min(this.#allowance, filled);
    // Put in anew, so that the map's order is that of their last requests.
    this.#buckets.delete(client);
    this.#buckets.set(client, { left: left < 1 ? left : left - 1, at: now });
    if (this.#buckets.size > MOST_CLIENTS) {
      for (const oldest of this.#buckets.keys()) {
        this.#buckets.delete(oldest);
        break;
      }
    }
    if (left >= 1) return 0;
    return Math.max(1, Math.ceil(((1 - left) * this.#windowMs) / this.#allowance / 1000));
  }
}

/**
 * Whom a request is counted for: an IPv4 address, or the half of an IPv6 address that one household
 * or machine is given.
 *
 * @param peer           address at the other end of the connection
 * @param forwardedFor   the header X-Forwarded-For, to which each proxy adds who asked it
 * @param trustedProxies how many proxies, counted from here, are believed
 */
export function clientOf(
  peer: string,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const said = (forwardedFor ?? '').split(',').map((address) => address.trim());
  const claimed = trustedProxies === 0 ? undefined : said.at(-trustedProxies);
  const address = claimed !== undefined && isIP(claimed) !== 0 ? claimed : peer;
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(mapped)) return mapped;
  const [front = '', back] = address.replace(/%.*$/, '').toLowerCase().split('::');
  const groups = front === '' ? [] : front.split(':');
  const after = back === undefined || back === '' ? [] : back.split(':');
  const zeros = back === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${all.slice(0, 4).join(':')}::/64`;
}
