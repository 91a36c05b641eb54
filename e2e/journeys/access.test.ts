/** The page by keys alone, with letters twice as large, and in the colours that the system sets. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPreset } from '../../src/presets/import-preset';
import { DESK, TestBrowser, type View, type Visit } from './harness';
import { expectLayout } from './looks';
import { focusedName, goTo, openDrawer, tabTo, useSample } from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

const EXPLORE = '';
const MAP = 'wb-app >>> wb-map';
/** The panels of each view, and what stands beside the current EQ. */
const PANELS = {
  explore: [
    'wb-watch-panel',
    'wb-word-panel',
    'wb-bench >>> wb-equaliser',
    'wb-bench >>> wb-audition',
  ],
  train: ['wb-watch-panel', 'wb-word-panel', 'wb-data-panel', 'wb-recipe-panel'],
} as const;

describe('by keys alone', () => {
  it('leads from the first visit to a preset that is downloaded', async () => {
    const visit = await browser.visit({}, EXPLORE);
    await visit.find(`${MAP} >>> [role="slider"]`);
    const press = async (name: RegExp): Promise<void> => {
      await tabTo(visit, name);
      await visit.page.keyboard.press('Enter');
    };
    await press(/^bright$/);
    await visit.sees('What does bright sound like?');
    await press(/^Play$/);
    await visit.find('aria/Pause[role="button"]');
    await press(/^Take it along$/);
    await visit.find('wb-app >>> wb-preset-export >>> textarea');
    const file = await visit.downloaded(() => press(/^Download$/));
    expect(importPreset(readFileSync(file, 'utf8')).setting).toHaveLength(13);
    await visit.end();
  });

  it('reaches Train within ten stops', async () => {
    const visit = await browser.visit();
    await useSample(visit);
    // The page's first stop.
    await (await visit.page.$('wb-app >>> header > button.skip'))?.focus();
    const names = [await focusedName(visit)];
    while (names.length < 10) {
      await visit.page.keyboard.press('Tab');
      names.push(await focusedName(visit));
    }
    expect(names).toContain('Train');
    await visit.end();
  });
});

const PHONE: View = { width: 390, height: 844, colours: 'light' };

/** As a reader sets it in the browser: what is measured in em, breakpoints too, grows with it. */
async function setInBrowser({ page }: Visit): Promise<void> {
  const client = await page.createCDPSession();
  await client.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
}

/** As a style of the reader's own sets it, which no breakpoint knows of. */
async function setByStyle({ page }: Visit): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
}

describe.each([
  ['set in the browser', setInBrowser],
  ['set by a style', setByStyle],
])('letters twice as large, %s', (_, enlarge) => {
  it.each([DESK, PHONE])('keep every panel, in $width pixels', async (view) => {
    const visit = await browser.visit(view, EXPLORE);
    await visit.find(`${MAP} >>> [role="slider"]`);
    await enlarge(visit);
    await expectPanels(visit, 'explore');
    // Pictures draw their letters themselves: 12 pixels, twice.
    const sizes = (): Promise<string[]> =>
      visit.page.$$eval('wb-app >>> wb-eq-graph >>> svg text', (texts) =>
        texts.map((text) => getComputedStyle(text).fontSize),
      );
    await expect.poll(async () => [...new Set(await sizes())]).toEqual(['24px']);
    await visit.screenshot(`large-${String(view.width)}`);
    await openDrawer(visit, 'presets');
    await visit.find('wb-app >>> wb-preset-export >>> textarea');
    await expectLayout(visit);
    await goTo(visit, 'train');
    await visit.click('aria/Use the sample[role="button"]');
    await visit.find('wb-app >>> wb-data-panel >>> wb-audit');
    await visit.find('wb-app >>> wb-learnt >>> wb-scores');
    await expectPanels(visit, 'train');
    await visit.end();
  });
});

/** Nothing is scrolled sideways, no panel lies on another, and what a panel holds is in it. */
async function expectPanels(visit: Visit, view: keyof typeof PANELS): Promise<void> {
  await visit.drawn();
  await expectLayout(visit);
  const boxes = [];
  for (const panel of PANELS[view]) {
    const element = await visit.find(`wb-app >>> ${panel}`);
    boxes.push(
      await element.evaluate((of, name) => {
        const { left, right, top, bottom } = of.getBoundingClientRect();
        const style = getComputedStyle(of);
        return {
          name,
          left,
          right,
          top,
          bottom,
          // Over everything, so that it is always at hand.
          sticks: style.position === 'sticky',
          cut: {
            across: of.scrollWidth - of.clientWidth,
            down: style.overflowY === 'visible' ? of.scrollHeight - of.clientHeight : 0,
          },
        };
      }, panel),
    );
  }
  const width = visit.page.viewport()?.width ?? 0;
  for (const box of boxes) {
    expect(box.left, box.name).toBeGreaterThanOrEqual(0);
    expect(box.right, box.name).toBeLessThanOrEqual(width);
    expect(box.right - box.left, box.name).toBeGreaterThan(200);
    expect(box.cut.across, `${box.name}, across`).toBeLessThanOrEqual(1);
    expect(box.cut.down, `${box.name}, down`).toBeLessThanOrEqual(1);
  }
  const still = boxes.filter(({ sticks }) => !sticks);
  for (const [i, a] of still.entries()) {
    for (const b of still.slice(i + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      expect(Math.min(across, down), `${a.name} over ${b.name}`).toBeLessThanOrEqual(0);
    }
  }
}

describe('the colours that the system sets', () => {
  it('show what is chosen', async () => {
    const visit = await browser.visit({}, EXPLORE);
    await visit.find(`${MAP} >>> [role="slider"]`);
    await forceColours(visit);
    const differ = async (chosen: string, other: string): Promise<void> => {
      expect(await lookOf(visit, chosen), chosen).not.toEqual(await lookOf(visit, other));
    };
    const words = 'wb-word-panel >>> .words button';
    await differ(`${words}[aria-pressed="true"]`, `${words}[aria-pressed="false"]`);
    await differ('wb-slots >>> [aria-checked="true"]', 'wb-slots >>> [aria-checked="false"]');
    await differ('wb-header >>> a[aria-current="page"]', 'wb-header >>> a[aria-current="false"]');
    await openDrawer(visit, 'bands');
    const drawers = 'wb-bench >>> .take button';
    await differ(`${drawers}[aria-expanded="true"]`, `${drawers}[aria-expanded="false"]`);
    await visit.screenshot('forced-colours');
    // What marks the place on the map is told from the paper.
    const ring = await visit.find(`${MAP} >>> .current`);
    const [edge, paper] = await ring.evaluate((of) => [
      getComputedStyle(of, '::before').borderTopColor,
      getComputedStyle(document.documentElement).backgroundColor,
    ]);
    expect(edge).not.toBe(paper);
    await visit.end();
  });
});

async function forceColours({ page }: Visit): Promise<void> {
  const client = await page.createCDPSession();
  const features = [
    { name: 'prefers-reduced-motion', value: 'reduce' },
    { name: 'forced-colors', value: 'active' },
  ];
  await client.send('Emulation.setEmulatedMedia', { features });
}

/** What tells one button from another where the colours are few. */
async function lookOf(visit: Visit, selector: string): Promise<object> {
  const element = await visit.find(`wb-app >>> ${selector}`);
  return element.evaluate((of) => {
    const { backgroundColor, color, outlineStyle, outlineColor } = getComputedStyle(of);
    return { backgroundColor, color, outlineStyle, outlineColor };
  });
}
