import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect } from 'vitest';
import * as v from 'valibot';
import { damaged, fuzz, withHostileParts } from '../testing/fuzz';
import { sampleData } from '../testing/sample-data';
import { sampleModel, sampleProgress } from '../testing/sample-model';
import { readCheckpoint, writeCheckpoint } from '../training/checkpoint';
import { writeDataFile } from './data-file';
import { readLibrary, writeLibrary } from './library-file';
import { packData, packedDataSchema } from './packed-data';
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
const dataFile = writeDataFile(sampleData());
const library = await writeLibrary(
  [{ summary: { ...summary, note: 'A note.\nOf two lines.' }, bytes }],
  [dataFile],
);
const files = unzipSync(library);
const list: unknown = JSON.parse(strFromU8(files['library.json'] ?? new Uint8Array()));

/** What was read can be kept, opened and exported again. */
async function expectUsable(file: Uint8Array): Promise<void> {
  const { runs, dataSets } = await readLibrary(file);
  const kept = runs.map((run, i) => ({
    summary: v.parse(runSummarySchema, { ...run.summary, id: String(i) }),
    bytes: run.bytes(),
  }));
  for (const run of kept) expect(run.summary.bytes).toBe(run.bytes.length);
  kept.forEach((run) => readCheckpoint(run.bytes));
  const dataFiles = dataSets.map(({ data }) => {
    expect(v.is(packedDataSchema, packData(data()))).toBe(true);
    return writeDataFile(data());
  });
  const again = await readLibrary(await writeLibrary(kept, dataFiles));
  expect([again.runs, again.dataSets]).toMatchObject([
    { length: runs.length },
    { length: dataSets.length },
  ]);
}

describe('the reader of libraries', () => {
  fuzz('damaged libraries', damaged(library), expectUsable);

  fuzz('libraries with another list', withHostileParts(list), (input) =>
    expectUsable(zipSync({ ...files, 'library.json': strToU8(JSON.stringify(input)) })),
  );

  fuzz('libraries with a damaged run', damaged(bytes), (input) =>
    writeLibrary([{ summary, bytes: input }], []).then(expectUsable),
  );

  fuzz('libraries with a damaged data set', damaged(dataFile), (input) =>
    writeLibrary([], [input]).then(expectUsable),
  );
});
