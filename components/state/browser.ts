/** The two things the store asks of the browser: save a file, fill the clipboard. */

/** Starts a download of `bytes` under `name`. */
export function saveFile(name: string, mediaType: string, bytes: ArrayBuffer): void {
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
