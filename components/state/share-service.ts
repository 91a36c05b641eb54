/**
 * The share server that the page may come from. Loaded when a short link is opened, or when somebody
 * is about to share a model; a page that comes from plain files never asks for it.
 */
import { ShareClient } from '../../src/share/share-client';
import { decodeShortLink } from '../../src/share/short-link';

/**
 * `available()` says whether short links can be offered; `upload()` sends a model file, and
 * `addressOf()` gives the address to send for it.
 */
export const shareService = new ShareClient(location.href);

/** See `readShared` of {@link Browser}. */
export async function readShared(fragment: string): Promise<ArrayBuffer> {
  const bytes = await shareService.fetchModel(decodeShortLink(fragment));
  return bytes.buffer;
}
