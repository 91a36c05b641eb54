/** How much room this browser gives what is kept, and whether it keeps it for good. */
import { sizeText } from '../../src/base/size-text';

/** As much of the browser's storage as is asked. */
export type AskedStorage = Pick<StorageManager, 'estimate' | 'persisted' | 'persist'>;

export interface Room {
  /** Bytes of all that this page keeps here; null where the browser does not say. */
  readonly used: number | null;
  readonly quota: number | null;
  /** Whether the browser has promised not to clear it; null where it does not say. */
  readonly lasting: boolean | null;
}

/** @param storage undefined where the browser has none, as on addresses that are not secure */
export async function storageRoom(storage: AskedStorage | undefined): Promise<Room> {
  const [estimate, lasting] = await Promise.all([
    storage?.estimate().catch(() => null),
    storage?.persisted().catch(() => null),
  ]);
  return {
    used: estimate?.usage ?? null,
    quota: estimate?.quota ?? null,
    lasting: lasting ?? null,
  };
}

/** "The runs take 3.2 MB. …" in sentences. @param runs bytes of the runs alone */
export function roomText({ used, quota }: Room, runs: number): string {
  const taken = `The runs take ${sizeText(runs)}.`;
  if (used === null || quota === null) {
    return `${taken} This browser does not say how much room there is.`;
  }
  return `${taken} All that this page keeps takes ${sizeText(used)} of the ${quotaText(quota)} that the browser allows it.`;
}

function quotaText(bytes: number): string {
  return bytes < 1e9 ? sizeText(bytes) : `${(bytes / 1e9).toFixed(1)} GB`;
}

/**
 * What the browser answers when it is asked to keep things for good.
 *
 * @param asked whether it was asked just now, and so has said no
 */
export function lastingText({ lasting }: Room, asked: boolean): string {
  if (lasting === true) return 'Asked to keep it for good, the browser has said yes.';
  if (lasting === null) return 'This browser does not say whether it keeps it for good.';
  return asked
    ? 'Asked to keep it for good, the browser has said no: it may clear it when the disk runs short. Export what you would miss.'
    : 'The browser may clear it when the disk runs short.';
}
