/** What the training worker keeps and gives away, in a real Chromium. */
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeModelFile } from '../../src/model/model-file';
import { openLink } from '../../src/share/link';
import { sampleModel, sampleProgress } from '../../src/testing/sample-model';
import { writeCheckpoint } from '../../src/training/checkpoint';
import { CANARY, sampleWithCanary, trainWhole, workerLab } from './worker-lab';

const worker = workerLab();
/** Where no training is looked at, its result is opened: bytes, as numbers on their way to a page. */
const modelFile = [...writeModelFile(sampleModel())];
const checkpoint = [...writeCheckpoint(sampleModel(), sampleProgress())];

describe('saved runs', () => {
  it('are only shown while another tab trains them', async () => {
    const id = await worker.page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      // It stands after its first epoch, so that it cannot end before the other tab has looked.
      lab.start({}, true);
      const { id: run } = await lab.next('run');
      lab.send({ type: 'step' });
      await lab.next('saved', ({ epoch }) => epoch === 1);
      return run;
    }, sampleWithCanary);
    const other = await worker.openTab();
    const seen = await other.evaluate(async (run) => {
      lab.send({ type: 'open-run', id: run });
      const { resumable, reason } = await lab.next('run');
      await lab.next('model');
      lab.send({ type: 'resume' });
      await lab.next('refused');
      lab.send({ type: 'delete-run', id: run });
      const { reason: refused } = await lab.next('refused');
      return { resumable, reason, refused };
    }, id);
    expect(seen).toEqual({
      resumable: false,
      reason: 'Another tab trains this run.',
      refused: 'Another tab trains this run: stop it there.',
    });
  });

  it('are renamed, opened again under the new name, and deleted', async () => {
    const seen = await worker.page.evaluate(async (bytes) => {
      const id = await lab.keepRun(bytes);
      lab.send({ type: 'open-run', id });
      await lab.next('model');
      lab.send({ type: 'rename-run', id, name: 'Señor Warm' });
      await lab.next('runs');
      lab.send({ type: 'export', what: 'model' });
      const { name: fileName } = await lab.next('file');
      lab.send({ type: 'open-run', id });
      const run = await lab.next('run');
      const { document } = await lab.next('model');
      lab.send({ type: 'delete-run', id });
      const { runs } = await lab.next('runs');
      return { fileName, run, named: document.run?.name, left: runs.length };
    }, checkpoint);
    expect(seen.fileName).toBe('warmbright-sen-or-warm.safetensors');
    expect(seen.run).toMatchObject({ name: 'Señor Warm', resumable: false, reason: null });
    expect(seen.run.history).toHaveLength(sampleProgress().epoch);
    expect(seen.named).toBe('Señor Warm');
    expect(seen.left).toBe(0);
  });
});

describe('what leaves the page', () => {
  it('opens again: the model file and the link, without data and without a tensor library', async () => {
    const made = await worker.page.evaluate(async (given) => {
      lab.send({ type: 'open-model', bytes: Uint8Array.from(given).buffer });
      await lab.next('model');
      lab.send({ type: 'export', what: 'model' });
      const { bytes } = await lab.next('file');
      lab.send({ type: 'share' });
      const { fragment } = await lab.next('link');
      return { bytes: [...new Uint8Array(bytes)], fragment, model: lab.model() };
    }, modelFile);
    await worker.leave();
    const opened = await worker.page.evaluate(async ({ bytes, fragment }) => {
      lab.send({ type: 'open-link', fragment });
      await lab.next('model');
      const link = lab.model();
      lab.send({ type: 'open-model', bytes: Uint8Array.from(bytes).buffer });
      await lab.next('model');
      return { link, file: lab.model() };
    }, made);
    expect(opened.file).toEqual(made.model);
    // A link's weights are rounded; what that may cost is tried where links are made.
    const carried = ({ document: { spec, words } }: typeof made.model) => ({
      ...spec,
      words: words.map(({ word }) => word),
    });
    expect(carried(opened.link)).toEqual(carried(made.model));
    const loaded = await worker.page
      .workers()[0]
      ?.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(loaded?.filter((name) => /create-engine|wasm/.test(name))).toEqual([]);
  });

  it('holds nothing personal: messages, storage, downloads and link', async () => {
    await trainWhole(worker.page);
    const addresses = new Set(sampleWithCanary.match(/\b\d+\.\d+\.\d+\.\d+\b/g));
    const out = await worker.page.evaluate(async () => {
      lab.send({ type: 'export', what: 'model' });
      const { bytes } = await lab.next('file');
      lab.send({ type: 'export', what: 'tfjs' });
      const zip = [...new Uint8Array((await lab.next('file')).bytes)];
      lab.send({ type: 'share' });
      const { fragment } = await lab.next('link');
      const seen = [JSON.stringify(lab.event), new TextDecoder('latin1').decode(bytes)];
      for (const { name: database = '' } of await indexedDB.databases()) {
        const db = await settled(indexedDB.open(database));
        for (const store of db.objectStoreNames) {
          const records = await settled(db.transaction(store).objectStore(store).getAll());
          for (const record of records as unknown[]) {
            seen.push(
              record instanceof Uint8Array
                ? new TextDecoder('latin1').decode(record)
                : JSON.stringify(record),
            );
          }
        }
      }
      return { text: seen.join('\n'), fragment, zip };

      function settled<T>(request: IDBRequest<T>): Promise<T> {
        return new Promise((resolve, reject) => {
          request.onsuccess = () => {
            resolve(request.result);
          };
          request.onerror = () => {
            reject(new Error('not read'));
          };
        });
      }
    });
    const latin1 = new TextDecoder('latin1');
    const unpacked = [
      writeModelFile(await openLink(out.fragment)),
      ...Object.values(unzipSync(Uint8Array.from(out.zip))),
    ].map((bytes) => latin1.decode(bytes));
    const text = [out.text, ...unpacked].join('\n');
    expect(unpacked.join()).toContain('warm');
    expect(addresses.size).toBeGreaterThan(10);
    expect(sampleWithCanary).toContain(CANARY);
    // The data set is among what was looked at: its contributors are a column of numbers.
    expect(text).toContain('"contributor":{"0":1,');
    expect([...addresses].filter((address) => text.includes(address))).toEqual([]);
    expect(text).not.toContain(CANARY);
  });

  it('is a LayersModel with its weights, too', async () => {
    const { name, start } = await worker.page.evaluate(async (given) => {
      lab.send({ type: 'open-model', bytes: Uint8Array.from(given).buffer });
      await lab.next('model');
      lab.send({ type: 'export', what: 'tfjs' });
      const { name: fileName, bytes } = await lab.next('file');
      return { name: fileName, start: new TextDecoder('latin1').decode(bytes.slice(0, 60)) };
    }, modelFile);
    expect(name).toBe('warmbright-a-small-run-layers-model.zip');
    expect(start).toMatch(/^PK.*model\.json/s);
  });
});
