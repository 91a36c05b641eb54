/** SVG figures as the browser's images, and as PNG files. */
import { withDensity } from '../../src/figures/png-density';

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
