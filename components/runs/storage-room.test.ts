import { describe, expect, it } from 'vitest';
import { lastingText, roomText, storageRoom, type AskedStorage } from './storage-room';

const storage = (parts: Partial<AskedStorage> = {}): AskedStorage => ({
  estimate: () => Promise.resolve({ usage: 5_100_000, quota: 1_200_000_000 }),
  persisted: () => Promise.resolve(false),
  persist: () => Promise.resolve(false),
  ...parts,
});

describe('the room that the browser gives', () => {
  it('is said beside what the runs take of it', async () => {
    const room = await storageRoom(storage());
    expect(roomText(room, 3_200_000)).toBe(
      'The runs take 3.2 MB. All that this page keeps takes 5.1 MB of the 1.2 GB that the browser allows it.',
    );
  });

  it.each([
    ['there is no such storage', undefined],
    [
      'it refuses, as in private windows',
      storage({
        estimate: () => Promise.reject(new DOMException('', 'SecurityError')),
        persisted: () => Promise.reject(new DOMException('', 'SecurityError')),
      }),
    ],
    ['it answers nothing', storage({ estimate: () => Promise.resolve({}) })],
  ])('is not said where %s', async (_, given) => {
    const room = await storageRoom(given);
    expect(room.used).toBeNull();
    expect(roomText(room, 0)).toBe(
      'The runs take 0 kB. This browser does not say how much room there is.',
    );
  });

  it('is for good or not, as the browser has answered', async () => {
    const no = await storageRoom(storage());
    const yes = await storageRoom(storage({ persisted: () => Promise.resolve(true) }));
    const unknown = await storageRoom(undefined);
    expect(lastingText(yes, false)).toMatch(/has said yes\.$/);
    expect(lastingText(no, false)).toMatch(/may clear it/);
    expect(lastingText(no, true)).toMatch(/has said no.*Export/);
    expect(lastingText(unknown, false)).toMatch(/does not say/);
  });
});
