import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStorage } from 'unstorage';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { folderDriver, removeUnfinished } from './folder-driver';

const folder = temporaryFolder();

describe('a folder as a store', () => {
  it('keeps, lists and removes as unstorage asks', async () => {
    const base = folder.at('one');
    const storage = createStorage({ driver: folderDriver(base) });
    expect(await storage.getKeys('claims:')).toEqual([]);
    expect(await storage.getItemRaw('models:a')).toBeNull();
    await storage.setItemRaw('models:-a_B', Uint8Array.of(1, 2, 255));
    await storage.setItemRaw('claims:a:1-x', Buffer.from('x'));
    await storage.setItemRaw('claims:ab:1-y', Buffer.from('y'));
    expect([...((await storage.getItemRaw<Uint8Array>('models:-a_B')) ?? [])]).toEqual([1, 2, 255]);
    expect(await storage.getKeys('claims:a:')).toEqual(['claims:a:1-x']);
    expect((await storage.getKeys('claims:')).sort()).toEqual(['claims:a:1-x', 'claims:ab:1-y']);
    expect((await storage.getKeys()).sort()).toEqual([
      'claims:a:1-x',
      'claims:ab:1-y',
      'models:-a_B',
    ]);
    expect(await storage.hasItem('claims:a:1-x')).toBe(true);
    await storage.removeItem('claims:a:1-x');
    await storage.removeItem('claims:a:1-x');
    expect(await storage.hasItem('claims:a:1-x')).toBe(false);
    expect(existsSync(join(base, 'claims', 'a'))).toBe(false);
    expect(existsSync(join(base, 'claims', 'ab'))).toBe(true);
    expect(readdirSync(join(base, '.unfinished'))).toEqual([]);
  });

  it('has no key that leads elsewhere', async () => {
    const driver = folderDriver(folder.at('two'));
    for (const key of ['..:x', 'a:..:..:x', '.unfinished:x', 'a/b', 'a\\b', 'a\0b', '/etc']) {
      await expect(
        (async () => driver.setItemRaw?.(key, Buffer.from('x'), {}))(),
        key,
      ).rejects.toThrow('no key of this store');
    }
  });

  it('leaves no half of what could not be written', async () => {
    const base = folder.at('three');
    mkdirSync(join(base, 'models', 'taken'), { recursive: true });
    writeFileSync(join(base, 'models', 'taken', 'file'), '');
    const storage = createStorage({ driver: folderDriver(base) });
    await expect(storage.setItemRaw('models:taken', Buffer.from('x'))).rejects.toThrow();
    expect(readdirSync(join(base, '.unfinished'))).toEqual([]);
  });

  it('removes what a crash has left, and nothing that is being written', async () => {
    const base = folder.at('four');
    mkdirSync(join(base, '.unfinished'), { recursive: true });
    const [old, young] = ['old', 'young'].map((name) => join(base, '.unfinished', name));
    for (const file of [old, young]) writeFileSync(file ?? '', 'x');
    const { mtimeMs } = statSync(old ?? '');
    utimesSync(old ?? '', mtimeMs / 1000 - 7200, mtimeMs / 1000 - 7200);
    await removeUnfinished(base);
    expect(readdirSync(join(base, '.unfinished'))).toEqual(['young']);
    await removeUnfinished(folder.at('none'));
  });

  it('takes uploads and deletions of one model at the same time', async () => {
    const storage = createStorage({ driver: folderDriver(folder.at('five')) });
    await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        await storage.setItemRaw(`claims:a:${String(i)}`, Buffer.from('x'));
        await storage.removeItem(`claims:a:${String(i)}`);
      }),
    );
    expect(await storage.getKeys()).toEqual([]);
  });
});
