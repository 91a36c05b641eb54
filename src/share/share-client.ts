/** The share server that the page comes from, if it is one: models sent there, fetched and taken back. */
import * as v from 'valibot';
import { checkedJson } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { MOST_SHARED_BYTES, modelIdOf, modelIdSchema } from './short-link';

/** What a share server calls itself, which no other host does. */
export const SHARE_SERVICE = 'warmbright-share';

export const MODEL_TYPE = 'application/octet-stream';

const CAPABILITY_MS = 5000;
const TRANSFER_MS = 60_000;
const MOST_ANSWER_CHARACTERS = 10_000;

const healthSchema = v.looseObject({
  status: v.literal('ok'),
  service: v.literal(SHARE_SERVICE),
  mostBytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
const uploadedSchema = v.strictObject({
  id: modelIdSchema,
  token: v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/, 'must be a token')),
});
const removedSchema = v.strictObject({ id: modelIdSchema, gone: v.boolean() });
const refusalSchema = v.object({ error: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)) });

/** A model that was sent, and what takes it back. */
export type Uploaded = v.InferOutput<typeof uploadedSchema>;

export class ShareClient {
  readonly #base: URL;
  #available: Promise<boolean> | null = null;

  /** @param base the page's own address, with or without what stands behind its last slash */
  constructor(base: string) {
    this.#base = new URL('.', base);
  }

  /** Whether the page's host keeps models. Asked once; a host that could not be reached is asked again. */
  available(): Promise<boolean> {
    this.#available ??= this.#askHealth().catch(() => {
      this.#available = null;
      return false;
    });
    return this.#available;
  }

  /**
   * The address to send: it shows a preview in messengers, and leads to the page with `#s=<id>`.
   */
  addressOf(id: string): string {
    return new URL(`m/${id}`, this.#base).href;
  }

  /** @throws InputError saying why the server did not take the model file */
  async upload(bytes: Uint8Array<ArrayBuffer>): Promise<Uploaded> {
    const what = 'The model was not shared';
    if (bytes.length > MOST_SHARED_BYTES) {
      throw new InputError(
        `${what}: it has ${String(bytes.length)} bytes, and at most ${String(MOST_SHARED_BYTES)} are taken; send the model file itself.`,
      );
    }
    const uploaded = await this.#asked(what, uploadedSchema, 'api/models', {
      method: 'POST',
      headers: { 'Content-Type': MODEL_TYPE },
      body: bytes,
    });
    if (uploaded.id !== (await modelIdOf(bytes))) {
      throw new InputError(`${what}: the server took other bytes than were sent, so try again.`);
    }
    return uploaded;
  }

  /**
   * The bytes of the model file under that id.
   *
   * @throws InputError saying why they cannot be had, also where they are not those that the id names
   */
  async fetchModel(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const what = 'The shared model could not be opened';
    const bytes = await this.#transfer(what, `api/models/${id}`, {}, async (response) => {
      if (response.headers.get('content-type') !== MODEL_TYPE) {
        throw new InputError(`${what}: ${keepsNone(response)}`);
      }
      if (Number(response.headers.get('content-length')) > MOST_SHARED_BYTES) return null;
      return new Uint8Array(await response.arrayBuffer());
    });
    if (bytes === null || (await modelIdOf(bytes)) !== id) {
      throw new InputError(`${what}: what came is not the model that the link names.`);
    }
    return bytes;
  }

  /**
   * Takes an upload back.
   *
   * @returns whether the model is gone; others may have shared the same one
   * @throws InputError saying why it was not taken back
   */
  async remove({ id, token }: Uploaded): Promise<boolean> {
    const what = 'The shared model was not taken back';
    const headers = { Authorization: `Bearer ${token}` };
    const options = { method: 'DELETE', headers };
    return (await this.#asked(what, removedSchema, `api/models/${id}`, options)).gone;
  }

  async #askHealth(): Promise<boolean> {
    const response = await fetch(new URL('healthz', this.#base), {
      signal: AbortSignal.timeout(CAPABILITY_MS),
      credentials: 'omit',
    });
    const text = await response.text();
    try {
      return response.ok && v.is(healthSchema, JSON.parse(text));
    } catch {
      // A host that serves files alone may answer anything with its page.
      return false;
    }
  }

  #asked<T>(
    what: string,
    schema: v.GenericSchema<unknown, T>,
    path: string,
    options: RequestInit,
  ): Promise<T> {
    return this.#transfer(what, path, options, async (response) => {
      const text = (await response.text()).slice(0, MOST_ANSWER_CHARACTERS);
      return checkedJson(schema, text, `${what}: what the server answered`);
    });
  }

  /** Asks, and reads the answer, both before the deadline. */
  async #transfer<T>(
    what: string,
    path: string,
    options: RequestInit,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    try {
      const response = await fetch(new URL(path, this.#base), {
        ...options,
        signal: AbortSignal.timeout(TRANSFER_MS),
        credentials: 'omit',
        cache: 'no-store',
      });
      if (!response.ok) throw new InputError(`${what}: ${await reasonOf(response)}`);
      return await read(response);
    } catch (error) {
      if (error instanceof InputError) throw error;
      const late = error instanceof Error && error.name === 'TimeoutError';
      throw new InputError(
        late
          ? `${what}: the server did not answer within ${String(TRANSFER_MS / 1000)} s, so try again later.`
          : `${what}: the page’s server cannot be reached, so try again once you are connected.`,
      );
    }
  }
}

/** What the server says of a refusal. */
async function reasonOf(response: Response): Promise<string> {
  const text = (await response.text()).slice(0, MOST_ANSWER_CHARACTERS);
  try {
    const refusal = v.safeParse(refusalSchema, JSON.parse(text));
    return refusal.success ? refusal.output.error : keepsNone(response);
  } catch {
    return keepsNone(response);
  }
}

/** Hosts of files alone answer with a page of theirs, and that they have found something or not. */
function keepsNone({ status }: Response): string {
  return `this page’s host keeps no shared models (it answered with status ${String(status)}), so open the link at the address that was sent.`;
}
