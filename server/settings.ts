/** What the environment says of how the server is to run. */
import * as v from 'valibot';
import { InputError } from '../src/base/input-error';
import { MOST_SHARED_BYTES } from '../src/share/short-link';

/** A whole number within bounds, written in digits. */
function whole(least: number, most: number) {
  const words = `must be a whole number from ${String(least)} to ${String(most)}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,10}$/, words),
    v.transform(Number),
    v.minValue(least, words),
    v.maxValue(most, words),
  );
}

const path = v.pipe(
  v.string(),
  v.maxLength(4000, 'must be at most 4000 characters long'),
  v.regex(/^\P{Cc}+$/u, 'must be a path'),
);
const word = v.pipe(
  v.string(),
  v.regex(/^[\x21-\x7e]{1,500}$/, 'must be 1 to 500 characters of ASCII without spaces'),
);

const entries = {
  PORT: v.optional(whole(0, 65_535), '8080'),
  HOST: v.optional(
    v.pipe(v.string(), v.regex(/^[\w.:-]{1,255}$/, 'must be the name or number of an address')),
    '127.0.0.1',
  ),
  PAGE_DIR: v.optional(path, 'dist'),
  DATA_DIR: v.optional(path, 'server/data'),
  S3_ENDPOINT: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^https?:\/\/[\w.:[\]-]{1,255}\/?$/, 'must be like https://s3.example.org'),
    ),
  ),
  S3_BUCKET: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
    ),
  ),
  S3_REGION: v.optional(
    v.pipe(v.string(), v.regex(/^[\w-]{1,50}$/, 'must be the name of a region')),
  ),
  AWS_ACCESS_KEY_ID: v.optional(word),
  AWS_SECRET_ACCESS_KEY: v.optional(word),
  UPLOADS_PER_HOUR: v.optional(whole(1, 1_000_000_000), '60'),
  REQUESTS_PER_MINUTE: v.optional(whole(1, 1_000_000_000), '600'),
  MAX_UPLOADS: v.optional(whole(1, 10_000_000), '5000'),
  EXPIRE_DAYS: v.optional(whole(1, 3650)),
  TRUST_PROXY: v.optional(whole(0, 10), '0'),
  TIMEOUT_SECONDS: v.optional(whole(1, 600), '30'),
  MEMORY_MB: v.optional(whole(MOST_SHARED_BYTES / 2 ** 20, 65_536), '256'),
};
const environmentSchema = v.object(entries);

const S3_VARIABLES = [
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
] as const;

/** All that are read. */
export const VARIABLES: readonly string[] = Object.keys(entries);

/** Where models are kept. */
export type StorePlace =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly endpoint: string;
      readonly bucket: string;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Folder of the built page. */
  readonly pageFolder: string;
  readonly store: StorePlace;
  /** Of one client. */
  readonly uploadsPerHour: number;
  readonly requestsPerMinute: number;
  /** Uploads kept at once, of all clients. */
  readonly mostUploads: number;
  /** null: they are kept until they are deleted. */
  readonly expireDays: number | null;
  /** How many proxies, one behind the other, are believed who asked them; 0: none. */
  readonly trustedProxies: number;
  /** How long a request may take to come in, and its answer to be taken. */
  readonly timeoutMs: number;
  /** Of model files on their way in and out. */
  readonly memoryBytes: number;
}

/**
 * The settings that an environment names, or their usual values.
 *
 * @throws InputError naming the variable that cannot be used
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  // An empty variable is what a container's file leaves where nothing was filled in.
  const given = Object.fromEntries(
    VARIABLES.map((name) => [name, environment[name]] as const).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
  const result = v.safeParse(environmentSchema, given, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new InputError(`The environment variable ${v.getDotPath(issue) ?? ''} ${issue.message}.`);
  }
  const of = result.output;
  return {
    port: of.PORT,
    host: of.HOST,
    pageFolder: of.PAGE_DIR,
    store: storePlace(of),
    uploadsPerHour: of.UPLOADS_PER_HOUR,
    requestsPerMinute: of.REQUESTS_PER_MINUTE,
    mostUploads: of.MAX_UPLOADS,
    expireDays: of.EXPIRE_DAYS ?? null,
    trustedProxies: of.TRUST_PROXY,
    timeoutMs: of.TIMEOUT_SECONDS * 1000,
    memoryBytes: of.MEMORY_MB * 2 ** 20,
  };
}

function storePlace(of: v.InferOutput<typeof environmentSchema>): StorePlace {
  // The keys alone may be there for other programs.
  if (of.S3_ENDPOINT === undefined && of.S3_BUCKET === undefined) {
    return { kind: 'folder', path: of.DATA_DIR };
  }
  const [endpoint, bucket, region, accessKeyId, secretAccessKey] = S3_VARIABLES.map((name) => {
    const value = of[name];
    if (value === undefined) {
      throw new InputError(
        `The environment variable ${name} is missing: an S3 store needs ${S3_VARIABLES.join(', ')}.`,
      );
    }
    return value;
  });
  return {
    kind: 's3',
    endpoint: endpoint ?? '',
    bucket: bucket ?? '',
    region: region ?? '',
    accessKeyId: accessKeyId ?? '',
    secretAccessKey: secretAccessKey ?? '',
  };
}
