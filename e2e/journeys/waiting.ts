/**
 * Waits that look again and again by a clock. Puppeteer's own do not serve here: left to itself
 * `waitForSelector` looks again when the document changes, and changes inside shadow roots, of which
 * this page is made, are not seen from there; its texts are remembered from before an element had a
 * shadow root.
 */
import type { ElementHandle, Page } from 'puppeteer';
import { waitedInVain } from '../within';

/** Between two looks. */
const PAUSE_MS = 40;

/**
 * Looks until there is something to give.
 *
 * @param what    what is waited for, as the object of "waited for"
 * @param look    gives null while it is not there
 * @param instead says what is there in its place, once the deadline has passed
 * @throws Error that says what was waited for, how long, and what came instead
 */
export async function until<T>(
  deadlineMs: number,
  what: string,
  look: () => Promise<T | null>,
  instead: () => string,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw waitedInVain(deadlineMs, what, instead());
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** The first that the selector finds; null where there is none, as while another page loads. */
export async function findNow(page: Page, selector: string): Promise<ElementHandle | null> {
  try {
    return await page.$(selector);
  } catch (error) {
    const leaves = error instanceof Error && /context was destroyed|detached/i.test(error.message);
    if (leaves) return null;
    throw error;
  }
}

/**
 * The first that the selector finds and that can be seen, once there is one.
 *
 * @param enabled whether it must be one that can be used, too
 * @throws Error once the deadline has passed
 */
export function findVisible(
  page: Page,
  selector: string,
  deadlineMs: number,
  enabled = false,
): Promise<ElementHandle> {
  let instead = 'there is none';
  const look = async (): Promise<ElementHandle | null> => {
    const found = await findNow(page, selector);
    if (found === null) {
      instead = 'there is none';
    } else if (!(await found.isVisible())) {
      instead = 'it is hidden';
    } else if (enabled && (await found.evaluate(isDisabled))) {
      instead = 'it is disabled';
    } else return found;
    await found?.dispose();
    return null;
  };
  return until(deadlineMs, selector, look, () => instead);
}

/** Waits until what the selector finds is hidden, or away. */
export async function untilGone(page: Page, selector: string, deadlineMs: number): Promise<void> {
  const look = async (): Promise<true | null> => {
    const found = await findNow(page, selector);
    return found === null || !(await found.isVisible()) ? true : null;
  };
  await until(deadlineMs, `the end of ${selector}`, look, () => 'it is still to be seen');
}

/** Waits until the text can be seen, in shadow roots too. */
export async function untilSeen(page: Page, text: string, deadlineMs: number): Promise<void> {
  let read = '';
  const look = async (): Promise<true | null> => {
    const found = await page.evaluate(lookForText, text);
    read = found.read;
    return found.seen ? true : null;
  };
  await until(deadlineMs, `“${text}”`, look, () => read);
}

function isDisabled(element: Element): boolean {
  return 'disabled' in element && element.disabled === true;
}

/**
 * Whether the page shows the text, in one element or in several that follow each other, blanks run
 * together; and what can be read on the page, from its beginning on. Runs in the page, and so cannot
 * use what stands beside it.
 */
function lookForText(wanted: string): { seen: boolean; read: string } {
  const isSeen = (element: Element): boolean => {
    // Such as a slot with what it holds where nothing is put into it: it has no box of its own.
    if (getComputedStyle(element).display === 'contents') {
      const { host } = element.getRootNode() as Partial<ShadowRoot>;
      const around = element.parentElement ?? host;
      return around !== undefined && isSeen(around);
    }
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
  };
  const partsOf = (node: Node): readonly Node[] => {
    const nodes: Node[] = [...node.childNodes];
    if (node instanceof Element && node.shadowRoot !== null) nodes.push(node.shadowRoot);
    return nodes;
  };
  const textOf = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof HTMLStyleElement || node instanceof HTMLScriptElement) return '';
    const field = node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement;
    return partsOf(node).map(textOf).join('') + (field ? node.value : '');
  };
  const tidied = (node: Node): string => textOf(node).replaceAll(/\s+/g, ' ');
  /** Whether an innermost element that holds the wanted text is seen; the node holds it. */
  const isSeenIn = (node: Node): boolean => {
    const inner = partsOf(node).filter(
      (part) => !(part instanceof Text) && tidied(part).includes(wanted),
    );
    if (inner.length > 0) return inner.some(isSeenIn);
    return node instanceof Element && isSeen(node);
  };
  const text = tidied(document.body);
  // Nearly always it is not there yet, and then one reading of the page is enough.
  const seen = text.includes(wanted) && isSeenIn(document.body);
  const start = text.trim();
  return { seen, read: start.length > 1500 ? `${start.slice(0, 1500)}…` : start };
}
