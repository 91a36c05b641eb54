import { describe, expect, it } from 'vitest';
import { LateSession } from './late-session';
import type { TrainerEvent } from './messages';

/** A late session whose session notes what it receives. */
function lateSession({ missing = false, closed = false } = {}) {
  const emitted: TrainerEvent[] = [];
  const received: unknown[] = [];
  let loads = 0;
  const session = new LateSession((event) => emitted.push(event), {
    storage: {
      listRuns: () =>
        closed
          ? Promise.reject(new Error('No storage.'))
          : Promise.resolve({ runs: [], unreadable: 0 }),
      listTests: () => Promise.resolve({ tests: [], unreadable: 0 }),
      saveTest: () => Promise.resolve(),
      deleteTest: () => Promise.resolve(),
    },
    loadSession: () => {
      loads++;
      return missing
        ? Promise.reject(new Error('No server.'))
        : Promise.resolve({ receive: (message: unknown) => received.push(message) });
    },
  });
  return { session, emitted, received, loads: () => loads };
}

describe('the late session', () => {
  it('lists what is kept without the session', async () => {
    const { session, emitted, loads } = lateSession();
    session.receive({ type: 'list-runs' });
    session.receive({ type: 'list-listening-tests' });
    await expect
      .poll(() => emitted)
      .toEqual([
        { type: 'runs', runs: [], unreadable: 0 },
        { type: 'listening-tests', kept: { tests: [], unreadable: 0 } },
      ]);
    expect(loads()).toBe(0);
  });

  it('says why the runs cannot be listed', async () => {
    const { session, emitted } = lateSession({ closed: true });
    session.receive({ type: 'list-runs' });
    await expect
      .poll(() => emitted)
      .toEqual([{ type: 'refused', what: 'list-runs', reason: 'No storage.' }]);
  });

  it('loads the session once, and hands everything on from then on, in order', async () => {
    const { session, received, emitted, loads } = lateSession();
    const messages = [{ type: 'audit' }, 'anything', { type: 'list-runs' }, null];
    for (const message of messages) session.receive(message);
    await expect.poll(() => received).toEqual(messages);
    expect([loads(), emitted]).toEqual([1, []]);
  });

  it('says that the session cannot be loaded', async () => {
    const { session, emitted } = lateSession({ missing: true });
    session.receive({ type: 'audit' });
    await expect
      .poll(() => emitted)
      .toEqual([{ type: 'trouble', reason: 'No server.', fatal: false }]);
  });
});
