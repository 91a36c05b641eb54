/** Where the worker keeps things: the browser's storage, and the locks of the runs in it. */
import type * as dataSets from '../../src/storage/data-sets';
import { deleteTest, listTests, saveTest } from '../../src/storage/listening-tests';
import { holdFreeRun, holdRun } from '../../src/storage/run-lock';
import {
  deleteRun,
  describeRun,
  listRuns,
  loadRunFile,
  noteRun,
  renameRun,
  saveNewRun,
  unlistedFiles,
} from '../../src/storage/runs';

/** Loaded when a data set is first kept or wanted: the lists that a page opens with need none. */
const loadDataSets = (): Promise<typeof dataSets> => import('../../src/storage/data-sets');

export const BROWSER_STORAGE = {
  loadData: async (...given: Parameters<typeof dataSets.loadData>) =>
    (await loadDataSets()).loadData(...given),
  saveData: async (...given: Parameters<typeof dataSets.saveData>) =>
    (await loadDataSets()).saveData(...given),
  listRuns,
  unlistedFiles,
  loadRunFile,
  saveNewRun,
  renameRun,
  noteRun,
  describeRun,
  deleteRun,
  holdFreeRun,
  holdRun,
  saveTest,
  listTests,
  deleteTest,
};

/** What the services ask of it; tests have one of their own. */
export type TrainerStorage = typeof BROWSER_STORAGE;
