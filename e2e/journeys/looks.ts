/** What the page looks like, wide and on a phone, in both colours, to everybody. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { expect } from 'vitest';
import { DESK, type View, type Visit } from './harness';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Both sizes and both colours. What is shown on one size alone has the same colours as the rest. */
const LOOKS: Readonly<Record<string, View>> = {
  phone: { width: 390, height: 844, colours: 'dark' },
  desk: DESK,
};

/**
 * Looks at the page as it stands, on a phone and wide, a colour each: it fits, axe finds nothing
 * wrong, and a picture is kept. Leaves the page wide and light.
 */
export async function expectGoodLooks(visit: Visit, name: string): Promise<void> {
  for (const [device, view] of Object.entries(LOOKS)) {
    await visit.look(view);
    await visit.screenshot(`${name}-${device}-${view.colours}`);
    await expectLayout(visit);
    await expectLegible(visit);
    await expectAccessible(visit);
  }
}

/** Nothing must be scrolled sideways; where the panels scroll, the page around them must not. */
export async function expectLayout({ page }: Visit): Promise<void> {
  const width = page.viewport()?.width ?? 0;
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed, `in ${String(width)} pixels`).toBeLessThanOrEqual(width);
  const beyond = await page.evaluate(() => {
    // Panels have a least height: where letters are twice as large, the window is lower than it.
    const letter = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (!matchMedia('(min-width: 62em)').matches || innerHeight < 40 * letter) return 0;
    return document.documentElement.scrollHeight - innerHeight;
  });
  expect(beyond, 'pixels that the page around the panels can be scrolled').toBe(0);
}

/** The smallest letters, in CSS pixels; less what rounding takes. */
const SMALLEST = 11.9;

/** No text is smaller than 12 px, in pictures as they are scaled neither. */
export async function expectLegible({ page }: Visit): Promise<void> {
  const small = await page.evaluate((smallest) => {
    const sizeOf = (element: Element): number => {
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      const scale = element instanceof SVGGraphicsElement ? (element.getScreenCTM()?.a ?? 1) : 1;
      return size * scale;
    };
    const hasText = (element: Element): boolean =>
      [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
    const within = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot === null ? [] : within(element.shadowRoot)),
      ]);
    return within(document.body)
      .filter(
        (element) => hasText(element) && element.checkVisibility() && sizeOf(element) < smallest,
      )
      .map(
        (element) =>
          `${element.localName} “${element.textContent.trim()}” ${sizeOf(element).toFixed(1)} px`,
      );
  }, SMALLEST);
  expect(small, `in ${String(page.viewport()?.width)} pixels`).toEqual([]);
}

/** Axe finds nothing wrong with the page in its size and colours. */
export async function expectAccessible(visit: Visit): Promise<void> {
  await visit.rests();
  const { page } = visit;
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations;
  });
  const faults = found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} at ${target.flat().join(' ')}`),
  );
  expect(faults, `in ${String(page.viewport()?.width)} pixels`).toEqual([]);
}
