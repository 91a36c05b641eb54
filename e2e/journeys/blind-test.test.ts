/** A blind test by keys alone: nothing tells before the end, and everything after it. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wavHeader } from '../../src/audio/wav-writer';
import type { FilterTarget } from '../../src/audio/gliding-filter';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { listeningTestSchema, type ListeningTest } from '../../src/listening/listening-test';
import { trialPlan, type Side } from '../../src/listening/trial-plan';
import { writeModelFile } from '../../src/model/model-file';
import { wordSettings } from '../../src/model/word-settings';
import { sampleModel } from '../../src/testing/sample-model';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser, type View, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { openDrawer, openModel, tabTo, typeInto } from './person';

const TRIALS = 6;
const PANEL = 'wb-app >>> wb-bench >>> wb-audition';
const TEST = 'wb-app >>> wb-bench >>> wb-blind-test';
const DIALOG = `${TEST} >>> wa-dialog[label="Blind test"] >>> dialog`;
const RUN = `${TEST} >>> wb-blind-run`;
const RESULT = `${TEST} >>> wb-blind-result`;

const folder = temporaryFolder();
/** The second word would be a formula, were it written into a table as it is. */
const model = sampleModel(['warm', '=bright']);
const modelFile = folder.write('model.safetensors', writeModelFile(model));
const warm = wordSettings(model).find(({ name }) => name === 'warm')?.setting ?? [];
const silence = wavHeader({ format: '16', sampleRateHz: 48_000, channels: 1 }, 48_000);
const silentFile = folder.write('silence.wav', Buffer.concat([silence, new Uint8Array(96_000)]));

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

/** A visit where two words can be heard, the first the current EQ. */
async function open(view: Partial<View> = {}): Promise<Visit> {
  const visit = await openModel(browser, modelFile, view);
  await openDrawer(visit, 'blind-test');
  return visit;
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
    .poll(() => visit.text(`${RUN} >>> button[data-interval="${interval}"] .state`))
    .toBe('heard');
}

/** Listens in on what the page tells its audio thread, which only a cheat could do. */
async function wiretap({ page }: Visit): Promise<void> {
  await page.evaluate(() => {
    const tapped: { target: FilterTarget | null; steps: string[] } = { target: null, steps: [] };
    class TappedNode extends AudioWorkletNode {
      constructor(...[context, name, options]: ConstructorParameters<typeof AudioWorkletNode>) {
        super(context, name, options);
        const { port } = this;
        const post = port.postMessage.bind(port);
        port.postMessage = (target: FilterTarget) => {
          tapped.target = target;
          tapped.steps.push(target.setting === null ? 'bypass' : 'setting');
          post(target);
        };
      }
    }
    class TappedSource extends AudioBufferSourceNode {
      override start(...when: Parameters<AudioBufferSourceNode['start']>): void {
        tapped.steps.push('start');
        super.start(...when);
      }
    }
    Object.assign(globalThis, {
      tapped,
      AudioWorkletNode: TappedNode,
      AudioBufferSourceNode: TappedSource,
    });
  });
}

/** The setting that the audio thread was told last, of a page that is tapped; null for the bypass. */
function played(visit: Visit): Promise<readonly number[] | null> {
  return visit.page.evaluate(() => {
    const { target } = Reflect.get(globalThis, 'tapped') as { target: FilterTarget | null };
    if (target === null) throw new Error('Nothing has been played.');
    return target.setting === null ? null : [...target.setting];
  });
}

/** What the audio thread was told since this was asked last: settings, and starts of the sound. */
function stepsSince(visit: Visit): Promise<string[]> {
  return visit.page.evaluate(() => {
    const { steps } = Reflect.get(globalThis, 'tapped') as { steps: string[] };
    return steps.splice(0);
  });
}

/** Whether the setting is that of warm, but for the rounding of another JavaScript engine. */
function isWarm(setting: readonly number[] | null): boolean {
  return setting?.every((value, i) => Math.abs(value - (warm[i] ?? NaN)) < 1e-9) === true;
}

/** That the page shows again what is heard, and that nothing plays. */
async function expectSighted(visit: Visit): Promise<void> {
  await visit.drawn();
  expect(await visit.texts(`${PANEL} >>> .player > p`)).toEqual([]);
  await visit.find(`${PANEL} >>> .transport .primary`);
  expect(await visit.text(`${PANEL} >>> .transport .primary`)).toBe('Play');
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
  return v.parse(listeningTestSchema, JSON.parse(readFileSync(path, 'utf8')));
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
    await wiretap(visit);
    const messages: string[] = [];
    visit.page.on('console', (message) => messages.push(message.text()));
    await begin(visit, 'abx');
    const seen: string[] = [];
    const answers: Side[] = [];
    for (let trial = 0; trial < TRIALS; trial++) {
      await visit.sees(`Trial ${String(trial + 1)} of ${String(TRIALS)}`);
      const steps: string[][] = [];
      // The first interval of all is preceded by what makes the player ready.
      await stepsSince(visit);
      await hear(visit, 'A');
      steps.push(await stepsSince(visit));
      expect(isWarm(await played(visit))).toBe(true);
      // Not before B and X have been heard too.
      await answer(visit, 'A');
      await hear(visit, 'B');
      steps.push(await stepsSince(visit));
      expect(await played(visit)).toEqual(FLAT_SETTING);
      await hear(visit, 'X');
      steps.push(await stepsSince(visit));
      const x = await played(visit);
      // No interval takes longer to begin for what it is.
      for (const taken of steps)
        expect(taken.slice(trial === 0 ? -3 : 0)).toEqual(['bypass', 'setting', 'start']);
      seen.push(withoutCount(await everything(visit)));
      const side = isWarm(x) ? 'A' : 'B';
      answers.push(side);
      await answer(visit, side, trial % 2 === 0);
    }
    await visit.sees('6 of 6 right');
    // X was A in half of the trials, and nothing on the page was other for that.
    expect(answers.filter((side) => side === 'A')).toHaveLength(TRIALS / 2);

    expect(new Set(seen).size).toBe(1);
    expect(messages).toEqual([]);
    await expectSighted(visit);
    const test = await exported(visit);
    expect(test.trials.map((trial) => trial.answer)).toEqual(answers);
    expect(test.trials.map(({ truth }) => truth)).toEqual(trialPlan(test.seed, TRIALS));
    expect(test.outcome).toMatchObject({ correct: TRIALS, p: 0.5 ** TRIALS });
    expect(test).toMatchObject({ kind: 'abx', levelMatched: true, planned: TRIALS });
    const [first, second] = test.compared;
    expect([isWarm(first.setting), second.setting]).toEqual([true, FLAT_SETTING]);
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
    await visit.sees('6 of 6 right, p = 0.05');

    // And it is there after a reload, and goes when asked to, after a question.
    await visit.page.reload();
    await visit.sees('Ready-made model');
    await openDrawer(visit, 'blind-test');
    const list = `${TEST} >>> wb-blind-list`;
    await visit.sees('ABX: warm and bypass');
    await visit.sees('6 of 6 right, p = 0.05');
    await visit.click(`${list} >>> button[data-do="show"]`);
    await visit.sees('You identified X correctly in 6 of 6 trials.');
    expect(await exported(visit)).toEqual(test);
    await visit.page.keyboard.press('Escape');
    await expect.poll(() => visit.page.$eval(DIALOG, ({ open: shown }) => shown)).toBe(false);
    await visit.click(`${list} >>> button[data-do="delete"]`);
    await visit.click(`${list} >>> wa-button[data-action="confirm"]`);
    await expect.poll(() => visit.page.$(`${list} >>> li`)).toBeNull();
    await visit.page.reload();
    await visit.sees('Ready-made model');
    await openDrawer(visit, 'blind-test');
    await visit.sees('Blind test…');
    expect(await visit.page.$(`${list} >>> li`)).toBeNull();
    await visit.end();
  });

  it('of forced choice asks for a word, and takes wrong answers as they are', async () => {
    const visit = await open();
    await wiretap(visit);
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
      expect(isWarm(a)).not.toBe(isWarm(b));
      truths.push(isWarm(a) ? 'A' : 'B');
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
    await visit.drop(RUN, silentFile);
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
    await visit.sees('Ready-made model');
    await openDrawer(visit, 'blind-test');
    await visit.sees('unfinished, 1 of 5 trials');
    expect(await visit.page.$$(`${TEST} >>> wb-blind-list >>> li`)).toHaveLength(2);
    await visit.end();
  });

  it('does not begin where the loudness of a sound cannot be known', async () => {
    const visit = await open();
    await visit.drop(PANEL, silentFile);
    await visit.sees('silence.wav');
    await openDialog(visit);
    // It offers the model's words, and the current EQ first.
    const sources = await visit.page.$$eval(
      `${TEST} >>> wb-blind-setup >>> select[data-side="0"] option`,
      (options) => options.map(({ value, selected }) => [value, selected]),
    );
    expect(sources).toContainEqual(['word warm', false]);
    expect(sources).toContainEqual(['current', true]);
    await visit.sees('Sound: silence.wav');
    await visit.click(`${TEST} >>> wb-blind-setup >>> wa-button[data-action="begin"]`);
    await visit.sees('could not be measured on this sound');
    await expectSighted(visit);
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
    await visit.sees('Ready-made model');
    await openDrawer(visit, 'blind-test');
    await visit.sees('One kept result cannot be read by this version of the page');
    await visit.end();
  });

  it('can be used by anyone, wide or on a phone', async () => {
    const visit = await open();
    await openDialog(visit);
    await visit.click(`${TEST} >>> wb-blind-setup >>> input[value="2ifc"]`);
    await visit.click(`${TEST} >>> wb-blind-setup >>> [data-sound="pink-noise"]`);
    await visit.sees('Sound: Pink noise');
    await visit.find(`${TEST} >>> wb-blind-setup >>> [data-field="question"]`);
    await expectGoodLooks(visit, 'blind-setup');
    const trials = `${TEST} >>> wb-blind-setup >>> input[type="number"][max="100"]`;
    await typeInto(visit, trials, '5');
    await visit.page.keyboard.press('Tab');
    await visit.click(`${TEST} >>> wb-blind-setup >>> wa-button[data-action="begin"]`);
    await visit.sees('Trial 1 of 5');
    await hear(visit, 'A');
    await expectGoodLooks(visit, 'blind-run');
    for (let trial = 0; trial < 5; trial++) {
      await visit.sees(`Trial ${String(trial + 1)} of 5`);
      for (const interval of ['A', 'B'] as const) {
        await visit.click(`${RUN} >>> button[data-interval="${interval}"]`);
        await hear(visit, interval);
      }
      if (trial === 1) {
        await visit.page.keyboard.press('Escape');
        await visit.sees('Leave the test?');
        await expectGoodLooks(visit, 'blind-leave');
        await visit.click(`${RUN} >>> wa-button[data-action="stay"]`);
      }
      await visit.click(`${RUN} >>> button[data-answer="B"]`);
    }
    await visit.sees('of 5 right');
    await expectGoodLooks(visit, 'blind-result');
    await visit.page.keyboard.press('Escape');
    await expect.poll(() => visit.page.$eval(DIALOG, ({ open: shown }) => shown)).toBe(false);
    await expectGoodLooks(visit, 'blind-list');
    await visit.end();
  });
});
