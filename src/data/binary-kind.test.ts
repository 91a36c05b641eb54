import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import { parseSafeCsv } from './parse-safe-csv';

const read = (...bytes: number[]) =>
  parseSafeCsv(Uint8Array.from([...bytes, ...new Array<number>(40).fill(0)]), { synthetic: false });

const letters = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

describe('a file that is no table', () => {
  it.each([
    ['a PDF document', letters('%PDF-1.7')],
    ['a picture (PNG)', [0x89, ...letters('PNG'), 13, 10, 26, 10]],
    ['a picture (JPEG)', [0xff, 0xd8, 0xff, 0xe0]],
    ['packed by gzip', [0x1f, 0x8b, 8, 0]],
    ['a zip archive', [...letters('PK'), 3, 4, 0, 20, 8, 8]],
    ['an older Microsoft Office', [0xd0, 0xcf, 0x11, 0xe0]],
    ['sound (WAV)', letters('RIFF....WAVEfmt ')],
    ['a film or sound (MP4)', [0, 0, 0, 24, ...letters('ftypM4A ')]],
    ['a web page', letters('<!doctype html><title>x</title>')],
  ])('is called by its kind: %s', async (kind, bytes) => {
    const refused = read(...bytes);
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(kind);
  });

  it('is called binary where nothing else is known of it', async () => {
    await expect(read(1, 2, 3)).rejects.toThrow('byte 4 is zero');
  });
});
