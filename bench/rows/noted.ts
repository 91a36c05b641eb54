/** What goes on between the page and its worker, noted in the page. */
import type { Page } from 'puppeteer';
import { InputError } from '../../src/base/input-error';
import { DEADLINE_MS } from './built-page';

/** What is noted in the page: when it was, and how long the page's own thread was held up. */
export interface Noted {
  /** The first of each of the worker's events, and of the page's commands: milliseconds. */
  readonly at: Partial<Record<string, number>>;
  readonly longTasks: { readonly at: number; readonly ms: number }[];
  /** What a person has been shown last. */
  refused: string;
}

declare global {
  interface Window {
    noted: Noted;
  }
}

/** Runs in the page, before its own scripts. */
export function note(): void {
  const noted: Noted = { at: {}, longTasks: [], refused: '' };
  window.noted = noted;
  new PerformanceObserver((list) => {
    for (const { startTime: at, duration: ms } of list.getEntries())
      noted.longTasks.push({ at, ms });
  }).observe({ type: 'longtask', buffered: true });
  const mark = (name: string): void => {
    noted.at[name] ??= performance.now();
  };
  const Original = Worker;
  window.Worker = class extends Original {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      this.addEventListener(
        'message',
        ({ data }: MessageEvent<{ type: string; phase?: string; reason?: string }>) => {
          mark(data.type === 'phase' ? `phase ${data.phase ?? ''}` : data.type);
          if (data.type === 'refused' || data.type === 'trouble') noted.refused = data.reason ?? '';
        },
      );
    }

    override postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions) {
      if (typeof message === 'object' && message !== null && 'type' in message) {
        mark(`to ${String(message.type)}`);
      }
      super.postMessage(message, transfer as Transferable[]);
    }
  };
}

/** When an event was first noted, in milliseconds of the page. @throws InputError what the page says instead */
export async function seen(page: Page, name: string): Promise<number> {
  const found = await page.waitForFunction(
    (of) => window.noted.at[of] ?? (window.noted.refused === '' ? false : window.noted.refused),
    { timeout: DEADLINE_MS, polling: 50 },
    name,
  );
  const value = await found.jsonValue();
  if (typeof value !== 'number') throw new InputError(`The page says: ${String(value)}`);
  return value;
}
