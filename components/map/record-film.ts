/** Pictures one after another, as a video file. */
import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Output,
  Quality,
  WebMOutputFormat,
} from 'mediabunny';
import { svgAddress } from '../kit/svg-picture';

/** Codecs that WebM can hold; every browser that encodes video has one of them. */
const CODECS = ['vp9', 'vp8', 'av1'] as const;

const WIDTH = 720;
/** How long all but the last are shown together, and each at the least and the most, in seconds. */
const TOGETHER = 6;
const EACH = { least: 0.05, most: 0.4 };
/** How long the last is, at the least. */
const LAST = 2;

/**
 * A WebM file of the pictures.
 *
 * @param svgs    of one size all
 * @param onShare is given how much is done, 0 to 1
 * @throws Error where the browser encodes no video, or cannot draw a picture
 */
export async function recordFilm(
  svgs: readonly string[],
  onShare: (share: number) => void,
): Promise<ArrayBuffer> {
  const [first] = svgs;
  if (first === undefined) throw new Error('There is nothing to record.');
  const { naturalWidth, naturalHeight } = await imageOf(first);
  // Encoders take even sizes only.
  const height = 2 * Math.round((WIDTH * naturalHeight) / naturalWidth / 2);
  const codec = await getFirstEncodableVideoCodec([...CODECS], { width: WIDTH, height });
  if (codec === null) throw new Error('This browser encodes no video.');
  const canvas = new OffscreenCanvas(WIDTH, height);
  const pen = canvas.getContext('2d', { alpha: false });
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(canvas, { codec, quality: new Quality('high') });
  output.addVideoTrack(source);
  await output.start();
  const each = Math.max(EACH.least, Math.min(EACH.most, TOGETHER / svgs.length));
  for (const [i, svg] of svgs.entries()) {
    pen?.drawImage(await imageOf(svg), 0, 0, WIDTH, height);
    await source.add(i * each, each);
    onShare((i + 1) / svgs.length);
  }
  // Players end with the beginning of the last picture, whatever its own duration.
  await source.add((svgs.length - 1) * each + LAST, each);
  await output.finalize();
  if (target.buffer === null) throw new Error('The browser gave no video.');
  return target.buffer;
}

async function imageOf(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = svgAddress(svg);
  await image.decode();
  return image;
}
