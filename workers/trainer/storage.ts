/** Where the worker keeps things: the browser's storage, and the locks of the runs in it. */
import { loadData, saveData } from '../../src/storage/data-sets';
import { deleteTest, listTests, saveTest } from '../../src/storage/listening-tests';
import { holdFreeRun, holdRun } from '../../src/storage/run-lock';
import { deleteRun, listRuns, loadRunFile, renameRun } from '../../src/storage/runs';

export const BROWSER_STORAGE = {
  loadData,
  saveData,
  listRuns,
  loadRunFile,
  renameRun,
  deleteRun,
  holdFreeRun,
  holdRun,
  saveTest,
  listTests,
  deleteTest,
};

/** What the services ask of it; tests have one of their own. */
export type TrainerStorage = typeof BROWSER_STORAGE;
