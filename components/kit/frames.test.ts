import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let page = new EventTarget();
let frames: FrameRequestCallback[] = [];

beforeEach(() => {
  vi.resetModules();
  page = new EventTarget();
  frames = [];
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** The next so many frames, before each of which that happens; for each whether something was drawn. */
async function drawn(yields: boolean, ...before: (string | null)[]): Promise<boolean[]> {
  const [{ Frames }, { watchPointer }] = await Promise.all([
    import('./frames'),
    import('./pointer-held'),
  ]);
  watchPointer();
  let drawings = 0;
  const running = new Frames(() => drawings++, { yields });
  running.start();
  const all = before.map((event, i) => {
    if (event !== null) page.dispatchEvent(new Event(event));
    const count = drawings;
    for (const frame of frames.splice(0)) frame(1000 * i);
    return drawings > count;
  });
  running.stop();
  expect(frames).toEqual([]);
  return all;
}

it('draws in every frame', async () => {
  expect(await drawn(false, null, 'pointerdown', 'pointermove')).toEqual([true, true, true]);
});

it('leaves frames to a drag where it yields, but never three in a row', async () => {
  const drag = ['pointermove', 'pointermove', 'pointermove', 'pointermove'];
  const first = await drawn(true, 'pointermove', 'pointerdown', ...drag, null, 'pointermove');
  expect(first).toEqual([true, true, false, false, true, false, true, false]);
});
