/** How soon a drag on the map is seen and heard, noted in the page. */
import type { Page } from 'puppeteer';

/** Milliseconds from an event of the pointer. */
export interface DragTimes {
  /** To the end of the frame that paints the curve of the place where it is. */
  readonly seen: readonly number[];
  /** To the message that the equaliser in the audio thread gets; it filters anew in its next block. */
  readonly heard: readonly number[];
}

declare global {
  interface Window {
    drags: { seen: number[]; heard: number[] };
  }
}

/** Events of a drag, so many milliseconds apart. */
const MOVES = 120;
const APART_MS = 33;

/** Runs in the page, before its own scripts. */
export function noteDrags(): void {
  const drags: Window['drags'] = { seen: [], heard: [] };
  window.drags = drags;
  /** When the pointer moved to where nothing is seen, or heard, of yet. */
  const since: { seen: number | null; heard: number | null } = { seen: null, heard: null };
  const moved = ({ timeStamp, buttons }: PointerEvent): void => {
    if (buttons === 0) return;
    since.seen ??= timeStamp;
    since.heard ??= timeStamp;
  };
  addEventListener('pointermove', moved, { capture: true });
  // A message that is sent in a frame comes once that frame is painted.
  let inFrame = false;
  const drawnNow: number[] = [];
  const drawnNext: number[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    inFrame = false;
    for (const from of drawnNow.splice(0)) drags.seen.push(performance.now() - from);
  };
  const frame = (): void => {
    inFrame = true;
    drawnNow.push(...drawnNext.splice(0));
    port2.postMessage(null);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const setAttribute = Reflect.get(Element.prototype, 'setAttribute');
  Element.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name, value);
    if (name !== 'd' || this.getAttribute('class') !== 'curve' || since.seen === null) return;
    (inFrame ? drawnNow : drawnNext).push(since.seen);
    since.seen = null;
  };
  globalThis.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(...given: ConstructorParameters<typeof AudioWorkletNode>) {
      super(...given);
      const { port } = this;
      const post = port.postMessage.bind(port);
      port.postMessage = (message: unknown) => {
        post(message);
        if (since.heard !== null) drags.heard.push(performance.now() - since.heard);
        since.heard = null;
      };
    }
  };
}

/** Drags the ring about on a page that plays its loop. */
export async function dragAbout(page: Page, deadlineMs: number): Promise<DragTimes> {
  await page.locator('::-p-aria(Play)').setTimeout(deadlineMs).click();
  const map = await page
    .locator('wb-app >>> wb-map >>> canvas')
    .setTimeout(deadlineMs)
    .waitHandle();
  const box = await map.boundingBox();
  if (box === null) throw new Error('The map has no place on the page.');
  const place = (turn: number): [number, number] => [
    box.x + box.width * (0.5 + 0.2 * Math.cos(turn)),
    box.y + box.height * (0.5 + 0.3 * Math.sin(2 * turn)),
  ];
  await page.mouse.move(...place(0));
  await page.mouse.down();
  for (let i = 1; i <= MOVES; i++) {
    await page.mouse.move(...place((2 * Math.PI * i) / MOVES));
    await new Promise((resolve) => setTimeout(resolve, APART_MS));
  }
  await page.mouse.up();
  return page.evaluate(() => window.drags);
}
