/** Where the worker keeps things: the browser's storage, and the locks of the runs in it. */
import type * as dataSets from '../../src/storage/data-sets';
import { listRuns } from '../../src/storage/list-runs';
import { deleteTest, listTests, saveTest } from '../../src/storage/listening-tests';
import type * as lock from '../../src/storage/run-lock';
import type * as runs from '../../src/storage/runs';

/** Loaded when first wanted: the lists that a page opens with need none of these. */
const loadDataSets = (): Promise<typeof dataSets> => import('../../src/storage/data-sets');
const loadRuns = (): Promise<typeof runs> => import('../../src/storage/runs');
const loadLock = (): Promise<typeof lock> => import('../../src/storage/run-lock');

export const BROWSER_STORAGE = {
  loadData: async (...given: Parameters<typeof dataSets.loadData>) =>
    (await loadDataSets()).loadData(...given),
  saveData: async (...given: Parameters<typeof dataSets.saveData>) =>
    (await loadDataSets()).saveData(...given),
  listRuns,
  unlistedFiles: async () => (await loadRuns()).unlistedFiles(),
  loadRunFile: async (id: string) => (await loadRuns()).loadRunFile(id),
  saveNewRun: async (...given: Parameters<typeof runs.saveNewRun>) =>
    (await loadRuns()).saveNewRun(...given),
  renameRun: async (...given: Parameters<typeof runs.renameRun>) =>
    (await loadRuns()).renameRun(...given),
  noteRun: async (...given: Parameters<typeof runs.noteRun>) =>
    (await loadRuns()).noteRun(...given),
  describeRun: async (...given: Parameters<typeof runs.describeRun>) =>
    (await loadRuns()).describeRun(...given),
  deleteRun: async (id: string) => (await loadRuns()).deleteRun(id),
  holdFreeRun: async (id: string) => (await loadLock()).holdFreeRun(id),
  holdRun: async (id: string) => (await loadLock()).holdRun(id),
  saveTest,
  listTests,
  deleteTest,
};

/** What the services ask of it; tests have one of their own. */
export type TrainerStorage = typeof BROWSER_STORAGE;
