/**
 * Models and who may delete them.
 *
 * A model lies under `models:<id>`. Each upload of it adds a claim, `claims:<id>:<time>-<hash>`, whose
 * token only that uploader is given. A token takes back its own claim, and the model goes with the
 * last: who uploads the same file again can neither delete it for others nor lose it by their doing.
 * Tokens are kept as hashes, so nobody can read them from the store.
 *
 * Servers that share a store agree without speaking to each other: wherever there is a claim, its
 * model ends up there, too. An upload writes its claim first and then, where it is missing, the model;
 * whoever removes a model looks for claims once more afterwards, and puts it back for one that came
 * meanwhile. This asks of the store that it lists what was written, as folders and S3 do.
 */
import { randomBytes } from 'node:crypto';
import type { Storage } from 'unstorage';
import * as v from 'valibot';
import { InputError } from '../src/base/input-error';
import { modelIdOf } from '../src/share/short-link';
import { askAgain } from './storage/ask-again';
import { LateError, within } from './within';

const MS_A_DAY = 86_400_000;
/** Before the store is asked again. */
const PAUSES_MS = [100, 400];

const ANSWER_MS = 1000;
const TOKEN_BYTES = 24;

/** As {@link ModelStore.add} makes them. */
export const tokenSchema = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,11}\.[\w-]{32}$/));

const CLAIM = /^claims:([\w-]{22}):([0-9a-z]{1,11})-[\w-]{22}$/;

/** There is no room for another model. */
export class FullError extends Error {
  override readonly name = 'FullError';
}

/** The store failed, and failed again. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

export interface StoreLimits {
  readonly mostUploads: number;
  readonly expireDays: number | null;
  /** How long the store is waited for. */
  readonly timeoutMs: number;
}

export class ModelStore {
  readonly #storage: Storage;
  readonly #limits: StoreLimits;
  /** Claims when they were last counted, and those added here since. */
  #uploads = 0;
  #answer: { readonly at: number; readonly came: Promise<boolean> } | null = null;

  constructor(storage: Storage, limits: StoreLimits) {
    this.#storage = storage;
    this.#limits = limits;
  }

  /** Uploads that are kept, as far as is known here. */
  get uploads(): number {
    return this.#uploads;
  }

  /**
   * Sees that the store keeps what is put there: to some drivers a bucket that is missing looks empty.
   *
   * @throws Error where it does not, or not in time
   */
  async probe(): Promise<void> {
    const said = randomBytes(8).toString('hex');
    const key = `probes:${said}`;
    await this.#ask(() => this.#storage.setItemRaw(key, Buffer.from(said)));
    const found: unknown = await this.#ask(() => this.#storage.getItemRaw(key));
    if (bytesOf(found)?.toString() !== said) {
      throw new InputError('The store does not keep what is put there: does its bucket exist?');
    }
    await this.#ask(() => this.#storage.removeItem(key));
  }

  /** Looks whether the store answers, no more often than once a second. @throws Error where it does not */
  async answers(now = Date.now()): Promise<void> {
    if (this.#answer === null || now - this.#answer.at > ANSWER_MS) {
      this.#answer = { at: now, came: this.has('-'.repeat(22)) };
    }
    await this.#answer.came;
  }

  has(id: string): Promise<boolean> {
    return this.#ask(() => this.#storage.hasItem(modelKey(id)));
  }

  /** The model's bytes; null where it is not kept. @throws Error where the store has spoilt them */
  async read(id: string): Promise<Buffer<ArrayBuffer> | null> {
    const bytes = await this.#stored(id);
    if (bytes !== null && (await modelIdOf(bytes)) !== id) {
      throw new Error(`The model ${id} is damaged in the store.`);
    }
    return bytes;
  }

  /**
   * Keeps a model that is known to be valid, on behalf of one uploader.
   *
   * @returns the token that takes that back
   * @throws FullError where there is no room
   */
  async add(id: string, bytes: Uint8Array, now = Date.now()): Promise<string> {
    if (this.#uploads >= this.#limits.mostUploads) {
      throw new FullError(
        'This server keeps as many models as it may: try again later, or send the model file itself.',
      );
    }
    this.#uploads++;
    const token = `${now.toString(36)}.${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    await this.#put(await claimKey(id, token), Buffer.from(new Date(now).toISOString()));
    const stored = await this.#stored(id);
    // Who uploads a model again mends one that the store has spoilt.
    if (stored?.equals(bytes) !== true) await this.#put(modelKey(id), bytes);
    return token;
  }

  /**
   * Takes back the upload that brought the token.
   *
   * @returns whether the model is gone with it, or kept for others; null where the token is not of that model
   */
  async release(id: string, token: string): Promise<'gone' | 'kept' | null> {
    const claim = await claimKey(id, token);
    if (!(await this.#ask(() => this.#storage.hasItem(claim)))) return null;
    return this.#removeClaim(id, claim);
  }

  /** Counts what is kept, and lets go of what has expired. */
  async tend(now = Date.now()): Promise<void> {
    const { expireDays } = this.#limits;
    const keys = await this.#storage.getKeys('claims:');
    this.#uploads = keys.length;
    if (expireDays === null) return;
    for (const key of keys) {
      const [, id, time = ''] = CLAIM.exec(key) ?? [];
      const expires = parseInt(time, 36) + expireDays * MS_A_DAY;
      if (id !== undefined && expires < now) await this.#removeClaim(id, key);
    }
  }

  async #removeClaim(id: string, claim: string): Promise<'gone' | 'kept'> {
    await this.#ask(() => this.#storage.removeItem(claim));
    this.#uploads = Math.max(0, this.#uploads - 1);
    if (await this.#isClaimed(id)) return 'kept';
    const bytes = await this.#stored(id);
    await this.#ask(() => this.#storage.removeItem(modelKey(id)));
    if (bytes === null || !(await this.#isClaimed(id))) return 'gone';
    await this.#put(modelKey(id), bytes);
    return 'kept';
  }

  async #stored(id: string): Promise<Buffer<ArrayBuffer> | null> {
    return bytesOf(await this.#ask(() => this.#storage.getItemRaw(modelKey(id))));
  }

  async #isClaimed(id: string): Promise<boolean> {
    return (await this.#ask(() => this.#storage.getKeys(`claims:${id}:`))).length > 0;
  }

  /** @throws StoreError where the store took it and has it not, as a driver does whose bucket is gone */
  async #put(key: string, bytes: Uint8Array): Promise<void> {
    await this.#ask(() => this.#storage.setItemRaw(key, bytes));
    if (!(await this.#ask(() => this.#storage.hasItem(key))))
      throw new StoreError('it kept nothing of what it took');
  }

  /** Asks the store, and again where it fails. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    const isLate = (error: unknown): boolean => error instanceof LateError;
    try {
      return await askAgain(
        () => within(this.#limits.timeoutMs, 'The store', question()),
        PAUSES_MS,
        isLate,
      );
    } catch (error) {
      throw isLate(error) ? error : new StoreError(String(error));
    }
  }
}

function modelKey(id: string): string {
  return `models:${id}`;
}

async function claimKey(id: string, token: string): Promise<string> {
  const [time = ''] = token.split('.');
  return `claims:${id}:${time}-${await modelIdOf(new TextEncoder().encode(token))}`;
}

/** What drivers give for bytes: folders a buffer, S3 an array buffer. */
function bytesOf(found: unknown): Buffer<ArrayBuffer> | null {
  if (found instanceof ArrayBuffer) return Buffer.from(found);
  return found instanceof Uint8Array ? Buffer.from(found) : null;
}
