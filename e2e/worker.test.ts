/** The training worker in a real Chromium, from a production build and under its policy. */
import { unzipSync } from 'fflate';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer';
import type { PreviewServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../scripts/find-chromium.mjs';
import { FOUNDING_CHOICES } from '../src/data/audit/choices';
import { decodeLink } from '../src/share/link';
import { serveLab } from './lab-site';
import type {} from './worker.page';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CANARY = 'canary';

/** The bundled sample, with something recognisable in every personal column. */
const csv = readFileSync(join(ROOT, 'public/sample.csv'), 'utf8').replaceAll(
  /^((?:[^,]*,){20})[^,]*,[^,]*,[^,]*,[^,]*,/gm,
  (_, before: string) => before + `${CANARY},`.repeat(4),
);

let folder: string;
let server: PreviewServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

async function openTab(): Promise<Page> {
  const tab = await context.newPage();
  await reopen(tab);
  return tab;
}

async function reopen(tab: Page): Promise<void> {
  await tab.goto(server.resolvedUrls?.local[0] ?? '');
  await tab.waitForFunction(() => 'lab' in globalThis);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'warmbright-worker-'));
  server = await serveLab(folder, 4773);
  const { path, args } = await findChromium();
  browser = await puppeteer.launch({ executablePath: path, args });
});
afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  context = await browser.createBrowserContext();
  page = await openTab();
});
afterEach(() => context.close());

/** Trains the recipe's six epochs on wasm. */
async function trainWhole(tab: Page): Promise<void> {
  await tab.evaluate(async (text) => {
    await lab.load(text);
    await lab.chooseEngine('wasm');
    lab.start();
    await lab.phase('done');
  }, csv);
}

describe('training', () => {
  it.each([
    ['wasm', 'fused-wasm'],
    ['webgpu', 'fused-webgpu'],
    ['tfjs-webgpu', 'tfjs-webgpu'],
  ] as const)('runs on %s and tells what it does', async (choice, engineName) => {
    const { name, told } = await page.evaluate(
      async (text, chosen) => {
        await lab.load(text);
        const engine = await lab.chooseEngine(chosen);
        lab.start({ epochs: 2 });
        await lab.phase('done');
        return { name: engine.name, told: lab.told };
      },
      csv,
      choice,
    );
    expect(name).toBe(engineName);
    expect(told.flatMap((t) => (t.type === 'phase' ? [t.phase] : []))).toEqual([
      'preparing',
      'training',
      'done',
    ]);
    const epochs = told.flatMap((t) => (t.type === 'epoch' ? [t] : []));
    expect(epochs.map(({ record }) => record.epoch)).toEqual([1, 2]);
    expect(epochs[0]?.seconds).toBeGreaterThan(0);
    expect(told.findLast((t) => t.type === 'saved')).toMatchObject({ epoch: 2 });
    expect(told.findLast((t) => t.type === 'runs')?.runs).toMatchObject([
      { name: 'A run', epochs: 2, plannedEpochs: 2, finished: true, synthetic: true },
    ]);
    expect(told.findLast((t) => t.type === 'model')?.document.run).toMatchObject({
      epochs: 2,
      engine: engineName,
      scoreboard: { on: 'held-out rows' },
    });
    expect(told.filter(({ type }) => type === 'trouble' || type === 'refused')).toEqual([]);
  });

  it('goes on after a reload to the same bits, map included', async () => {
    await trainWhole(page);
    const whole = await page.evaluate(() => lab.model());

    await context.close();
    context = await browser.createBrowserContext();
    page = await openTab();
    const id = await page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      lab.start({}, true);
      const { id: run } = await lab.next('run');
      lab.send({ type: 'step' });
      await lab.next('saved', ({ epoch }) => epoch === 1);
      lab.send({ type: 'step' });
      await lab.next('saved', ({ epoch }) => epoch === 2);
      return run;
    }, csv);
    await reopen(page);
    const opened = await page.evaluate(async (run) => {
      lab.send({ type: 'open-run', id: run });
      await lab.phase('paused');
      await lab.chooseEngine('wasm');
      const types = lab.told.map(({ type }) => type);
      const described = lab.told.find((told) => told.type === 'run');
      lab.send({ type: 'resume' });
      await lab.phase('done');
      return { types, described, model: lab.model() };
    }, id);
    expect(opened.types.slice(0, 4)).toEqual(['data-loaded', 'run', 'model', 'phase']);
    expect(opened.described).toMatchObject({ id, resumable: true, reason: null });
    expect(opened.described?.history).toHaveLength(2);
    expect(opened.model).toEqual(whole);
  });

  it('trains on what the recipe’s audit leaves, after a reload too, and loses nothing of the file', async () => {
    // Every fifth row twice.
    const untidy = csv
      .trimEnd()
      .split('\n')
      .flatMap((line, i) => (i % 5 === 0 ? [line, line] : [line]))
      .join('\n');
    const before = await page.evaluate(
      async (text, audit) => {
        await lab.load(text);
        lab.send({ type: 'audit' });
        const { report } = await lab.next('audit');
        await lab.chooseEngine('wasm');
        lab.start({ audit }, true);
        const kept = await lab.next('run');
        lab.start({ audit: { ...audit, exactDuplicates: 'drop' } }, true);
        const run = await lab.next('run');
        lab.send({ type: 'step' });
        await lab.next('saved', ({ epoch }) => epoch === 1);
        return { report, run, kept: kept.trainingRows + kept.heldOutRows };
      },
      untidy,
      FOUNDING_CHOICES,
    );
    const duplicates = before.report.findings.find(({ id }) => id === 'exactDuplicates');
    expect(duplicates?.count).toBe(before.report.rows - 603);
    expect(before.run.trainingRows + before.run.heldOutRows).toBeLessThan(before.kept);
    await reopen(page);
    const after = await page.evaluate(
      async (id, choices) => {
        lab.send({ type: 'open-run', id });
        await lab.phase('paused');
        const run = lab.told.find((told) => told.type === 'run');
        const loaded = lab.told.find((told) => told.type === 'data-loaded');
        await lab.chooseEngine('wasm');
        lab.send({ type: 'resume' });
        await lab.phase('done');
        const { document } = lab.model();
        lab.send({ type: 'clean', choices });
        const { cleaning, words } = await lab.next('cleaned');
        return { run, loaded, document, cleaning, words };
      },
      before.run.id,
      FOUNDING_CHOICES,
    );
    expect(after.run).toMatchObject({
      trainingRows: before.run.trainingRows,
      heldOutRows: before.run.heldOutRows,
      resumable: true,
    });
    expect(after.document.run?.recipe.audit.exactDuplicates).toBe('drop');
    expect(after.loaded?.rows).toBe(before.report.rows);
    expect(after.cleaning.rowsLeft).toBe(before.report.rows);
    const warm = (of: readonly { word: string; rows: number }[]) =>
      of.find(({ word }) => word === 'warm')?.rows ?? 0;
    expect(warm(after.document.words)).toBe(150);
    expect(warm(after.words)).toBeGreaterThan(150);
  });

  it('goes on when the engine is changed, paused and stopped when asked to', async () => {
    const seen = await page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      lab.start({ epochs: 10_000 });
      await lab.next('epoch');
      const { name } = await lab.chooseEngine('cpu');
      await lab.next('epoch');
      lab.send({ type: 'pause' });
      await lab.phase('paused');
      const epochs = lab.told.filter(({ type }) => type === 'epoch').length;
      lab.send({ type: 'stop' });
      await lab.phase('done');
      const summary = lab.told.findLast((told) => told.type === 'runs')?.runs[0];
      lab.send({ type: 'resume' });
      const refused = await lab.next('refused');
      return {
        name,
        epochs,
        summary,
        refused,
        last: lab.told.filter((t) => t.type === 'epoch').at(-1),
      };
    }, csv);
    expect(seen.name).toBe('tfjs-cpu');
    expect(seen.summary).toMatchObject({ finished: true, epochs: seen.epochs });
    expect(seen.last?.record.epoch).toBe(seen.epochs);
    expect(seen.refused.reason).toBe('The run has ended: start a new one.');
  });

  it('survives the loss of the GPU', async () => {
    await page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('webgpu');
      lab.start({ epochs: 40 });
      await lab.next('epoch');
    }, csv);
    const client = await browser.target().createCDPSession();
    await client.send('Browser.crashGpuProcess');
    const seen = await page.evaluate(async () => {
      const trouble = await lab.next('trouble');
      const { name, reason } = await lab.next('engine', (told) => told.name === 'fused-wasm');
      await lab.phase('done');
      return { trouble, name, reason, model: lab.model().document.run };
    });
    expect(seen.trouble.fatal).toBe(false);
    expect(seen.trouble.reason).toMatch(/The run goes on from epoch \d+ on WebAssembly/);
    expect(seen.reason).toMatch(/because .* went away\.$/);
    expect(seen.model).toMatchObject({ epochs: 40, engine: 'fused-wasm' });
  });

  it('goes on unsaved, and says so, when the browser has no room', async () => {
    const client = await page.createCDPSession();
    await client.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(page.url()).origin,
      quotaSize: 30_000,
    });
    await trainWhole(page);
    const troubles = await page.evaluate(() => lab.told.filter((told) => told.type === 'trouble'));
    expect(troubles.length).toBeGreaterThan(0);
    expect(troubles.map(({ fatal }) => fatal)).not.toContain(true);
    expect(troubles[0]?.reason).toMatch(/no room left/);
    expect((await page.evaluate(() => lab.model())).document.run?.epochs).toBe(6);
  });

  it('stops with a sentence when the losses stop being numbers, and keeps the checkpoint', async () => {
    const trouble = await page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      // Eight blocks of sums that nothing keeps small: float32 overflows within a few steps.
      const hidden = Array.from({ length: 8 }, () => 256);
      lab.start({ learningRate: 1, normalisation: 'none', hidden, epochs: 300 });
      const { reason, fatal } = await lab.next('trouble');
      await lab.phase('paused');
      return { reason, fatal };
    }, csv);
    expect(trouble.fatal).toBe(true);
    expect(trouble.reason).toMatch(/^The losses stopped being numbers in epoch \d+: .*checkpoint/);
  });
});

describe('without the headers that isolate the page', () => {
  it('trains with one thread, and says so where two are asked for', async () => {
    const seen = await page.evaluate(async (text) => {
      await lab.load(text);
      const { device } = await lab.chooseEngine('wasm');
      lab.send({ type: 'choose-engine', choice: 'wasm-2' });
      const { reason } = await lab.next('refused');
      lab.start({ epochs: 1 });
      await lab.phase('done');
      return { isolated: crossOriginIsolated, device, reason };
    }, csv);
    expect(seen.isolated).toBe(false);
    expect(seen.device).toMatch(/^WebAssembly (relaxed )?SIMD$/);
    expect(seen.reason).toBe(
      'WebAssembly cannot use 2 threads here: they do not start, or may not share memory.',
    );
  });
});

describe('saved runs', () => {
  it('are only shown while another tab trains them', async () => {
    const id = await page.evaluate(async (text) => {
      await lab.load(text);
      await lab.chooseEngine('wasm');
      lab.start({ epochs: 10_000 });
      const { id: run } = await lab.next('run');
      await lab.next('saved');
      return run;
    }, csv);
    const other = await openTab();
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
    await trainWhole(page);
    const seen = await page.evaluate(async () => {
      const id = lab.told.find((told) => told.type === 'run')?.id ?? '';
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
    });
    expect(seen.fileName).toBe('warmbright-sen-or-warm.safetensors');
    expect(seen.run).toMatchObject({ name: 'Señor Warm', resumable: false, reason: null });
    expect(seen.run.history).toHaveLength(6);
    expect(seen.named).toBe('Señor Warm');
    expect(seen.left).toBe(0);
  });
});

describe('what leaves the page', () => {
  it('opens again: the model file and the link, without data and without a tensor library', async () => {
    await trainWhole(page);
    const made = await page.evaluate(async () => {
      lab.send({ type: 'export', what: 'model' });
      const { bytes } = await lab.next('file');
      lab.send({ type: 'share' });
      const { fragment } = await lab.next('link');
      return { bytes: [...new Uint8Array(bytes)], fragment, model: lab.model() };
    });
    await context.close();
    context = await browser.createBrowserContext();
    page = await openTab();
    const opened = await page.evaluate(async ({ bytes, fragment }) => {
      lab.send({ type: 'open-link', fragment });
      await lab.next('model');
      const link = lab.model();
      lab.send({ type: 'open-model', bytes: Uint8Array.from(bytes).buffer });
      await lab.next('model');
      return { link, file: lab.model() };
    }, made);
    expect(opened.link).toEqual(made.model);
    expect(opened.file).toEqual(made.model);
    const loaded = await page
      .workers()[0]
      ?.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(loaded?.filter((name) => /create-engine|wasm/.test(name))).toEqual([]);
  });

  it('holds nothing personal: messages, storage, downloads and link', async () => {
    await trainWhole(page);
    const addresses = new Set(csv.match(/\b\d+\.\d+\.\d+\.\d+\b/g));
    const out = await page.evaluate(async () => {
      lab.send({ type: 'export', what: 'model' });
      const { bytes } = await lab.next('file');
      lab.send({ type: 'export', what: 'layers-model' });
      const zip = [...new Uint8Array((await lab.next('file')).bytes)];
      lab.send({ type: 'share' });
      const { fragment } = await lab.next('link');
      const seen = [JSON.stringify(lab.told), new TextDecoder('latin1').decode(bytes)];
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
      await decodeLink(out.fragment),
      ...Object.values(unzipSync(Uint8Array.from(out.zip))),
    ].map((bytes) => latin1.decode(bytes));
    const text = [out.text, ...unpacked].join('\n');
    expect(unpacked.join()).toContain('warm');
    expect(addresses.size).toBeGreaterThan(10);
    expect(csv).toContain(CANARY);
    expect(text).toContain('"contributor":2');
    expect([...addresses].filter((address) => text.includes(address))).toEqual([]);
    expect(text).not.toContain(CANARY);
  });

  it('is a LayersModel with its weights, too', async () => {
    await trainWhole(page);
    const { name, start } = await page.evaluate(async () => {
      lab.send({ type: 'export', what: 'layers-model' });
      const { name: fileName, bytes } = await lab.next('file');
      return { name: fileName, start: new TextDecoder('latin1').decode(bytes.slice(0, 60)) };
    });
    expect(name).toBe('warmbright-a-run-layers-model.zip');
    expect(start).toMatch(/^PK.*model\.json/s);
  });
});

describe('the line between page and worker', () => {
  it('refuses what is no intent, and goes on', async () => {
    const seen = await page.evaluate(async () => {
      lab.client.send({ type: 'start', words: [], name: '', paused: false, recipe: lab.recipe });
      lab.client.send(JSON.parse('{"type":"eval","__proto__":{"polluted":true}}') as never);
      lab.client.send({ type: 'open-link', fragment: 'warmbright1.5.abc' });
      const { reason } = await lab.next('trouble');
      lab.client.send({ type: 'list-runs' });
      await lab.next('runs');
      const refusals = lab.told.flatMap((told) => (told.type === 'refused' ? [told.what] : []));
      return { reason, refusals };
    });
    expect(seen.reason).toMatch(/^The request cannot be used/);
    expect(seen.refusals).toEqual(['start', 'open-link']);
  });

  it('starts a crashed worker again', async () => {
    await page.evaluate(async () => {
      lab.send({ type: 'list-runs' });
      await lab.next('runs');
    });
    const before = page.workers()[0];
    await before?.evaluate(() => {
      setTimeout(() => {
        throw new Error('out of luck');
      });
    });
    const trouble = await page.evaluate(async () => {
      const told = await lab.next('trouble');
      lab.send({ type: 'list-runs' });
      await lab.next('runs');
      return told;
    });
    expect(trouble.fatal).toBe(true);
    expect(trouble.reason).toMatch(/crashed .*out of luck.*started again/);
  });
});
