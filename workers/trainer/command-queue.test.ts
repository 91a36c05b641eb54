import { describe, expect, it } from 'vitest';
import { CommandQueue } from './command-queue';

/** A queue with commands that are ended by hand, and a log of what was served. */
function setUp() {
  const queue = new CommandQueue();
  const log: string[] = [];
  const settle = new Map<string, () => void>();
  const until = (name: string): Promise<void> =>
    new Promise((resolve) => {
      settle.set(name, resolve);
    });
  return {
    queue,
    log,
    add: (name: string, mayOvertake = false) => {
      queue.add(
        async () => {
          log.push(`${name} begins`);
          await until(name);
          log.push(`${name} ends`);
        },
        { mayOvertake },
      );
    },
    addWaiting: (name: string) => {
      queue.add(
        async () => {
          log.push(`${name} waits`);
          await queue.standAside(until(name));
          log.push(`${name} goes on`);
          await until(name);
          log.push(`${name} ends`);
        },
        { mayOvertake: false },
      );
    },
    /** Lets what the name stands for end, and all that follows from it happen. */
    end: async (name: string) => {
      settle.get(name)?.();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  };
}

describe('a queue of commands', () => {
  it('serves one at a time, in order, whether or not they may overtake', async () => {
    const { add, end, log } = setUp();
    add('a');
    add('b', true);
    add('c');
    for (const name of ['a', 'b', 'c']) await end(name);
    expect(log).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('serves those that may overtake while one stands aside, and the others after it', async () => {
    const { add, addWaiting, end, log } = setUp();
    addWaiting('open');
    add('start');
    add('list', true);
    await end('list');
    add('share', true);
    await end('share');
    await end('open');
    await end('open');
    expect(log).toEqual([
      'open waits',
      'list begins',
      'list ends',
      'share begins',
      'share ends',
      'open goes on',
      'open ends',
      'start begins',
    ]);
  });

  it('lets the one that stood aside go on only when nothing else is being served', async () => {
    const { add, addWaiting, end, log } = setUp();
    addWaiting('open');
    add('list', true);
    add('share', true);
    await end('open');
    expect(log).toEqual(['open waits', 'list begins']);
    await end('list');
    expect(log.slice(2)).toEqual(['list ends', 'open goes on']);
    await end('open');
    expect(log.slice(4)).toEqual(['open ends', 'share begins']);
  });

  it('goes on where what was waited for fails', async () => {
    const { queue, add, log } = setUp();
    queue.add(
      async () => {
        await queue.standAside(Promise.reject(new Error('no lock'))).catch((error: unknown) => {
          log.push(String(error));
        });
      },
      { mayOvertake: false },
    );
    add('start');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(log).toEqual(['Error: no lock', 'start begins']);
  });
});
