/** What the store asks of the browser: save a file, make a picture, fill the clipboard. */
import { withDensity } from '../../src/figures/png-density';

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

/** What printers ask of pictures. */
const DOTS_PER_INCH = 300;

/**
 * An SVG figure as PNG at 300 dots an inch.
 *
 * @param millimetres how wide it is printed
 * @throws Error where the browser cannot draw it
 */
export async function pngOf(svg: string, millimetres: number): Promise<ArrayBuffer> {
  const image = new Image();
  image.src = svgAddress(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((millimetres / 25.4) * DOTS_PER_INCH);
  canvas.height = Math.round((canvas.width * image.naturalHeight) / image.naturalWidth);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((done) => {
    canvas.toBlob(done, 'image/png');
  });
  if (blob === null) throw new Error('The browser makes no picture of this size.');
  return withDensity(new Uint8Array(await blob.arrayBuffer()), DOTS_PER_INCH).buffer;
}

/** An address of the figure itself; as an image it can run and load nothing. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
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
