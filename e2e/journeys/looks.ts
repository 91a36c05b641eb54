/** What the page looks like, wide and on a phone, in both colours, to everybody. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { expect } from 'vitest';
import { DESK, type Visit } from './harness';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 390, height: 844 };

/**
 * Looks at the page as it stands, wide and on a phone, in both colours: axe finds nothing wrong,
 * nothing must be scrolled sideways, and a picture of each is kept. Leaves the page wide and light.
 */
export async function looksWell(visit: Visit, name: string): Promise<void> {
  for (const colours of ['dark', 'light'] as const) {
    for (const [size, on] of [
      [PHONE, 'phone'],
      [DESK, 'desk'],
    ] as const) {
      await visit.look({ ...size, colours });
      await visit.screenshot(`${name}-${on}-${colours}`);
      expect(await violations(visit), `on a ${on}, in ${colours} colours`).toEqual([]);
      const wide = await visit.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `on a ${on}`).toBeLessThanOrEqual(size.width);
    }
  }
}

/** What axe finds wrong, a line each. */
export async function violations(visit: Visit): Promise<string[]> {
  await visit.rests();
  await visit.page.evaluate(AXE);
  const found = await visit.page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations;
  });
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} at ${target.flat().join(' ')}`),
  );
}
