import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect } from 'vitest';
import * as v from 'valibot';
import { damaged, fuzz, withHostileParts } from '../testing/fuzz';
import { sampleModel, sampleProgress } from '../testing/sample-model';
import { readCheckpoint, writeCheckpoint } from '../training/checkpoint';
import { readLibrary, writeLibrary } from './library-file';
import { runSummarySchema } from './run-summary';
import { summaryOf } from './summary-of';

const bytes = writeCheckpoint(sampleModel(), sampleProgress());
const summary = summaryOf(sampleModel(), {
  id: 'a',
  savedAt: 1,
  bytes: bytes.length,
  finished: false,
  plannedEpochs: 150,
});
const library = await writeLibrary([
  { summary: { ...summary, note: 'A note.\nOf two lines.' }, bytes },
]);
const files = unzipSync(library);
const list: unknown = JSON.parse(strFromU8(files['library.json'] ?? new Uint8Array()));

/** What was read can be kept, opened and exported again. */
async function expectUsable(file: Uint8Array): Promise<void> {
  const runs = await readLibrary(file);
  const kept = runs.map((run, i) => ({
    summary: v.parse(runSummarySchema, { ...run.summary, id: String(i) }),
    bytes: run.bytes(),
  }));
  for (const run of kept) expect(run.summary.bytes).toBe(run.bytes.length);
  kept.forEach((run) => readCheckpoint(run.bytes));
  expect(await readLibrary(await writeLibrary(kept))).toHaveLength(runs.length);
}

describe('the reader of libraries', () => {
  fuzz('damaged libraries', damaged(library), expectUsable);

  fuzz('libraries with another list', withHostileParts(list), (input) =>
    expectUsable(zipSync({ ...files, 'library.json': strToU8(JSON.stringify(input)) })),
  );

  fuzz('libraries with a damaged run', damaged(bytes), (input) =>
    writeLibrary([{ summary, bytes: input }]).then(expectUsable),
  );
});
