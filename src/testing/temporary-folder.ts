/** Where a test file puts what it writes. For tests only, in Node. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export interface TemporaryFolder {
  readonly path: string;
  /** Path of a file in it, whether it is there or not. */
  readonly at: (name: string) => string;
  /** Writes a file, and gives its path. */
  readonly write: (name: string, contents: string | Uint8Array) => string;
}

/**
 * A folder of its own that goes when the tests around it are over. Call it before whatever uses the
 * folder is set up, since what was set up last is taken down first.
 */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'warmbright-test-'));
  afterAll(() => {
    rmSync(path, { recursive: true, force: true });
  });
  const at = (name: string): string => join(path, name);
  const write = (name: string, contents: string | Uint8Array): string => {
    writeFileSync(at(name), contents);
    return at(name);
  };
  return { path, at, write };
}
