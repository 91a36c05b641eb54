/** A page without any looks that hands storage, locks and links to their tests. */
import * as dataSets from '../../src/storage/data-sets';
import * as lock from '../../src/storage/run-lock';
import { listRuns } from '../../src/storage/list-runs';
import * as runs from '../../src/storage/runs';
import * as link from '../../src/testing/first-link';

const all = { ...runs, listRuns, ...dataSets, ...lock, ...link };

declare global {
  var sources: typeof all;
}

globalThis.sources = all;
