import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleSummary } from '../../src/testing/sample-summary';
import type { Command, RunSummary } from '../../workers/trainer/messages';
import type { ActionContext } from '../state/action-table';
import { fold } from '../state/fold';
import { INITIAL_STATE, type PageState, type RunState } from '../state/page-state';
import { importFile, letGo, UNDO_MS, undoLettingGo } from './keep-library';

const run = (id: string) => sampleSummary(id, { name: `Run ${id}` });

function page(change: Partial<PageState> = {}) {
  let state: PageState = { ...INITIAL_STATE, runs: [run('a'), run('b')], ...change };
  const sent: Command[] = [];
  const notices: string[] = [];
  const written: (string | null)[] = [];
  const context = {
    get state() {
      return state;
    },
    update: (more: Partial<PageState>) => {
      state = { ...state, ...more };
    },
    send: (command: Command) => sent.push(command),
    notify: (_: string, text: string) => notices.push(text),
    browser: {
      leavingRuns: { read: () => null, write: (text: string | null) => written.push(text) },
    },
  } as unknown as ActionContext;
  const told = (runs: readonly RunSummary[]): void => {
    state = fold(state, { type: 'runs', runs, unreadable: 0 });
  };
  return { context, sent, notices, written, told, leaving: () => state.leaving };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a run that is deleted', () => {
  it('is deleted when it can no longer be undone, and hidden until the list is without it', () => {
    const { context, sent, told, leaving } = page();
    letGo(context, 'a');
    expect(leaving()).toEqual([{ id: 'a', told: false }]);
    expect(context.state.announcement).toBe('Run a is to be deleted; Undo keeps it.');
    vi.advanceTimersByTime(UNDO_MS - 1);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([{ type: 'delete-run', id: 'a' }]);
    expect(leaving()).toEqual([{ id: 'a', told: true }]);
    told([run('b')]);
    expect(leaving()).toEqual([]);
  });

  it('is kept where that is undone, and nothing written down deletes it later', () => {
    const { context, sent, written, leaving } = page();
    letGo(context, 'a');
    undoLettingGo(context, 'a');
    vi.advanceTimersByTime(2 * UNDO_MS);
    expect(sent).toEqual([]);
    expect(leaving()).toEqual([]);
    expect(written).toEqual([null]);
  });

  it('has its whole time again when it is deleted a second time', () => {
    const { context, sent } = page();
    letGo(context, 'a');
    vi.advanceTimersByTime(UNDO_MS - 1);
    undoLettingGo(context, 'a');
    letGo(context, 'a');
    vi.advanceTimersByTime(UNDO_MS - 1);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(sent).toHaveLength(1);
  });

  it('is deleted once however often that is asked, and others for themselves', () => {
    const { context, sent, leaving } = page();
    letGo(context, 'a');
    letGo(context, 'a');
    vi.advanceTimersByTime(1000);
    letGo(context, 'b');
    undoLettingGo(context, 'b');
    expect(leaving()).toEqual([{ id: 'a', told: false }]);
    vi.advanceTimersByTime(2 * UNDO_MS);
    expect(sent).toEqual([{ type: 'delete-run', id: 'a' }]);
  });

  it('stays where it has begun to train again', () => {
    const { context, sent, notices, leaving } = page();
    letGo(context, 'a');
    context.update({ run: { id: 'a' } as RunState, phase: 'training' });
    vi.advanceTimersByTime(UNDO_MS);
    expect(sent).toEqual([]);
    expect(leaving()).toEqual([]);
    expect(notices).toEqual(['Run a is training, so it was not deleted.']);
  });
});

describe('a library that is imported', () => {
  it('goes to the worker as it is', async () => {
    const { context, sent } = page();
    await importFile(context, new File([Uint8Array.of(1, 2)], 'mine.zip'));
    expect(sent).toEqual([
      { type: 'import-library', bytes: Uint8Array.of(1, 2).buffer, name: 'mine.zip' },
    ]);
  });

  it('is refused unread where it is too large, and in a sentence where it cannot be read', async () => {
    const { context, sent, notices } = page();
    const huge = { name: 'huge.zip', size: 2 ** 30 } as File;
    await importFile(context, huge);
    const gone = {
      name: 'gone.zip',
      size: 1,
      arrayBuffer: () => Promise.reject(new Error('gone')),
    };
    await importFile(context, gone as unknown as File);
    expect(sent).toEqual([]);
    expect(notices).toEqual([
      'huge.zip is larger than 512 MB, so it is no library that was saved here.',
      'gone.zip could not be read from the disk: choose it again.',
    ]);
  });
});
