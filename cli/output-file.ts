/** Files that commands write: whole or not at all, and never over what is being read. */
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../src/base/input-error';
import { beforeTheEnd } from './signals';

/** A file cannot be written. The message names it. */
export class OutputError extends InputError {}

/** Where the bytes of a file go. */
export interface OutputTarget {
  /**
   * Puts bytes at a place; a pipe or device takes them only one after the other.
   *
   * @throws OutputError where there is no room, or nobody reads any more
   */
  readonly write: (bytes: Uint8Array, position: number) => Promise<void>;
}

/**
 * Writes a file. What was there before stays until the new file is whole, and if it never is; a
 * device or pipe is written to as it is, and a symbolic link stays and what it points to is written.
 * Of two that write one file at once, the one that ends last wins with a whole file.
 *
 * @param inputs files that are being read, none of which may be the one written, by any name
 * @throws OutputError naming the file and why it cannot be written
 */
export async function writeOutput<T>(
  path: string,
  inputs: readonly string[],
  fill: (target: OutputTarget) => Promise<T>,
): Promise<T> {
  const target = checkOutput(path, inputs);
  if (target.status !== null && !target.status.isFile()) return writeThrough(path, fill);
  return replaceFile(path, target.path, target.status, fill);
}

/** The same of bytes, or text, that are whole already. */
export async function writeWhole(
  path: string,
  inputs: readonly string[],
  contents: Uint8Array | string,
): Promise<void> {
  const bytes = typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
  await writeOutput(path, inputs, (target) => target.write(bytes, 0));
}

interface CheckedOutput {
  /** Of the file itself, where the path given is a symbolic link. */
  readonly path: string;
  /** null where it is not there yet. */
  readonly status: Stats | null;
}

/**
 * Looks whether a file can be written, without touching it.
 *
 * @throws OutputError where it is a folder, one of the inputs, or may not be written
 */
export function checkOutput(path: string, inputs: readonly string[]): CheckedOutput {
  return naming(path, () => {
    const status = statSync(path, { throwIfNoEntry: false }) ?? null;
    if (status === null) return { path: endOfLinks(path), status };
    if (status.isDirectory()) throw cannot(path, 'EISDIR');
    const same = inputs.find((input) => isSameFile(input, path));
    if (same !== undefined) {
      const name = resolve(same) === resolve(path) ? '' : `, ${same}, by another name`;
      throw new OutputError(`${path}: It names the file that is read${name}; write to another.`);
    }
    accessSync(path, constants.W_OK);
    return { path: realpathSync(path), status };
  });
}

/**
 * Looks whether files can be made in a folder, by making one.
 *
 * @throws OutputError naming the folder and why not
 */
export function checkFolder(folder: string): void {
  const path = join(folder, temporaryName());
  naming(folder, () => {
    closeSync(openSync(path, 'wx'));
    unlinkSync(path);
  });
}

/** By device and number, exactly: a file can have many names. */
function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) =>
    statSync(path, { bigint: true, throwIfNoEntry: false }),
  );
  if (first === undefined || second === undefined) return false;
  return first.dev === second.dev && first.ino === second.ino;
}

/** Where a symbolic link leads whose file is not there yet. */
function endOfLinks(path: string): string {
  let at = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    try {
      at = resolve(dirname(at), readlinkSync(at));
    } catch {
      return at;
    }
  }
  throw cannot(path, 'ELOOP');
}

const MOST_LINKS = 40;

const temporaryName = (): string => `.warmbright-${String(process.pid)}-${randomUUID()}.part`;

async function replaceFile<T>(
  name: string,
  path: string,
  before: Stats | null,
  fill: (target: OutputTarget) => Promise<T>,
): Promise<T> {
  const temporary = join(dirname(path), temporaryName());
  // Nothing is awaited between the file's birth and the promise to remove it.
  const file = naming(name, () => openSync(temporary, 'wx'));
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  const forget = beforeTheEnd(() => {
    unlinkSync(temporary);
  });
  try {
    // Who may read and write the file stays as it was.
    if (before !== null)
      naming(name, () => {
        fchmodSync(file, before.mode & 0o777);
      });
    const result = await fill({
      write: (bytes, position) => {
        naming(name, () => {
          for (let done = 0; done < bytes.length;) {
            done += writeSync(file, bytes, done, bytes.length - done, position + done);
          }
        });
        return Promise.resolve();
      },
    });
    naming(name, () => {
      fsyncSync(file);
      close();
      renameSync(temporary, path);
    });
    forget();
    keepNames(dirname(path));
    return result;
  } catch (error) {
    close();
    unlinkSync(temporary);
    forget();
    throw error;
  }
}

/** Brings a folder's names to the disk, where the system can: the file itself is there already. */
function keepNames(folder: string): void {
  let file: number | null = null;
  try {
    file = openSync(folder, 'r');
    fsyncSync(file);
  } catch {
    // Some systems know no such thing for folders.
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** A pipe or device: waits for its reader without keeping signals out. */
async function writeThrough<T>(
  path: string,
  fill: (target: OutputTarget) => Promise<T>,
): Promise<T> {
  const file = await namingLater(path, () => open(path, 'w'));
  let at = 0;
  try {
    return await fill({
      write: async (bytes, position) => {
        if (position !== at) {
          throw new OutputError(
            `${path}: A pipe or device cannot be written out of order, as this file needs: write to a file.`,
          );
        }
        await namingLater(path, async () => {
          for (let done = 0; done < bytes.length;) {
            done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
          }
        });
        at += bytes.length;
      },
    });
  } finally {
    await file.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no room left',
  EDQUOT: 'there is no room left',
  EFBIG: 'it is larger than files may be there',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOENT: 'the folder that it should be in is not there',
  EACCES: 'writing is not allowed there',
  EPERM: 'writing is not allowed there',
  EROFS: 'writing is not allowed there',
  EPIPE: 'whoever read it has stopped',
  ELOOP: 'it is a symbolic link that leads nowhere',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the device failed',
  ENXIO: 'nothing there takes what is written',
  ETXTBSY: 'it is a program that is running',
  EMFILE: 'too many files are open',
};

/** The error of a failed system call as one that names the file. */
export function writeError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code in REASONS ? cannot(path, code, error) : error;
}

function cannot(path: string, code: string, cause?: unknown): OutputError {
  const reason = REASONS[code] ?? code;
  return new OutputError(`${path}: The file cannot be written: ${reason}.`, { cause });
}

function naming<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw writeError(path, error);
  }
}

async function namingLater<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw writeError(path, error);
  }
}
