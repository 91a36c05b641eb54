/** A blind test by keys alone: nothing tells before the end, and everything after it. */
import { readFileSync, rmSync } from 'node:fs';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { listeningTestSchema, type ListeningTest } from '../../src/listening/listening-test';
import { trialPlan, type Side } from '../../src/listening/trial-plan';
import { writeModelFile } from '../../src/model/model-file';
import { sampleModel } from '../../src/testing/sample-model';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser, type View, type Visit } from './harness';
import { looksWell } from './looks';
import { openModel, openSample, setSetting, tabTo, train } from './person';

const TRIALS = 6;
const TEST = 'wb-app >>> wb-bench >>> wb-blind-test';
const DIALOG = `${TEST} >>> wa-dialog[label="Blind test"] >>> dialog`;
const RUN = `${TEST} >>> wb-blind-run`;
const RESULT = `${TEST} >>> wb-blind-result`;

/** The second word would be a formula, were it written into a table as it is. */
const model = temporaryFolder().write(
  'model.safetensors',
  writeModelFile(sampleModel(['warm', '=bright'])),
);

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});

/** A visit where two words can be heard, the first in hand. */
function open(view: Partial<View> = {}): Promise<Visit> {
  return openModel(browser, model, view);
}

/** The setting of warm. */
async function warmOf(visit: Visit): Promise<readonly number[]> {
  const hand = await visit.page.$eval(TEST, (test) => [...(test.current?.setting ?? [])]);
  expect(hand).toHaveLength(FLAT_SETTING.length);
  return hand;
}

/** Opens the dialog; by a key, since a click may miss while the page above still finds its height. */
async function openDialog(visit: Visit): Promise<void> {
  await visit.page.focus(`${TEST} >>> wa-button[data-action="blind-test"] >>> button`);
  await visit.page.keyboard.press('Enter');
  await visit.sees('Kind of test');
}

/** Sets up a test and begins it, by keys alone. */
async function begin(visit: Visit, kind: ListeningTest['kind'], trials = TRIALS): Promise<void> {
  const { keyboard } = visit.page;
  await tabTo(visit, /^Blind test…$/);
  await keyboard.press('Enter');
  await visit.sees('Kind of test');
  await tabTo(visit, /ABX/);
  if (kind === '2ifc') await keyboard.press('ArrowDown');
  await tabTo(visit, /^Trials/);
  await keyboard.press('ArrowUp');
  await keyboard.down('Control');
  await keyboard.press('a');
  await keyboard.up('Control');
  await keyboard.type(String(trials));
  const hasSound = await visit.page.$(`${TEST} >>> wb-blind-setup >>> [data-sound="pink-noise"]`);
  if (hasSound !== null) {
    await tabTo(visit, /^Pink noise$/);
    await keyboard.press('Enter');
    await visit.sees('Sound: Pink noise');
  }
  await tabTo(visit, /^Begin$/);
  await keyboard.press('Enter');
  await visit.sees(`Trial 1 of ${String(trials)}`);
}

/** Plays an interval by its key until it counts as heard. */
async function hear(visit: Visit, interval: 'A' | 'B' | 'X'): Promise<void> {
  await visit.page.keyboard.press(interval.toLowerCase() as 'a' | 'b' | 'x');
  await expect
    .poll(
      () =>
        visit.page.$eval(
          `${RUN} >>> button[data-interval="${interval}"]`,
          (button) => button.querySelector('.state')?.textContent,
        ),
      { timeout: 20_000 },
    )
    .toBe('heard');
}

/** What the player plays, which only a cheat at the browser's console can see. */
function played(visit: Visit): Promise<readonly number[] | undefined> {
  return visit.page.$eval(TEST, (test) => test.player?.choice?.setting);
}

async function answer(visit: Visit, side: Side, arrow = false): Promise<void> {
  const keys = arrow ? (['ArrowLeft', 'ArrowRight'] as const) : (['1', '2'] as const);
  await visit.page.keyboard.press(keys[side === 'A' ? 0 : 1]);
}

/** The whole page as text, shadow roots, values and hidden drawings too. */
function everything(visit: Visit): Promise<string> {
  return visit.page.evaluate(() => {
    const lines: string[] = [];
    const walk = (node: Node): void => {
      if (node instanceof Text) lines.push(node.data.trim());
      if (node instanceof Element) {
        const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`);
        lines.push(`<${node.localName} ${attributes.sort().join(' ')}>`);
        if ('value' in node) lines.push(String(node.value));
        // The waveform shows where in the sound it plays.
        const { host } = node.getRootNode() as ShadowRoot;
        if (node instanceof HTMLCanvasElement && host.localName !== 'wb-waveform') {
          lines.push(node.toDataURL());
        }
        node.shadowRoot?.childNodes.forEach(walk);
      }
      node.childNodes.forEach(walk);
    };
    walk(document);
    return lines.filter((line) => line !== '').join('\n');
  });
}

/** The same for every trial: without its number and how far the bar is. */
function withoutCount(text: string): string {
  return text
    .replaceAll(/Trial \d+ of \d+/g, '')
    .replaceAll(/(<progress .*>)\n\d+/g, '$1')
    .replaceAll(/(<progress .*)value=\d+/g, '$1')
    .replaceAll(/^.*--?wa-.*(scroll|spin).*$/gm, '');
}

async function exported(visit: Visit): Promise<ListeningTest> {
  const path = await visit.download(`${RESULT} >>> wa-button[data-export="json"]`);
  const text = readFileSync(path, 'utf8');
  // The next one of that name would take its place unseen.
  rmSync(path);
  return v.parse(listeningTestSchema, JSON.parse(text));
}

/** Waits until so many tests are kept; the worker saves them beside what the page shows. */
async function untilKept(visit: Visit, tests: number): Promise<void> {
  const count = (): Promise<number> =>
    visit.page.evaluate(
      () =>
        new Promise<number>((done, failed) => {
          const request = indexedDB.open('warmbright-listening');
          request.onerror = () => {
            failed(new Error('no database'));
          };
          request.onsuccess = () => {
            const database = request.result;
            const counted = database.transaction('tests').objectStore('tests').count();
            counted.onsuccess = () => {
              database.close();
              done(counted.result);
            };
          };
        }),
    );
  await expect.poll(count, { timeout: 20_000 }).toBe(tests);
}

describe('a blind test', () => {
  it('of ABX tells nothing before its end, and then all, to its files too', async () => {
    const visit = await open();
    const warm = await warmOf(visit);
    const messages: string[] = [];
    visit.page.on('console', (message) => messages.push(message.text()));
    await begin(visit, 'abx');
    const seen: string[] = [];
    const answers: Side[] = [];
    for (let trial = 0; trial < TRIALS; trial++) {
      await visit.sees(`Trial ${String(trial + 1)} of ${String(TRIALS)}`);
      await hear(visit, 'A');
      expect(await played(visit)).toEqual(warm);
      // Not before B and X have been heard too.
      await answer(visit, 'A');
      await hear(visit, 'B');
      expect(await played(visit)).toEqual(FLAT_SETTING);
      await hear(visit, 'X');
      const x = await played(visit);
      seen.push(withoutCount(await everything(visit)));
      const side = x?.[0] === warm[0] ? 'A' : 'B';
      answers.push(side);
      await answer(visit, side, trial % 2 === 0);
    }
    await visit.sees('6 of 6 right');
    // X was A in half of the trials, and nothing on the page was other for that.
    expect(answers.filter((side) => side === 'A')).toHaveLength(TRIALS / 2);

    expect(new Set(seen).size).toBe(1);
    expect(messages).toEqual([]);
    const desk = await visit.page.$eval(TEST, (test) => [test.player?.blind, test.player?.playing]);
    expect(desk).toEqual([false, false]);
    const test = await exported(visit);
    expect(test.trials.map((trial) => trial.answer)).toEqual(answers);
    expect(test.trials.map(({ truth }) => truth)).toEqual(trialPlan(test.seed, TRIALS));
    expect(test.outcome).toMatchObject({ correct: TRIALS, p: 0.5 ** TRIALS });
    expect(test).toMatchObject({ kind: 'abx', levelMatched: true, planned: TRIALS });
    expect(test.compared.map(({ setting }) => setting)).toEqual([warm, FLAT_SETTING]);
    expect(test.compared[0].matchedLu).not.toBe(0);
    expect(Math.abs(test.compared[1].matchedLu)).toBeLessThan(1e-9);
    for (const { seconds } of test.trials) expect(seconds).toBeGreaterThan(1.5);
    const csv = readFileSync(
      await visit.download(`${RESULT} >>> wa-button[data-export="csv"]`),
      'utf8',
    );
    expect(csv.split('\r\n')).toHaveLength(TRIALS + 2);
    expect(csv).toContain(`,${String(0.5 ** TRIALS)},`);
    await visit.page.keyboard.press('Escape');
    await visit.sees('6 of 6 right, binomial p = 0.016');

    // And it is there after a reload, and goes when asked to, after a question.
    await visit.page.reload();
    const list = `${TEST} >>> wb-blind-list`;
    await visit.sees('ABX: warm and bypass');
    await visit.sees('6 of 6 right, binomial p = 0.016');
    await visit.click(`${list} >>> button[data-do="show"]`);
    await visit.sees('You told X rightly in 6 of 6 trials.');
    expect(await exported(visit)).toEqual(test);
    await visit.page.keyboard.press('Escape');
    await expect.poll(() => visit.page.$eval(DIALOG, ({ open: shown }) => shown)).toBe(false);
    await visit.click(`${list} >>> button[data-do="delete"]`);
    await visit.click(`${list} >>> wa-button[data-action="confirm"]`);
    await expect.poll(() => visit.page.$(`${list} >>> li`)).toBeNull();
    await visit.page.reload();
    await visit.sees('Blind test…');
    expect(await visit.page.$(`${list} >>> li`)).toBeNull();
    await visit.end();
  });

  it('of forced choice asks for a word, and takes wrong answers as they are', async () => {
    const visit = await open();
    const warm = await warmOf(visit);
    await begin(visit, '2ifc', 5);
    await visit.sees('Which is warmer, A or B?');
    const truths: Side[] = [];
    const seen: string[] = [];
    for (let trial = 0; trial < 5; trial++) {
      await visit.sees(`Trial ${String(trial + 1)} of 5`);
      await hear(visit, 'B');
      const b = await played(visit);
      await hear(visit, 'A');
      const a = await played(visit);
      expect(a?.[0] === b?.[0]).toBe(false);
      truths.push(a?.[0] === warm[0] ? 'A' : 'B');
      seen.push(withoutCount(await everything(visit)));
      await answer(visit, 'A', true);
    }
    expect(new Set(seen).size).toBe(1);
    await visit.sees('of 5 right');
    const test = await exported(visit);
    expect(test).toMatchObject({ kind: '2ifc', question: 'warm' });
    expect(test.trials.map((trial) => trial.answer)).toEqual(['A', 'A', 'A', 'A', 'A']);
    expect(test.trials.map(({ truth }) => truth)).toEqual(truths);
    expect([2, 3]).toContain(test.outcome?.correct);
    // The same answer to all shows nothing.
    expect(test.outcome?.balancedP).toBe(1);
    await visit.end();
  });

  it('that is left is asked about, and kept without a score', async () => {
    const visit = await open();
    await begin(visit, 'abx', 5);
    for (const interval of ['A', 'B', 'X'] as const) await hear(visit, interval);
    // Again from the beginning.
    await visit.page.keyboard.press('Space');
    // Another sound would not be matched: one dropped on the page is not opened.
    await visit.page.$eval('wb-app >>> wb-bench', (bench) => {
      bench.hear(new File(['no'], 'other.wav'));
    });
    await visit.sees('Another sound can be opened when the blind test is over.');
    await answer(visit, 'B');
    await visit.sees('Trial 2 of 5');
    await visit.page.keyboard.press('Escape');
    await visit.sees('Leave the test?');
    await visit.page.keyboard.press('Escape');
    await visit.sees('Is X the same as A, or the same as B?');
    await visit.page.keyboard.press('Escape');
    await visit.sees('Leave the test?');
    await tabTo(visit, /^Leave$/);
    await visit.page.keyboard.press('Enter');
    await visit.sees('Unfinished: 1 of 5 trials');
    expect(await exported(visit)).toMatchObject({ outcome: null, trials: [{ answer: 'B' }] });
    await visit.page.keyboard.press('Escape');
    // A closed tab leaves as much.
    await begin(visit, 'abx', 5);
    for (const interval of ['A', 'B', 'X'] as const) await hear(visit, interval);
    await answer(visit, 'A');
    await visit.sees('Trial 2 of 5');
    await untilKept(visit, 2);
    await visit.page.reload();
    await visit.sees('unfinished, 1 of 5 trials');
    expect(await visit.page.$$(`${TEST} >>> wb-blind-list >>> li`)).toHaveLength(2);
    await visit.end();
  });

  it('does not begin where the loudness of a sound cannot be known', async () => {
    const visit = await openSample(browser);
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    await openDialog(visit);
    // It offers the model's words, and the current EQ first.
    const sources = await visit.page.$$eval(
      `${TEST} >>> wb-blind-setup >>> select[data-side="0"] option`,
      (options) => options.map(({ value, selected }) => [value, selected]),
    );
    expect(sources).toContainEqual(['word warm', false]);
    expect(sources).toContainEqual(['current', true]);
    // A second of silence at 48 kHz, 16 bits, one channel.
    await visit.page.$eval(TEST, async ({ player }) => {
      const bytes = new Uint8Array(44 + 96_000);
      const view = new DataView(bytes.buffer);
      bytes.set(new TextEncoder().encode('RIFF    WAVEfmt '));
      [16, 0x1_0001, 48_000, 96_000, 0x10_0002].forEach((value, i) => {
        view.setUint32(16 + 4 * i, value, true);
      });
      bytes.set(new TextEncoder().encode('data'), 36);
      view.setUint32(4, bytes.length - 8, true);
      view.setUint32(40, 96_000, true);
      await player?.load(new File([bytes], 'silence.wav'));
    });
    await visit.sees('Sound: silence.wav');
    await visit.click(`${TEST} >>> wb-blind-setup >>> wa-button[data-action="begin"]`);
    await visit.sees('could not be measured on this sound');
    expect(await visit.page.$eval(TEST, ({ player }) => player?.blind)).toBe(false);
    await visit.end();
  });

  it('leaves results that it cannot read where they are, and says so', async () => {
    const visit = await open();
    await visit.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((done, failed) => {
        const request = indexedDB.open('warmbright-listening');
        // The worker may not have opened it yet.
        request.onupgradeneeded = () => {
          request.result.createObjectStore('tests');
        };
        request.onsuccess = () => {
          done(request.result);
        };
        request.onerror = () => {
          failed(new Error('no database'));
        };
      });
      const store = database.transaction('tests', 'readwrite').objectStore('tests');
      store.put({ version: 2 }, 'later');
      await new Promise((done) => {
        store.transaction.oncomplete = done;
      });
      database.close();
    });
    await visit.page.reload();
    await visit.sees('One kept result cannot be read by this version of the page');
    await visit.end();
  });

  it('can be used by anyone, wide or on a phone', async () => {
    const visit = await open();
    await openDialog(visit);
    await visit.click(`${TEST} >>> wb-blind-setup >>> input[value="2ifc"]`);
    await visit.click(`${TEST} >>> wb-blind-setup >>> [data-sound="pink-noise"]`);
    await visit.sees('Sound: Pink noise');
    await visit.page.waitForSelector(`${TEST} >>> wb-blind-setup >>> [data-field="question"]`);
    await looksWell(visit, 'blind-setup');
    await visit.page.$eval(
      `${TEST} >>> wb-blind-setup >>> input[type="number"][max="100"]`,
      (input) => {
        input.value = '5';
        input.dispatchEvent(new Event('change'));
      },
    );
    await visit.click(`${TEST} >>> wb-blind-setup >>> wa-button[data-action="begin"]`);
    await visit.sees('Trial 1 of 5');
    await hear(visit, 'A');
    await looksWell(visit, 'blind-run');
    for (let trial = 0; trial < 5; trial++) {
      await visit.sees(`Trial ${String(trial + 1)} of 5`);
      for (const interval of ['A', 'B'] as const) {
        await visit.click(`${RUN} >>> button[data-interval="${interval}"]`);
        await hear(visit, interval);
      }
      if (trial === 1) {
        await visit.page.keyboard.press('Escape');
        await visit.sees('Leave the test?');
        await looksWell(visit, 'blind-leave');
        await visit.click(`${RUN} >>> wa-button[data-action="stay"]`);
      }
      await visit.click(`${RUN} >>> button[data-answer="B"]`);
    }
    await visit.sees('of 5 right');
    await looksWell(visit, 'blind-result');
    await visit.page.keyboard.press('Escape');
    await expect.poll(() => visit.page.$eval(DIALOG, ({ open: shown }) => shown)).toBe(false);
    await looksWell(visit, 'blind-list');
    await visit.end();
  });
});
