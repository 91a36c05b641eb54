import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isLibrary } from '../imports/library-zip';
import { openModel } from '../imports/open-model';
import { sampleModel } from '../testing/sample-model';
import { writeModelFile } from '../model/model-file';
import { readLibrary, writeLibrary } from './library-file';
import { MOST_RUNS } from '../base/library-bounds';
import { summaryOf } from './summary-of';

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
    const library = await writeLibrary([{ summary: { ...summary, epochs: 99 }, bytes }]);
    const [run, ...others] = await readLibrary(library);
    expect(others).toEqual([]);
    expect(run?.bytes()).toEqual(bytes);
    expect({ ...run?.summary, id: 'a' }).toEqual(summary);
  });

  it('has names in one line, whatever they were', async () => {
    const library = await writeLibrary([{ summary: { ...summary, name: 'a\nb\u0000c' }, bytes }]);
    expect((await readLibrary(library))[0]?.summary.name).toBe('a b c');
  });

  it('is read, too, where somebody has packed its folder anew, and alone', async () => {
    const files = Object.entries(unzipSync(await writeLibrary([{ summary, bytes }])));
    const packedIn = (...folders: string[]): Uint8Array =>
      zipSync(
        Object.fromEntries(
          folders.flatMap((folder) =>
            files.map(([name, content]) => [`${folder}/${name}`, content] as const),
          ),
        ),
      );
    const [run] = await readLibrary(packedIn('mine'));
    expect(run?.bytes()).toEqual(bytes);
    expect(isLibrary(packedIn('mine'))).toBe(true);
    await expect(readLibrary(packedIn('mine', 'yours'))).rejects.toThrow(
      'The zip holds more than one library: import one of them alone.',
    );
  });

  it('that is opened as a model says what imports it', async () => {
    await expect(openModel(await writeLibrary([{ summary, bytes }]))).rejects.toThrow(
      'This zip is a library of runs, not a model: drop it on the page, which then keeps its runs.',
    );
  });

  it.each([
    ['another zip', zipSync({ a: strToU8('b') }), /^This zip is no library of runs: /],
    ['no zip', bytes, /^The zip is damaged, or was cut short/],
    [
      'a later version',
      listed({ format: 'warmbright-library', version: 2, runs: [] }),
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
          Array.from({ length: MOST_RUNS + 2 }, (_, i) => [String(i), new Uint8Array()] as const),
        ),
      ),
      /more than 1001 files, so it is no library of runs/,
    ],
  ])('is refused where it is %s', async (_, file, reason) => {
    await expect(readLibrary(file)).rejects.toThrow(reason);
  });
});
