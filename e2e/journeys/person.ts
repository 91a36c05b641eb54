/** What a person does on the page again and again, and what they see there. */
import { expect } from 'vitest';
import type { ModelDocument } from '../../src/model/model';
import { sharedFile } from '../../src/testing/shared-files';
import type { TestBrowser, View, Visit } from './harness';

/** The real data set; null where it does not lie beside the repository. */
export const realData = sharedFile('data/SAFEEqualiserUserData.csv');

/** A visit with the sample loaded. */
export async function openSample(browser: TestBrowser, view: Partial<View> = {}): Promise<Visit> {
  const visit = await browser.visit(view);
  await visit.click('aria/Use the sample[role="button"]');
  await visit.sees('Every row can be used.');
  return visit;
}

/** A visit with a model opened from its file, the word with most rows in hand. */
export async function openModel(
  browser: TestBrowser,
  file: string,
  view: Partial<View> = {},
): Promise<Visit> {
  const visit = await browser.visit(view);
  await visit.drop('wb-app >>> wb-data-panel', file);
  await visit.page.waitForSelector('wb-app >>> wb-preset-export >>> textarea', { visible: true });
  return visit;
}

/** Types a value into a setting of the recipe, unfolding its group first where it is folded. */
export async function setSetting(visit: Visit, label: string, value: string): Promise<void> {
  const field = `aria/${label}[role="spinbutton"]`;
  // A locator tries again where the panel is drawn anew meanwhile.
  await visit.page.locator(field).click({ count: 3 });
  const input = await visit.page.waitForSelector(field, { visible: true });
  await input?.type(value);
  await input?.press('Tab');
}

/** Trains until the run is over. */
export async function train(visit: Visit, timeout = 120_000): Promise<void> {
  await visit.click('aria/Train[role="button"]');
  await waitForPhase(visit, 'training', 'preparing');
  await waitForPhase(visit, 'done', undefined, timeout);
}

/** Waits until the page's training is in that phase (or that other one). */
export async function waitForPhase(
  visit: Visit,
  phase: string,
  or = phase,
  timeout = 60_000,
): Promise<void> {
  await expect
    .poll(async () => [phase, or].includes(await phaseOf(visit)), { timeout, interval: 50 })
    .toBe(true);
}

async function phaseOf(visit: Visit): Promise<string> {
  return visit.page.$eval('wb-app >>> wb-run-bar', (bar) => bar.view.phase);
}

export async function epochsTrained(visit: Visit): Promise<number> {
  return visit.page.$eval('wb-app >>> wb-run-bar', (bar) => bar.view.epochs);
}

/** The number a score shows. */
export async function figure(visit: Visit, name: string): Promise<number> {
  const text = await visit.page.$eval(
    `wb-app >>> [data-figure="${name}"]`,
    (element) => element.textContent,
  );
  return Number(text.trim().replace('−', '-'));
}

interface InHand {
  readonly document: ModelDocument;
  readonly weights: number[];
  readonly map: { points: number[]; labels: number[] } | null;
  /** One setting a word, as the bands' table has it. */
  readonly settings: number[][];
}

/** The model that the page shows, to the last bit. */
export async function inHand(visit: Visit): Promise<InHand> {
  const shown = await visit.page.$eval('wb-app >>> wb-word-panel', ({ model }) => {
    if (model === null) return null;
    const { document, weights, map } = model;
    return {
      document,
      weights: [...weights],
      map: map === null ? null : { points: [...map.points], labels: [...map.labels] },
    };
  });
  if (shown === null) throw new Error('The page shows no model.');
  const settings: number[][] = [];
  for (const { word } of shown.document.words) {
    const chip = `wb-app >>> wb-word-panel >>> .words button[data-word="${word}"]`;
    await visit.click(chip);
    await visit.page.waitForSelector(`${chip}[aria-pressed="true"]`, { visible: true });
    settings.push(
      await visit.page.$eval('wb-app >>> wb-bands', async (bands) => {
        await bands.updateComplete;
        return [...bands.setting];
      }),
    );
  }
  return { ...shown, settings };
}

/** Chooses who does the arithmetic, from the menu in the page's head. */
export async function chooseEngine(visit: Visit, label: string): Promise<void> {
  await visit.click('aria/Engine[role="combobox"]');
  await visit.click(`aria/${label}[role="option"]`);
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
function focusedName(visit: Visit): Promise<string> {
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
