/** What the store asks of the browser; tests put another in its place. */
import { remembered, type Remembered } from '../kit/remembered';
import { EndNotices, thisNoticeBoard } from './end-notices';
import { KeepAwake } from './keep-awake';
import { workOffline } from './offline';

export interface Browser {
  /** Starts a download of `bytes` under `name`. */
  readonly saveFile: (name: string, mediaType: string, bytes: ArrayBuffer | Blob) => void;
  /**
   * An SVG figure as PNG.
   *
   * @param millimetres how wide it is printed
   * @throws Error where the browser cannot draw it
   */
  readonly pngOf: (svg: string, millimetres: number) => Promise<ArrayBuffer>;
  /** See {@link copyWhenReady}. */
  readonly copyWhenReady: (text: Promise<string>) => Promise<{ copied: boolean; text: string }>;
  /** The synthetic sample's file. @throws Error where the page's server does not give it */
  readonly readSample: () => Promise<ArrayBuffer>;
  /** A file of the ready-made model. @throws Error where the page's server does not give it */
  readonly readReadyMade: (name: 'model.bin' | 'replay.bin' | 'apart.bin') => Promise<ArrayBuffer>;
  /**
   * The file of the model that a short link leads to, from the share server that the page comes from.
   *
   * @throws InputError saying why it cannot be had
   */
  readonly readShared: (fragment: string) => Promise<ArrayBuffer>;
  /**
   * Asks the browser, once a visit, not to clear what is kept when the disk runs short; it may say no.
   */
  readonly keepStorage: () => void;
  /** The run that was open when the page was left. */
  readonly lastRun: Remembered;
  /** Ids of the runs whose deletion was not undone when the page was left, with spaces between. */
  readonly leavingRuns: Remembered;
  /** What of the visit outlives a reload in this tab. */
  readonly visit: Remembered;
  /** Calls the listener when the page may be about to go. */
  readonly onLeave: (listener: () => void) => void;
  /** Begins anew, and has {@link eraseAsked} say that what is kept is to be erased first. */
  readonly eraseAndReload: () => void;
  /** Calls the listener with what loads a newer version of the page, once there is one. */
  readonly onNewerPage: (listener: (take: () => void) => void) => void;
  /** Keeps the machine awake, as long as it is wanted; where the browser can. */
  readonly keepAwake: (wanted: boolean) => void;
  /** Tells those who look elsewhere that what trained has ended. */
  readonly endNotices: Pick<EndNotices, 'wanted' | 'want' | 'ended'>;
  /** What stands behind the # of the address: a shared model; empty where there is none. */
  readonly fragment: () => string;
  readonly onFragment: (listener: () => void) => void;
  /** Puts the fragment into the address, as a place to come back to. */
  readonly setFragment: (fragment: string) => void;
  /** The page's address with that fragment. */
  readonly addressWith: (fragment: string) => string;
}

/** Whether what is kept is to be erased before the page does anything with it. */
export const eraseAsked = remembered('warmbright.erase', () => sessionStorage);

const awake = new KeepAwake(navigator);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') awake.shown();
});

/** Whether this visit has asked for what {@link Browser.keepStorage} asks for. */
let asked = false;

export const thisBrowser: Browser = {
  saveFile,
  // Only those who want a picture need what draws it.
  pngOf: async (svg, millimetres) => (await import('../kit/svg-picture')).pngOf(svg, millimetres),
  copyWhenReady,
  readSample: () => readOwn('sample.csv'),
  readReadyMade: (name) => readOwn(`models/warmbright/${name}`),
  readShared: async (fragment) => (await import('./share-service')).readShared(fragment),
  keepStorage: () => {
    // Pages on an address that is not secure have none.
    if (!asked && 'storage' in navigator) void navigator.storage.persist();
    asked = true;
  },
  lastRun: remembered('warmbright.lastRun'),
  leavingRuns: remembered('warmbright.leavingRuns'),
  visit: remembered('warmbright.visit', () => sessionStorage),
  onLeave: (listener) => {
    addEventListener('pagehide', listener);
  },
  eraseAndReload: () => {
    eraseAsked.write('yes');
    location.reload();
  },
  onNewerPage: workOffline,
  keepAwake: (wanted) => {
    awake.set(wanted);
  },
  endNotices: new EndNotices(remembered('warmbright.endNotices'), thisNoticeBoard),
  fragment: () => location.hash.slice(1),
  onFragment: (listener) => {
    addEventListener('hashchange', listener);
  },
  setFragment: (fragment) => {
    if (location.hash.slice(1) !== fragment) history.pushState(null, '', `#${fragment}`);
  },
  addressWith: (fragment) => `${location.origin}${location.pathname}#${fragment}`,
};

/** A file that comes with the page. */
async function readOwn(path: string): Promise<ArrayBuffer> {
  const response = await fetch(`./${path}`);
  if (!response.ok) throw new Error(`status ${String(response.status)}`);
  return response.arrayBuffer();
}

/** Starts a download of `bytes` under `name`. */
export function saveFile(name: string, mediaType: string, bytes: ArrayBuffer | Blob): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser has taken hold of the blob by the next task; keeping the URL would leak it.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 0);
}

/**
 * Puts a text that is still on its way on the clipboard. The promise is handed over at once
 * because browsers only allow the clipboard in the moments after a click.
 *
 * @returns whether the clipboard took it, and the text
 * @throws what `text` rejects with
 */
export async function copyWhenReady(
  text: Promise<string>,
): Promise<{ copied: boolean; text: string }> {
  const blob = text.then((link) => new Blob([link], { type: 'text/plain' }));
  // Read again below; here only so that a refusal is never an unhandled rejection.
  blob.catch(() => undefined);
  const copied = await writeClipboard(blob);
  return { copied, text: await text };
}

async function writeClipboard(blob: Promise<Blob>): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    return true;
  } catch {
    return false;
  }
}
