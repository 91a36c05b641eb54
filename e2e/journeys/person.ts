/** What a person does on the page again and again, and what they see there. */
import { readFileSync } from 'node:fs';
import { expect, inject } from 'vitest';
import { bandName, frequencyText, gainText } from '../../components/kit/text';
import { bandsOf, type EqSetting } from '../../src/eq/parameters';
import type { Model } from '../../src/model/model';
import { readModelFile } from '../../src/model/model-file';
import { sharedFile } from '../../src/testing/shared-files';
import type { PageState } from '../../components/state/page-state';
import type { TestBrowser, View, Visit } from './harness';
import { findNow } from './waiting';

/** The real data set; null where it does not lie beside the repository. */
export const realData = sharedFile('data/SAFEEqualiserUserData.csv');

/** A visit with the sample loaded. */
export async function openSample(browser: TestBrowser, view: Partial<View> = {}): Promise<Visit> {
  const visit = await browser.visit(view);
  await useSample(visit);
  return visit;
}

/** Loads the sample. */
export async function useSample(visit: Visit): Promise<void> {
  await goTo(visit, 'train');
  await visit.click('aria/Use the sample[role="button"]');
  await visit.sees('Every row can be used.');
}

/** A visit with a model opened from its file, the word with most rows as the current EQ. */
export async function openModel(
  browser: TestBrowser,
  file: string,
  view: Partial<View> = {},
): Promise<Visit> {
  const visit = await browser.visit(view);
  await visit.drop(PAGE, file);
  await visit.find('wb-app >>> [data-figure="current"]');
  return visit;
}

/** What files are dropped on. */
export const PAGE = 'wb-app >>> main';

/** Looks at a view. */
export async function goTo(visit: Visit, view: PageState['view']): Promise<void> {
  if ((await visit.attribute(PAGE, 'data-view')) === view) return;
  await visit.click(`wb-app >>> wb-header >>> a[href="#${view}"]`);
  await visit.find(`${PAGE}[data-view="${view}"]`);
}

type Drawer = 'model' | 'presets' | 'blind-test' | 'bands' | 'sound';

function drawerOf(drawer: Drawer): string {
  const host = drawer === 'model' ? 'wb-drawer' : `wb-bench >>> wb-drawer[data-drawer="${drawer}"]`;
  return `wb-app >>> ${host}`;
}

/** Opens what lies beside a view. */
export async function openDrawer(visit: Visit, drawer: Drawer): Promise<void> {
  const dialog = `${drawerOf(drawer)} >>> dialog[open]`;
  if ((await findNow(visit.page, dialog)) !== null) return;
  const narrow = (visit.page.viewport()?.width ?? 0) < 768;
  const button =
    drawer === 'model'
      ? `wb-header >>> ${narrow ? 'nav' : '.right'} [data-action="open-model"]`
      : `wb-bench >>> .take [data-drawer="${drawer}"]`;
  await visit.click(`wb-app >>> ${button}`);
  await visit.find(dialog);
  // What stands in it is loaded when it is first opened.
  await visit.gone(`${drawerOf(drawer)} > [role="status"]`);
}

export async function closeDrawer(visit: Visit, drawer: Drawer): Promise<void> {
  await visit.click(`${drawerOf(drawer)} >>> dialog > button[aria-label^="Close"]`);
  await visit.gone(`${drawerOf(drawer)} >>> dialog`);
}

/** Has a drawer opened once, so that what stands in it is there to be read. */
async function ensureDrawer(visit: Visit, drawer: Drawer, content: string): Promise<void> {
  if ((await findNow(visit.page, content)) !== null) return;
  const view = await visit.attribute(PAGE, 'data-view');
  if (drawer !== 'model') await goTo(visit, 'explore');
  await openDrawer(visit, drawer);
  await visit.find(content);
  await closeDrawer(visit, drawer);
  await goTo(visit, view === 'train' || view === 'compare' ? view : 'explore');
}

/** A visit with the model that was trained on the sample for all tests; see `sample-run.ts`. */
export function openTrained(browser: TestBrowser, view: Partial<View> = {}): Promise<Visit> {
  return openModel(browser, inject('trainedSample'), view);
}

/** Types a value into a setting of the recipe whose group is unfolded. */
export async function setSetting(visit: Visit, label: string, value: string): Promise<void> {
  await typeInto(visit, `aria/${label}[role="spinbutton"]`, value);
  await visit.page.keyboard.press('Tab');
}

/** How often a person selects a field's text anew before they give up. */
const TRIES = 5;

/**
 * Types into a field in place of what stands there. Where the page draws it anew between the click and
 * the key, nothing is selected any more, and the text stands behind the other: a person would see it.
 */
export async function typeInto(visit: Visit, field: string, text: string): Promise<void> {
  let typed: string | null = null;
  for (let tries = 0; tries < TRIES; tries++) {
    await visit.click(field, 3);
    const input = await visit.find(field);
    await input.type(text);
    typed = await input.evaluate((own) => (own instanceof HTMLInputElement ? own.value : null));
    if (typed === text) return;
  }
  throw new Error(
    `${field} holds ${JSON.stringify(typed)} after ${JSON.stringify(text)} was typed.`,
  );
}

/** Makes the recipe's model wider than it is. */
export async function widenModel(visit: Visit, hiddenSizes: string): Promise<void> {
  await visit.click('wb-app >>> wb-recipe-panel >>> details[data-group="model"] > summary');
  await typeInto(visit, 'aria/Hidden sizes[role="textbox"]', hiddenSizes);
  await visit.page.keyboard.press('Tab');
}

/**
 * Sets the recipe to a run that does not end by itself before a test gives up: the most epochs there
 * are, thousands of seconds of them.
 */
export async function planEndlessRun(visit: Visit): Promise<void> {
  await setSetting(visit, 'Epochs', '10000');
}

/** Trains until the run is over. */
export async function train(visit: Visit, timeout?: number): Promise<void> {
  await untilTrained(visit, () => visit.click(`${RUN_BAR} >>> [data-action="train"]`), timeout);
}

/**
 * Does what starts a run, and waits until that run is over: a short one may come and go between two
 * looks at the buttons, but stays in the list of runs.
 */
export async function untilTrained(
  visit: Visit,
  start: () => Promise<void>,
  timeout = 120_000,
): Promise<void> {
  const before = await finishedRuns(visit);
  await start();
  const added = async () => (await finishedRuns(visit)).filter((id) => !before.includes(id));
  await expect.poll(added, { timeout }).toHaveLength(1);
  await waitForPhase(visit, 'done');
}

/** Of the runs in the list, those that have ended. */
function finishedRuns(visit: Visit): Promise<string[]> {
  return visit.page.$$eval('wb-app >>> wb-runs >>> li[data-run]', (runs) =>
    runs
      .filter(({ textContent }) => /\b(finished|stopped),/.test(textContent))
      .map((run) => run.getAttribute('data-run') ?? ''),
  );
}

/** The button that can be pressed in that phase alone. */
const BUTTONS = { training: 'pause', paused: 'resume', done: 'train' } as const;

/** Waits until the run can be paused, resumed, or followed by another. */
export async function waitForPhase(visit: Visit, phase: keyof typeof BUTTONS): Promise<void> {
  const button = `${RUN_BAR} >>> [data-action="${BUTTONS[phase]}"]:not([disabled])`;
  await visit.find(button);
}

const RUN_BAR = 'wb-app >>> wb-run-bar';

/** Trains one epoch, in a run that is paused after it. */
export async function step(visit: Visit): Promise<void> {
  const before = await epochsTrained(visit);
  await visit.click('aria/One epoch[role="button"]');
  await expect.poll(() => epochsTrained(visit)).toBe(before + 1);
  await waitForPhase(visit, 'paused');
}

/** What stands under the buttons of the run. */
async function runText(visit: Visit): Promise<string> {
  return (await visit.texts(`${RUN_BAR} >>> .figures`)).join(' ');
}

export async function epochsTrained(visit: Visit): Promise<number> {
  const [, epochs] = /epoch (\d+) of/.exec(await runText(visit)) ?? [];
  return Number(epochs ?? 0);
}

/** The epoch after which the run was last saved; 0 before that. */
export async function savedEpoch(visit: Visit): Promise<number> {
  const [, epoch] = /saved at epoch (\d+)/.exec(await runText(visit)) ?? [];
  return Number(epoch ?? 0);
}

/** Name of the run whose buttons are shown. */
export function runShown(visit: Visit): Promise<string> {
  return visit.text(`${RUN_BAR} >>> .name`);
}

/** The number a score shows. */
export async function figure(visit: Visit, name: string): Promise<number> {
  const text = await visit.text(`wb-app >>> [data-figure="${name}"]`);
  return Number(text.replace('−', '-'));
}

/** The model that the page shows, to the last bit: as it is downloaded. */
export async function downloadModel(visit: Visit): Promise<Model> {
  const button = 'aria/Download the model (safetensors)[role="button"]';
  await openDrawer(visit, 'model');
  const model = readModelFile(readFileSync(await visit.download(button)));
  await closeDrawer(visit, 'model');
  return model;
}

const BANDS = 'wb-app >>> wb-bands';

/** The five bands of the word that is picked, a line each. */
export async function bandsShown(visit: Visit): Promise<string[]> {
  await ensureDrawer(visit, 'bands', `${BANDS} >>> tbody tr`);
  await visit.drawn();
  return visit.texts(`${BANDS} >>> tbody tr`);
}

/** The bands of every word, each picked in turn. */
export async function bandsOfWords(visit: Visit): Promise<Record<string, string[]>> {
  const bands: Record<string, string[]> = {};
  const chips = 'wb-app >>> wb-word-panel >>> .words button';
  for (const word of await visit.texts(chips)) {
    const chip = `${chips}[data-word="${word}"]`;
    await visit.click(chip);
    await visit.find(`${chip}[aria-pressed="true"]`);
    bands[word] = await bandsShown(visit);
  }
  return bands;
}

/** How {@link bandsShown} has a setting. */
export function bandLines(setting: EqSetting): string[] {
  return bandsOf(setting).map(({ gainDb, frequencyHz, q }, band) =>
    [bandName(band), gainText(gainDb), frequencyText(frequencyHz), q.toFixed(2)].join(' '),
  );
}

/** The current EQ, as the preset of it says. */
interface CurrentEq {
  readonly name: string;
  readonly setting: number[];
}

const PRESET = 'wb-app >>> wb-preset-export >>> textarea';

/** The current EQ, of a visit whose presets have been looked at; null while there is none. */
export async function shownEq(visit: Visit): Promise<CurrentEq | null> {
  await visit.drawn();
  const [text] = await visit.page.$$eval(PRESET, (areas) => areas.map(({ value }) => value));
  if (text === undefined) return null;
  const [, name = ''] = /^# (.*)$/m.exec(text) ?? [];
  const bands = text.matchAll(/^Filter.* (\w+) Fc (\S+) Hz Gain (\S+) dB Q (\S+)$/gm);
  const setting = Array.from(bands, ([, kind, hertz, gain, q]) =>
    kind === 'PK' ? [gain, hertz, q] : [gain, hertz],
  );
  return { name, setting: setting.flat().map(Number) };
}

/** The current EQ, which there must be. */
export async function currentEq(visit: Visit): Promise<CurrentEq> {
  await ensureDrawer(visit, 'presets', PRESET);
  const shown = await shownEq(visit);
  if (shown === null) throw new Error('There is no current EQ.');
  return shown;
}

/** Chooses who does the arithmetic, from the menu in the page's head. */
export async function chooseEngine(visit: Visit, label: string): Promise<void> {
  const settings = 'wb-app >>> wb-header >>> wb-engine >>> [popover]';
  if (!(await visit.page.$eval(settings, (box) => box.matches(':popover-open')))) {
    await visit.click('aria/Settings[role="button"]');
  }
  await chooseOption(visit, 'aria/Engine[role="combobox"]', label);
}

/** Chooses of a browser's own menu what reads so. */
export async function chooseOption(visit: Visit, menu: string, label: string): Promise<void> {
  const select = await visit.find(menu);
  const value = await select.evaluate((element, wanted) => {
    const options = element instanceof HTMLSelectElement ? [...element.options] : [];
    return options.find(({ text }) => text.trim() === wanted)?.value ?? null;
  }, label);
  if (value === null) throw new Error(`${menu} does not offer ${label}.`);
  await select.select(value);
}

/** Presses Tab until something has the focus whose name matches. */
export async function tabTo(visit: Visit, name: RegExp): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    await visit.page.keyboard.press('Tab');
    if (name.test(await focusedName(visit))) return;
  }
  throw new Error(`${String(name)} is not reached by the Tab key.`);
}

/** Name or text of the focused element, looked for in shadow roots. */
export function focusedName(visit: Visit): Promise<string> {
  return visit.page.evaluate(() => {
    let focused = document.activeElement;
    let name = '';
    while (focused !== null) {
      const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : null;
      const own = focused.getAttribute('aria-label') ?? label ?? focused.textContent;
      name = own.replaceAll(/\s+/g, ' ').trim() || name;
      focused = focused.shadowRoot?.activeElement ?? null;
    }
    return name;
  });
}
