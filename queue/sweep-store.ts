/**
 * What asker and workers hand over by the store: the sweep, its rows and the models. Each lies under
 * its own hash or is named by it, so nothing that has been changed on the way is used.
 */
import type { Storage } from 'unstorage';
import { checkedJson } from '../src/base/checked-json';
import { sha256Hex } from '../src/base/sha256';
import { askAgain } from '../server/storage/ask-again';
import { within } from '../server/within';
import { definitionSchema, type SweepDefinition } from './messages';

/** Before the store is asked again. */
const PAUSES_MS = [200, 1000];
const ANSWER_MS = 60_000;

/** The store does not have what it should. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

function bytesOf(definition: SweepDefinition): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(definition));
}

/** By which a sweep is known, whether or not the store has it. */
export function sweepHash(definition: SweepDefinition): Promise<string> {
  return sha256Hex(bytesOf(definition));
}

export class SweepStore {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** @returns the sweep's hash, by which all else of it is found */
  async putDefinition(definition: SweepDefinition): Promise<string> {
    const sweep = await sweepHash(definition);
    await this.#put(`sweeps:${sweep}:definition`, bytesOf(definition));
    return sweep;
  }

  /** @throws StoreError; InputError where there is one that cannot be used */
  async definition(sweep: string): Promise<SweepDefinition> {
    const bytes = await this.#get(`sweeps:${sweep}:definition`, sweep);
    return checkedJson(definitionSchema, new TextDecoder().decode(bytes), 'The sweep in the store');
  }

  async putRows(sweep: string, bytes: Uint8Array): Promise<void> {
    await this.#put(`sweeps:${sweep}:rows`, bytes);
  }

  /** @throws StoreError */
  rows(sweep: string, hash: string): Promise<Uint8Array> {
    return this.#get(`sweeps:${sweep}:rows`, hash);
  }

  async removeRows(sweep: string): Promise<void> {
    await this.#ask(() => this.#storage.removeItem(`sweeps:${sweep}:rows`));
  }

  /** @returns the model file's hash */
  async putModel(sweep: string, bytes: Uint8Array): Promise<string> {
    const hash = await sha256Hex(bytes);
    await this.#put(`sweeps:${sweep}:models:${hash}`, bytes);
    return hash;
  }

  /** @throws StoreError */
  model(sweep: string, hash: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#get(`sweeps:${sweep}:models:${hash}`, hash);
  }

  async #put(key: string, bytes: Uint8Array): Promise<void> {
    await this.#ask(() => this.#storage.setItemRaw(key, Buffer.from(bytes)));
    // A driver whose bucket is gone takes it and keeps nothing.
    if (!(await this.#ask(() => this.#storage.hasItem(key)))) {
      throw new StoreError('The store keeps nothing of what it takes: does its bucket exist?');
    }
  }

  async #get(key: string, hash: string): Promise<Uint8Array<ArrayBuffer>> {
    const found: unknown = await this.#ask(() => this.#storage.getItemRaw(key));
    // Folders give a buffer, S3 an array buffer.
    const bytes =
      found instanceof ArrayBuffer || found instanceof Uint8Array ? new Uint8Array(found) : null;
    if (bytes === null || (await sha256Hex(bytes)) !== hash) {
      const fault = bytes === null ? 'is not there' : 'has been changed';
      throw new StoreError(`The store's ${key} ${fault}: do all use the same store?`);
    }
    return bytes;
  }

  #ask<T>(question: () => Promise<T>): Promise<T> {
    return askAgain(() => within(ANSWER_MS, 'The store', question()), PAUSES_MS);
  }
}
