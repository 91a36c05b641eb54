import { existsSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/input-error';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { makeFolder } from './make-folder';

const folder = temporaryFolder();

function fault(path: string): string {
  try {
    makeFolder(path);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'made';
}

describe('the folder that results go to', () => {
  it('is made with those that it lies in, and may be there', () => {
    const path = folder.at('a/b/c');
    expect(fault(path)).toBe('made');
    expect(statSync(path).isDirectory()).toBe(true);
    expect(fault(path)).toBe('made');
    symlinkSync(path, folder.at('link'));
    expect(fault(folder.at('link/d'))).toBe('made');
    expect(statSync(folder.at('a/b/c/d')).isDirectory()).toBe(true);
  });

  it('is refused in one sentence where it cannot be made', () => {
    const file = folder.write('file', '');
    expect(fault(file)).toBe(`${file}: The folder cannot be made: a file is there.`);
    expect(fault(`${file}/x`)).toContain('cannot be made: a ');
    const long = folder.at('x'.repeat(300));
    expect(fault(long)).toContain('its name is too long');
    symlinkSync('loop', folder.at('loop'));
    expect(fault(folder.at('loop'))).toContain('a symbolic link that leads nowhere');
  });

  // Node's own way of making folders never came back from there.
  it.skipIf(!existsSync('/proc/self'))('is refused where none can be made at all', () => {
    expect(fault('/proc/warmbright')).toMatch(/^\/proc\/warmbright: The folder cannot be made: /);
  });
});
