/** Where things on the page are, for a mouse and a finger that go there. */
import { expect } from 'vitest';
import type { Visit } from './harness';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export async function boxOf(visit: Visit, selector: string): Promise<Box> {
  return visit.page.$eval(selector, (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });
}

/** The middle of what the selector finds, once it rests in the middle of the window. */
export async function scrolledTo(
  visit: Visit,
  selector: string,
): Promise<{ x: number; y: number }> {
  const element = await visit.find(selector);
  await element.evaluate((found) => {
    found.scrollIntoView({ block: 'center' });
  });
  // A smooth scroll that is under way goes on for a while.
  let { x, y, width, height } = await boxOf(visit, selector);
  await expect
    .poll(
      async () => {
        const before = y;
        ({ x, y, width, height } = await boxOf(visit, selector));
        return y - before;
      },
      { interval: 100 },
    )
    .toBe(0);
  return { x: x + width / 2, y: y + height / 2 };
}

/** A finger that goes from one place of what the selector finds to another; shares of its size. */
export async function swipe(
  visit: Visit,
  selector: string,
  [fromX, fromY]: [number, number],
  [toX, toY]: [number, number],
): Promise<void> {
  const box = await boxOf(visit, selector);
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  const { touchscreen } = visit.page;
  await touchscreen.touchStart(...at(fromX, fromY));
  for (let i = 1; i <= 8; i++) {
    await touchscreen.touchMove(
      ...at(fromX + ((toX - fromX) * i) / 8, fromY + ((toY - fromY) * i) / 8),
    );
  }
  await touchscreen.touchEnd();
}

/** Where the middle of the current EQ's marker is, as shares of the map's width and height. */
export function markerAt(visit: Visit): Promise<[number, number]> {
  return visit.page.$eval('wb-app >>> wb-map', (element): [number, number] => {
    const map = element.getBoundingClientRect();
    const marker = element.shadowRoot?.querySelector('.current')?.getBoundingClientRect();
    if (marker === undefined) throw new Error('The map has no marker.');
    return [
      (marker.x + marker.width / 2 - map.x) / map.width,
      (marker.y + marker.height / 2 - map.y) / map.height,
    ];
  });
}
