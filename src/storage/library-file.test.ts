import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { isLibrary } from '../imports/library-zip';
import { openModel } from '../imports/open-model';
import { sampleData } from '../testing/sample-data';
import { sampleModel } from '../testing/sample-model';
import { writeModelFile } from '../model/model-file';
import { writeDataFile } from './data-file';
import { readLibrary, writeLibrary } from './library-file';
import { MOST_RUNS } from '../base/library-bounds';
import { summaryOf } from './summary-of';

const data = sampleData();
const bytes = writeModelFile(sampleModel());
const summary = summaryOf(sampleModel(), {
  id: 'a',
  savedAt: 1,
  bytes: bytes.length,
  finished: true,
  plannedEpochs: 2,
});

const listed = (list: unknown): Uint8Array =>
  zipSync({ 'library.json': strToU8(JSON.stringify(list)) });

describe('a library’s file', () => {
  it('has the runs as they are kept, and figures of their files', async () => {
    const library = await writeLibrary([{ summary: { ...summary, epochs: 99 }, bytes }], []);
    const {
      runs: [run, ...others],
      dataSets,
    } = await readLibrary(library);
    expect([others, dataSets]).toEqual([[], []]);
    expect(run?.bytes()).toEqual(bytes);
    expect({ ...run?.summary, id: 'a' }).toEqual(summary);
  });

  it('has names in one line, whatever they were', async () => {
    const library = await writeLibrary(
      [{ summary: { ...summary, name: 'a\nb\u0000c' }, bytes }],
      [],
    );
    expect((await readLibrary(library)).runs[0]?.summary.name).toBe('a b c');
  });

  it('is read, too, where somebody has packed its folder anew, and alone', async () => {
    const files = Object.entries(unzipSync(await writeLibrary([{ summary, bytes }], [])));
    const packedIn = (...folders: string[]): Uint8Array =>
      zipSync(
        Object.fromEntries(
          folders.flatMap((folder) =>
            files.map(([name, content]) => [`${folder}/${name}`, content] as const),
          ),
        ),
      );
    const [run] = (await readLibrary(packedIn('mine'))).runs;
    expect(run?.bytes()).toEqual(bytes);
    expect(isLibrary(packedIn('mine'))).toBe(true);
    await expect(readLibrary(packedIn('mine', 'yours'))).rejects.toThrow(
      'The zip holds more than one library: import one of them alone.',
    );
  });

  it('that is opened as a model says what imports it', async () => {
    await expect(openModel(await writeLibrary([{ summary, bytes }], []))).rejects.toThrow(
      'This zip is a library of runs, not a model: drop it on the page, which then keeps its runs.',
    );
  });

  it('has the data sets as they are kept', async () => {
    const { dataSets } = await readLibrary(await writeLibrary([], [writeDataFile(data)]));
    expect(dataSets.map(({ sha256 }) => sha256)).toEqual([data.sha256]);
    expect(dataSets[0]?.data()).toStrictEqual(data);
  });

  it('is refused where a data set is not what was saved, or is none', async () => {
    const files = unzipSync(await writeLibrary([], [writeDataFile(data)]));
    const file = files['data/0001.safetensors'] ?? expect.fail();
    const damaged = zipSync({ ...files, 'data/0001.safetensors': file.with(file.length - 1, 0) });
    await expect(readLibrary(damaged)).rejects.toThrow(
      'The library cannot be imported, and nothing of it was: its data set (data/0001.safetensors) is damaged: Its bytes are not those that were saved.',
    );
    await expect(readLibrary(await writeLibrary([], [bytes]))).rejects.toThrow(
      /its data set \(data\/0001\.safetensors\) is damaged: Tensor "line" is missing\./,
    );
  });

  it('of a version without data sets still opens', async () => {
    const files = unzipSync(await writeLibrary([{ summary, bytes }], []));
    const { dataSets, ...list } = v.parse(
      v.looseObject({ dataSets: v.array(v.unknown()) }),
      JSON.parse(strFromU8(files['library.json'] ?? expect.fail())),
    );
    expect(dataSets).toEqual([]);
    const before = { ...list, version: 1 };
    const library = zipSync({ ...files, 'library.json': strToU8(JSON.stringify(before)) });
    const { runs } = await readLibrary(library);
    expect(runs.map(({ summary: { name } }) => name)).toEqual(['A small run']);
  });

  it.each([
    ['another zip', zipSync({ a: strToU8('b') }), /^This zip is no library of runs: /],
    ['no zip', bytes, /^The zip is damaged, or was cut short/],
    [
      'a later version',
      listed({ format: 'warmbright-library', version: 3, runs: [] }),
      /later version/,
    ],
    [
      'a file that is not there',
      listed({
        format: 'warmbright-library',
        version: 1,
        runs: [
          {
            file: 'runs/0001.safetensors',
            sha256: 'a'.repeat(64),
            name: 'A',
            savedAt: 1,
            plannedEpochs: 1,
            finished: true,
          },
        ],
      }),
      /its run "A" \(runs\/0001\.safetensors\) is damaged: The zip holds no runs/,
    ],
    [
      'too many files',
      zipSync(
        Object.fromEntries(
          Array.from(
            { length: 2 * MOST_RUNS + 2 },
            (_, i) => [String(i), new Uint8Array()] as const,
          ),
        ),
      ),
      /more than 2001 files, so it is no library of runs/,
    ],
  ])('is refused where it is %s', async (_, file, reason) => {
    await expect(readLibrary(file)).rejects.toThrow(reason);
  });
});
