/** What is done with the library seldom enough to be loaded when it is. */
import { LARGEST_LIBRARY } from '../../src/base/library-bounds';
import type { ActionContext } from '../state/action-table';
import { isActive, type LeavingRun } from '../state/page-state';

/** How long a deletion can be undone. */
export const UNDO_MS = 20_000;

/**
 * Hides a run, which is deleted once that can no longer be undone: until then nothing of it is
 * touched, so that a tab that dies loses nothing. Where the page is left before, the deletion is made
 * at its next start; see {@link Browser.leavingRuns}.
 */
export function letGo(context: ActionContext, id: string): void {
  const { state, update } = context;
  if (state.leaving.some((leaving) => leaving.id === id)) return;
  const leaving: LeavingRun = { id, told: false };
  const announcement = `${nameOf(context, id)} is to be deleted; Undo keeps it.`;
  update({ leaving: [...state.leaving, leaving], announcement });
  setTimeout(() => {
    // Unless it was undone, and perhaps deleted again.
    if (context.state.leaving.includes(leaving)) finish(context, leaving);
  }, UNDO_MS);
}

export function undoLettingGo(context: ActionContext, id: string): void {
  const { state, update, browser } = context;
  update({
    leaving: without(state.leaving, id),
    announcement: `${nameOf(context, id)} is kept.`,
  });
  // A page that was left and came back has written down what was to be deleted then.
  browser.leavingRuns.write(null);
}

function finish(context: ActionContext, { id }: LeavingRun): void {
  const { state, update, send, notify } = context;
  const others = without(state.leaving, id);
  if (state.run?.id === id && isActive(state.phase) && state.phase !== 'paused') {
    update({ leaving: others });
    notify('warning', `${nameOf(context, id)} is training, so it was not deleted.`);
    return;
  }
  update({ leaving: [...others, { id, told: true }] });
  send({ type: 'delete-run', id });
}

/** Has the runs in a library's file kept beside what is kept. */
export async function importFile({ send, notify }: ActionContext, file: File): Promise<void> {
  if (file.size > LARGEST_LIBRARY) {
    notify(
      'danger',
      `${file.name} is larger than ${String(LARGEST_LIBRARY / 2 ** 20)} MB, so it is no library that was saved here.`,
    );
    return;
  }
  try {
    const bytes = await file.arrayBuffer();
    send({ type: 'import-library', bytes, name: file.name }, [bytes]);
  } catch {
    notify('danger', `${file.name} could not be read from the disk: choose it again.`);
  }
}

function without(leaving: readonly LeavingRun[], id: string): readonly LeavingRun[] {
  return leaving.filter((other) => other.id !== id);
}

function nameOf({ state }: ActionContext, id: string): string {
  return state.runs.find((run) => run.id === id)?.name ?? 'The run';
}
